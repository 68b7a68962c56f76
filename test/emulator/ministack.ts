import { spawnSync, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { killGroup, spawnGroup } from './process-group';

export interface MiniStackOptions {
  readonly python: string;
  /** Serves https, and judges every call by the policies of the caller's role. */
  readonly auth: boolean;
  /** Folder for state, temporary files and logs. */
  readonly home: string;
  /** What differs from a bare start. */
  readonly environment: Readonly<Record<string, string>>;
}

const GRACE_MS = 3_000;
/** The caller that MiniStack takes for the root user of its account. */
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

/** A running MiniStack. It starts with an empty environment, and serves this machine only. */
export class MiniStack {
  static async start(options: MiniStackOptions): Promise<MiniStack> {
    const port = await freePort();
    const endpoint = `${options.auth ? 'https' : 'http'}://127.0.0.1:${port}`;
    const certificates = options.auth ? makeCertificates(options) : undefined;
    const state = path.join(options.home, 'state');
    const temporary = path.join(options.home, 'tmp');
    [state, temporary].forEach((directory) => fs.mkdirSync(directory, { recursive: true }));
    const log = fs.openSync(path.join(options.home, 'ministack.log'), 'w');
    const child = spawnGroup(options.python, ['-m', 'ministack'], {
      cwd: options.home,
      stdio: ['ignore', log, log],
      env: {
        // CDK's own functions run on the Node that is found there.
        PATH: `${path.dirname(process.execPath)}:/usr/bin:/bin`,
        HOME: state,
        TMPDIR: temporary,
        STATE_DIR: state,
        BIND_HOST: '127.0.0.1',
        GATEWAY_PORT: String(port),
        AWS_ENDPOINT_URL: endpoint,
        IOT_MTLS_ENABLED: '0',
        SFTP_ENABLED: '0',
        ...(certificates && {
          AUTH: 'true',
          USE_SSL: '1',
          MINISTACK_SSL_CERT: certificates.server,
          MINISTACK_SSL_KEY: certificates.key,
          AWS_CA_BUNDLE: certificates.authority,
          SSL_CERT_FILE: certificates.authority,
          NODE_EXTRA_CA_CERTS: certificates.authority,
        }),
        ...options.environment,
      },
    });
    fs.closeSync(log);
    const server = new MiniStack(child, endpoint, certificates?.authority);
    await server.ready(port);
    return server;
  }

  private constructor(
    private readonly child: ChildProcess,
    readonly endpoint: string,
    private readonly authority?: string,
  ) {}

  /** Environment with which any AWS client speaks to it. */
  get clientEnvironment(): Record<string, string> {
    return {
      ...CREDENTIALS,
      AWS_ENDPOINT_URL: this.endpoint,
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...(this.authority && { NODE_EXTRA_CA_CERTS: this.authority, AWS_CA_BUNDLE: this.authority }),
    };
  }

  /** Ends it by its process id: it does not heed SIGTERM while functions run. */
  async stop(): Promise<void> {
    const ended = new Promise<true>((resolve) => this.child.once('exit', () => resolve(true)));
    if (this.running) {
      this.child.kill('SIGTERM');
      await Promise.race([ended, pause(GRACE_MS)]);
    }
    const wasRunning = this.running;
    // Functions that outlived it are in its group.
    killGroup(this.child);
    if (wasRunning) await ended;
  }

  private get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  private async ready(port: number): Promise<void> {
    while (!(await listens(port))) {
      if (!this.running) throw new Error('MiniStack ended before it was ready');
      await pause(50);
    }
  }
}

/** An authority, and what it has signed for 127.0.0.1. */
function makeCertificates(options: MiniStackOptions): { server: string; key: string; authority: string } {
  const made = spawnSync(options.python, [
    '-m',
    'trustme',
    '-q',
    '-d',
    options.home,
    '-i',
    '127.0.0.1',
    'localhost',
  ]);
  if (made.status !== 0) throw new Error(`no certificates: ${made.stderr}`);
  const file = (name: string) => path.join(options.home, name);
  return { server: file('server.pem'), key: file('server.key'), authority: file('client.pem') };
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    const answer = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
  });
}
