import {
  createServer,
  type IncomingMessage,
  request as forward,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** Requests that a fault strikes: by method and by what stands in the path and query. */
export interface Target {
  readonly method: string;
  readonly url: RegExp;
  /** How many of them; 1 by default. */
  readonly times?: number;
}

type Fault = (incoming: IncomingMessage, response: ServerResponse) => Promise<'forward' | 'answered'>;

/** Stands in front of the local services and breaks what a test names; everything else passes. */
export class FaultProxy {
  static async start(upstream: string): Promise<FaultProxy> {
    const proxy = new FaultProxy(new URL(upstream));
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  private readonly server: Server;
  private faults: Array<{ target: Target; left: number; fault: Fault }> = [];

  private constructor(private readonly upstream: URL) {
    this.server = createServer((incoming, response) => void this.receive(incoming, response));
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The service answers an error instead. */
  answer(target: Target, status: number, code: string): void {
    this.add(target, async (incoming, response) => {
      incoming.resume();
      const isJson = incoming.headers['x-amz-target'] !== undefined;
      response.statusCode = status;
      response.end(
        isJson
          ? JSON.stringify({ __type: code, message: 'injected' })
          : `<Error><Code>${code}</Code><Message>injected</Message></Error>`,
      );
      return 'answered';
    });
  }

  /** Something happens before the service gets the request. */
  before(target: Target, action: () => Promise<unknown>): void {
    this.add(target, async () => {
      await action();
      return 'forward';
    });
  }

  /** The service does its work, but the answer is an error. */
  loseAnswer(target: Target, status: number, code: string): void {
    this.add(target, async (incoming, response) => {
      (await this.send(incoming)).resume();
      response.statusCode = status;
      response.end(`<Error><Code>${code}</Code><Message>injected</Message></Error>`);
      return 'answered';
    });
  }

  /** The connection ends in the middle of the answer's body. */
  cutBody(target: Target): void {
    this.add(target, async (incoming, response) => {
      const upstream = await this.send(incoming);
      upstream.resume();
      response.writeHead(upstream.statusCode!, { 'content-length': upstream.headers['content-length'] });
      response.write('id', () => response.destroy());
      return 'answered';
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private add(target: Target, fault: Fault): void {
    this.faults.push({ target, left: target.times ?? 1, fault });
  }

  private async receive(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const struck = this.faults.find(
      ({ target, left }) => left > 0 && target.method === incoming.method && target.url.test(incoming.url!),
    );
    if (struck) {
      struck.left--;
      if ((await struck.fault(incoming, response)) === 'answered') return;
    }
    const answer = await this.send(incoming);
    response.writeHead(answer.statusCode!, answer.headers);
    answer.pipe(response);
  }

  /** The request as it came: its signature is over the headers, the host's name included. */
  private send(incoming: IncomingMessage): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const outgoing = forward(
        {
          host: this.upstream.hostname,
          port: this.upstream.port,
          method: incoming.method,
          path: incoming.url,
          headers: incoming.headers,
        },
        resolve,
      );
      outgoing.on('error', reject);
      incoming.pipe(outgoing);
    });
  }
}
