import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { AccessKeyRegistry } from './access-keys';
import { AnswerLost } from './faults/call-faults';
import { answerRefusal } from './refusal';
import { operationOf } from './s3/operations';
import { singleHeaders, targetOf } from './s3/request';
import { AwsError, type HttpService, type Journal } from './services';
import { signedService, verifySignature } from './signature';

/** Services by the prefix of `X-Amz-Target` that their requests carry. */
const TARGETS: Readonly<Record<string, GatewayService>> = {
  DynamoDB_20120810: 'dynamodb',
  AWSStepFunctions: 'states',
  AmazonSQS: 'sqs',
  AWSEvents: 'events',
  secretsmanager: 'secretsmanager',
};

const LAMBDA_PATH = '/2015-03-31/functions/';

/** Bodies of services other than S3 are read whole; no API of theirs takes more. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

export type GatewayService = 's3' | 'dynamodb' | 'states' | 'sqs' | 'lambda' | 'events' | 'secretsmanager';

interface Route {
  readonly service: GatewayService;
  readonly operation: string;
}

/**
 * The one listener of a run, on 127.0.0.1. It finds out who signed a request and which service it is for, and notes
 * every request in the journal.
 */
export class Gateway {
  private readonly services = new Map<GatewayService, HttpService>();
  private readonly server: Server;
  private origin: string | undefined;

  constructor(
    private readonly keys: AccessKeyRegistry,
    private readonly journal: Journal,
  ) {
    this.server = createServer((request, response) => void this.receive(request, response));
    // Uploads of many gigabytes take their time.
    this.server.requestTimeout = 0;
    // A connection that is closed just as a client sends on it would fail a call that nothing is wrong with.
    this.server.keepAliveTimeout = 600_000;
  }

  /** From now on the service answers its requests. */
  register(name: GatewayService, service: HttpService): void {
    this.services.set(name, service);
  }

  /** Starts to listen. Resolves with the endpoint, such as `http://127.0.0.1:4566`. */
  listen(port = 0): Promise<string> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', () => {
        this.server.off('error', reject);
        this.origin = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
        resolve(this.origin);
      });
    });
  }

  /** Where it listens. */
  get endpoint(): string {
    if (this.origin === undefined) throw new Error('the gateway does not listen yet');
    return this.origin;
  }

  /** Ends every connection. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const route = routeOf(request);
    let principal = 'unknown';
    response.once('close', () => {
      const status = response.writableFinished ? response.statusCode : 499;
      this.journal.record({ kind: 'request', ...route, principal, status });
    });
    try {
      const service = this.services.get(route.service);
      if (!service) {
        throw new AwsError('UnknownOperationException', `the local run does not provide ${route.service}`);
      }
      const { payload, hash } = await payloadOf(request, route.service);
      const verified = verifySignature(
        { method: request.method!, url: request.url!, headers: request.headers },
        this.keys,
        hash,
      );
      principal = verified.principal.name;
      await service.handle(payload, response, verified.principal);
    } catch (error) {
      if (response.headersSent || error instanceof AnswerLost) response.destroy();
      else answerRefusal(request, response, route.service, error);
    }
  }
}

/** S3 streams and checks its body itself; all others have theirs hashed here, and get it to read once more. */
async function payloadOf(
  request: IncomingMessage,
  service: GatewayService,
): Promise<{ payload: IncomingMessage; hash: string }> {
  if (service === 's3') {
    const header = request.headers['x-amz-content-sha256'];
    return { payload: request, hash: header === undefined ? 'UNSIGNED-PAYLOAD' : String(header) };
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      throw new AwsError(
        'RequestEntityTooLargeException',
        `the request is larger than ${MAX_BODY_BYTES} bytes`,
        413,
      );
    }
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  const { method, url, headers, socket } = request;
  const payload = Object.assign(Readable.from(size === 0 ? [] : [body]), { method, url, headers, socket });
  return {
    payload: payload as unknown as IncomingMessage,
    hash: createHash('sha256').update(body).digest('hex'),
  };
}

function routeOf(request: IncomingMessage): Route {
  const [prefix, operation] = String(request.headers['x-amz-target'] ?? '').split('.');
  const url = request.url!;
  if (prefix in TARGETS) return { service: TARGETS[prefix], operation };
  if (url.startsWith(LAMBDA_PATH)) return { service: 'lambda', operation: 'Invoke' };
  const signedFor = signedService({ method: request.method!, url, headers: request.headers });
  if (signedFor === 'sqs') return { service: 'sqs', operation: 'query protocol' };
  if (signedFor === 'lambda') return { service: 'lambda', operation: `${request.method} ${url}` };
  return { service: 's3', operation: s3Operation(request, url) };
}

function s3Operation(request: IncomingMessage, url: string): string {
  const query = new URLSearchParams(url.split('?').slice(1).join('?'));
  try {
    const target = targetOf(url, request.headers.host);
    const headers = singleHeaders(request.headers);
    return operationOf({ method: request.method!, ...target, query, headers }) ?? `${request.method} ${url}`;
  } catch {
    return `${request.method} ${url}`;
  }
}
