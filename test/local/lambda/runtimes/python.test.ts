import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { Functions } from '../functions';

const CODE = 'def handler(event, context): ...';

let functions: Functions;
let app: string;
const before = { ...process.env };

beforeEach(() => {
  functions = new Functions(0, path.join(__dirname, 'no-app'));
  app = functions.directory;
  process.env.PATH = path.join(app, 'bin');
  delete process.env.VIRTUAL_ENV;
});
afterEach(async () => {
  process.env = { ...before };
  await functions.stop();
});

/** A program that says that it has the client, or not, and shows how it is started. */
function python(file: string, hasClient: boolean): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const text = `[ "$1" = -c ] && exit ${hasClient ? 0 : 1}\necho "${file}" "$@"; exit 7`;
  writeFileSync(file, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
}

function make(appDirectory: string): Promise<any> {
  functions = new Functions(0, appDirectory);
  functions.make('step', CODE, { Runtime: 'python3.13', Handler: 'index.handler' });
  return functions.call('step');
}

async function startedBy(appDirectory: string): Promise<string> {
  expect((await make(appDirectory)).payload.errorMessage).toContain('exit status 7');
  return functions.lines('step')[0]!.split(' ')[0]!;
}

describe('a Python function', () => {
  it('runs on the first Python that has the client: the active environment, the app, the machine', async () => {
    const places = [
      'active/bin/python',
      '.venv/bin/python',
      'venv/bin/python',
      'bin/python3.13',
      'bin/python3',
    ];
    const files = places.map((place) => path.join(app, place));
    process.env.VIRTUAL_ENV = path.join(app, 'active');
    files.forEach((file) => python(file, true));
    for (const file of files) {
      expect(await startedBy(app)).toBe(file);
      await functions.stop();
      mkdirSync(app, { recursive: true });
      files.forEach((each) => python(each, files.indexOf(each) > files.indexOf(file)));
    }
  });

  it('says which runtime of which function is missing, where it looked, and how to get it', async () => {
    python(path.join(app, 'bin/python3'), false);
    expect((await make(app)).payload).toEqual({
      errorType: 'NotProvidedError',
      errorMessage:
        "the local run does not provide the runtime python3.13 of Stack/step: no Python with the module awslambdaric, AWS's runtime interface client " +
        `(looked for ${app}/.venv/bin/python, ${app}/venv/bin/python, python3.13, python3, python). ` +
        'Get it with: python3 -m venv .venv && .venv/bin/pip install awslambdaric boto3',
    });
  });
});
