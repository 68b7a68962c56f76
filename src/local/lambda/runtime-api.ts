import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Version prefix of the API (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html). */
const PREFIX = '/2018-06-01/runtime';
/** Bytes of an answer (Lambda quotas). */
const MAX_RESPONSE_BYTES = 6 * 1024 * 1024;

/** One call of a function. */
export interface Invocation {
  readonly requestId: string;
  readonly payload: string;
  readonly functionArn: string;
  readonly deadlineMs: number;
}

/** What a runtime said of an invocation, or of its own start. */
export interface Reply {
  readonly kind: 'response' | 'error' | 'init-error';
  readonly body: string;
}

/** The HTTP interface between Lambda and the runtime in one execution environment. */
export class RuntimeApi {
  private readonly server = createServer((request, response) => this.answer(request, response));
  private waiting: ServerResponse | undefined;
  private invocation: Invocation | undefined;
  private initError: Reply | undefined;

  constructor() {
    // However long a function works, the connection on which it will answer stays: a busy one cannot see it close.
    this.server.keepAliveTimeout = 0;
    // Programs that take it for a proxy, as their environment says, want to leave the machine.
    this.server.on('connect', (request, socket) =>
      socket.end(`HTTP/1.1 403 ${elsewhere(request.url!)}\r\n\r\n`),
    );
  }

  private reply: (reply: Reply) => void = () => {};
  private idle: () => void = () => {};

  /** Listens on loopback and gives `host:port`, the value of AWS_LAMBDA_RUNTIME_API. */
  async listen(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  /** Hands the invocation to the runtime as soon as it asks for one; resolves with its answer. */
  invoke(invocation: Invocation): Promise<Reply> {
    if (this.initError) return Promise.resolve(this.initError);
    this.invocation = invocation;
    return new Promise((resolve) => {
      this.reply = resolve;
      this.deliver();
    });
  }

  /** Resolves when the runtime asks for its next invocation. */
  asked(): Promise<void> {
    return this.waiting ? Promise.resolve() : new Promise((resolve) => (this.idle = resolve));
  }

  private deliver(): void {
    if (!this.waiting || !this.invocation) return;
    const { requestId, payload, functionArn, deadlineMs } = this.invocation;
    this.waiting.writeHead(200, {
      'Content-Type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': requestId,
      'Lambda-Runtime-Deadline-Ms': String(deadlineMs),
      'Lambda-Runtime-Invoked-Function-Arn': functionArn,
      'Lambda-Runtime-Trace-Id': traceId(requestId),
    });
    this.waiting.end(payload);
    this.waiting = undefined;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url!;
    if (request.method === 'GET' && url === `${PREFIX}/invocation/next`) {
      this.waiting = response;
      this.idle();
      this.deliver();
      return;
    }
    if (url.startsWith('http:')) {
      accept(response, 403, { errorType: 'Forbidden', errorMessage: elsewhere(new URL(url).host) });
      return;
    }
    const body = await read(request);
    if (url === `${PREFIX}/init/error`) {
      this.initError = { kind: 'init-error', body: errorDocument(body, request) };
      this.settle(this.initError, response);
      return;
    }
    const [, requestId, kind] = /\/invocation\/([^/]+)\/(response|error)$/.exec(url) ?? [];
    if (requestId === undefined || requestId !== this.invocation?.requestId) {
      accept(response, requestId === undefined ? 404 : 400, {
        errorType: requestId === undefined ? 'NotFound' : 'InvalidRequestID',
        errorMessage: `${request.method} ${url}`,
      });
      return;
    }
    if (kind === 'response' && Buffer.byteLength(body) > MAX_RESPONSE_BYTES) {
      this.settle(tooLarge(Buffer.byteLength(body)), response, 413);
      return;
    }
    const error = (): Reply => ({ kind: 'error', body: errorDocument(body, request) });
    this.settle(kind === 'error' ? error() : { kind: 'response', body }, response);
  }

  private settle(reply: Reply, response: ServerResponse, statusCode = 202): void {
    this.invocation = undefined;
    accept(response, statusCode, { status: 'OK' });
    this.reply(reply);
  }
}

/** A runtime may send no more than the error's type. */
function errorDocument(body: string, request: IncomingMessage): string {
  try {
    const { errorType, errorMessage, ...rest } = JSON.parse(body);
    return JSON.stringify({
      errorType: errorType ?? errorTypeHeader(request),
      errorMessage: errorMessage ?? '',
      ...rest,
    });
  } catch {
    return JSON.stringify({ errorType: errorTypeHeader(request), errorMessage: body });
  }
}

function errorTypeHeader(request: IncomingMessage): string {
  return String(request.headers['lambda-runtime-function-error-type'] ?? 'Unhandled');
}

function tooLarge(bytes: number): Reply {
  const errorMessage = `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`;
  return {
    kind: 'error',
    body: JSON.stringify({ errorType: 'Function.ResponseSizeTooLarge', errorMessage }),
  };
}

function accept(response: ServerResponse, statusCode: number, body: object): void {
  response.writeHead(statusCode, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

function elsewhere(host: string): string {
  return `the local run connects to this machine only, not to ${host}`;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function traceId(requestId: string): string {
  const hex = requestId.replaceAll('-', '');
  return `Root=1-${hex.slice(0, 8)}-${hex.slice(8, 32)};Parent=${hex.slice(0, 16)};Sampled=0`;
}
