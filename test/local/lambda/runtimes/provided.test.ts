import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { executableOf, thisMachine } from '../../../../src/local/lambda/runtimes/executable';
import { Functions } from '../functions';

/** The first bytes of a Linux program for a processor. */
function program(machine: number): string {
  const header = Buffer.alloc(64);
  header.write('7f454c46', 'hex');
  header.writeUInt16LE(machine, 18);
  return header.toString('latin1');
}

const X64 = 0x3e;
const ARM64 = 0xb7;
const ours = process.arch === 'arm64' ? ARM64 : X64;
const other = process.arch === 'arm64' ? X64 : ARM64;
const SCRIPT = `#!/bin/sh
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
ask() { "${process.execPath}" -e "$1" "$api" "$HTTPS_PROXY"; }
ask '
const http = require("node:http");
const [, api, proxy] = process.argv;
const { hostname, port } = new URL(proxy);
const tell = (id, lines) => http.request(api + "/invocation/" + id + "/response", { method: "POST" }, (r) => r.resume()).end(JSON.stringify(lines));
http.get(api + "/invocation/next", (next) => {
  next.resume();
  const id = next.headers["lambda-runtime-aws-request-id"];
  http.request({ hostname, port, method: "CONNECT", path: "example.com:443" })
    .on("connect", (tunnel) => http.get({ hostname, port, path: "http://example.com/a" }, (plain) => {
      plain.resume();
      tell(id, [tunnel.statusCode, tunnel.statusMessage, plain.statusCode, process.env.NO_PROXY]);
    })).end();
});
'
`;

let functions: Functions;
beforeEach(() => {
  functions = new Functions();
});
afterEach(() => functions.stop());

describe('a program of its own', () => {
  it('is told by a proxy that refuses, where it asks one, that nothing leaves the machine', async () => {
    functions.make('go', { bootstrap: SCRIPT }, { Runtime: 'provided.al2023' });
    const refusal = 'the local run connects to this machine only, not to example.com:443';
    expect((await functions.call('go')).payload).toEqual([403, refusal, 403, '127.0.0.1,localhost']);
  });

  it('is not started where it is built for another processor, and what helps is said', async () => {
    const source = path.join(functions.directory, 'asset.go');
    functions.make('go', { bootstrap: '' }, { Runtime: 'provided.al2023' });
    writeFileSync(path.join(source, 'bootstrap'), program(other), 'latin1');
    const target = `linux/${process.arch === 'arm64' ? 'x64' : 'arm64'}`;
    expect((await functions.call('go')).payload.errorMessage).toBe(
      `the local run does not provide the runtime provided.al2023 of Stack/go: its bootstrap is built for ${target}, and this ` +
        `machine is ${thisMachine()}. Build it for this machine as well, into a folder of its own, and name that: ` +
        '--code Stack/go=FOLDER',
    );
  });

  it('runs what stands for it on this machine', async () => {
    const here = path.join(functions.directory, 'here');
    mkdirSync(here);
    writeFileSync(path.join(here, 'bootstrap'), SCRIPT, { mode: 0o755 });
    functions.replacements['Stack/go'] = here;
    functions.make('go', { bootstrap: 'of another processor' }, { Runtime: 'provided.al2023' });
    expect((await functions.call('go')).payload[0]).toBe(403);
  });
});

describe('an executable', () => {
  const file = (text: string): string => {
    const name = path.join(functions.directory, 'bootstrap');
    writeFileSync(name, text, 'latin1');
    return name;
  };

  it('tells what it is built for', () => {
    expect(executableOf(file(program(ours)))).toEqual({ target: thisMachine(), runsHere: true });
    expect(executableOf(file(program(other)), functions.directory)?.runsHere).toBe(false);
    expect(executableOf(file(program(8)))).toEqual({ target: 'linux/another processor', runsHere: false });
    expect(executableOf(file('#!/bin/sh\n'))).toBeUndefined();
  });

  it('runs where the machine has an emulator for it', () => {
    for (const name of ['qemu-x86_64', 'qemu-aarch64']) {
      writeFileSync(path.join(functions.directory, name), '');
    }
    expect(executableOf(file(program(other)), functions.directory)?.runsHere).toBe(true);
  });
});
