import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GatewayError, renderGatewayResponse, type ResponseTypeName } from './gateway-response';
import { proxyEvent, type ApiRequest } from './proxy-event';
import { proxyResponse, type ProxyResponse } from './proxy-response';
import { validateRequest } from './request-validation';
import type { RestApi, Route, Stage } from './rest-api';
import { Throttle } from './throttle';
import type { AccessKeyRegistry } from '../access-keys';
import {
  AwsError,
  LOCAL_ACCOUNT,
  LOCAL_PARTITION,
  LOCAL_REGION,
  type Authorizer,
  type FunctionInvoker,
  type Journal,
  type Principal,
} from '../services';
import { SignatureError, verifySignature, type SignatureProblem } from '../signature';

/** Bytes of a request (API Gateway quotas). */
const MAX_REQUEST_BYTES = 10 * 1024 * 1024;

export interface ApiListenerProps {
  readonly functions: FunctionInvoker;
  readonly keys: AccessKeyRegistry;
  readonly authorizer: Authorizer;
  readonly journal: Journal;
}

const SIGNATURE_PROBLEMS: Readonly<Record<SignatureProblem, ResponseTypeName>> = {
  missing: 'MISSING_AUTHENTICATION_TOKEN',
  malformed: 'INVALID_SIGNATURE',
  mismatch: 'INVALID_SIGNATURE',
  skewed: 'INVALID_SIGNATURE',
  expired: 'EXPIRED_TOKEN',
  'unknown-key': 'ACCESS_DENIED',
};

/** Serves one REST API, all its stages, on a port of its own. */
export class ApiListener {
  private readonly server = createServer((request, response) => void this.answer(request, response));
  private readonly throttles = new Map<string, Throttle>();

  constructor(
    private readonly api: RestApi,
    private readonly props: ApiListenerProps,
  ) {}

  /** Listens on loopback and gives the address before the stage: `http://127.0.0.1:port`. */
  async listen(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, stageName = '', rest = ''] = /^\/([^/?]*)([^?]*)/.exec(message.url!)!;
    const request = await readRequest(message, rest || '/');
    const context: Record<string, string> = {
      'context.requestId': request.requestId,
      'context.extendedRequestId': request.requestId,
      'context.stage': stageName,
      'context.httpMethod': request.httpMethod,
      'context.path': message.url!.split('?')[0]!,
      'context.identity.sourceIp': request.sourceIp,
    };
    let principal: Principal | undefined;
    let answer: ProxyResponse;
    try {
      const stage = this.api.stages.get(stageName);
      const route = stage && this.api.route(request.httpMethod, request.path);
      if (!route) throw new GatewayError('MISSING_AUTHENTICATION_TOKEN', 'Missing Authentication Token');
      context['context.resourcePath'] = route.resourcePath;
      principal = this.authenticate(message, stage, route, request);
      this.throttle(stage, route);
      validateRequest(this.api, route, request);
      answer = await this.integrate(stage, route, request, principal);
    } catch (error) {
      answer = this.render(error, context, message.headers.accept);
    }
    this.props.journal.record({
      kind: 'request',
      service: 'execute-api',
      operation: `${request.httpMethod} ${message.url!.split('?')[0]}`,
      principal: principal?.name ?? '-',
      status: answer.statusCode,
    });
    response.writeHead(answer.statusCode, { ...answer.headers } as Record<string, string | string[]>);
    response.end(answer.body);
  }

  private render(
    error: unknown,
    context: Readonly<Record<string, string>>,
    accept: string | undefined,
  ): ProxyResponse {
    try {
      if (!(error instanceof GatewayError)) throw error;
      const rendered = renderGatewayResponse(error, this.api.gatewayResponses, context, accept);
      return { ...rendered, body: Buffer.from(rendered.body) };
    } catch (unforeseen) {
      // Such as a template that uses what the local run does not provide: said to the caller, as nobody else listens.
      const body = Buffer.from(JSON.stringify({ message: (unforeseen as Error).message }));
      return { statusCode: 500, headers: { 'Content-Type': 'application/json' }, body };
    }
  }

  private authenticate(
    message: IncomingMessage,
    stage: Stage,
    route: Route,
    request: ApiRequest,
  ): Principal | undefined {
    if (route.method.authorization === 'NONE') return undefined;
    try {
      const signed = { method: request.httpMethod, url: message.url!, headers: message.headers };
      const payloadHash = createHash('sha256').update(request.body).digest('hex');
      const { principal, service } = verifySignature(signed, this.props.keys, payloadHash);
      if (service !== 'execute-api') {
        throw new SignatureError(
          'mismatch',
          `Credential should be scoped to correct service: 'execute-api', not '${service}'`,
        );
      }
      this.props.authorizer.authorize(principal, 'execute-api:Invoke', this.arn(stage, request));
      return principal;
    } catch (error) {
      if (error instanceof SignatureError) {
        throw new GatewayError(SIGNATURE_PROBLEMS[error.problem], error.message);
      }
      if (error instanceof AwsError) throw new GatewayError('ACCESS_DENIED', error.message);
      throw error;
    }
  }

  private throttle(stage: Stage, { resourcePath, method: { httpMethod } }: Route): void {
    const place = [`${resourcePath}/${httpMethod}`, `/*/${httpMethod}`, '/*/*'].find((each) =>
      stage.throttling.has(each),
    );
    if (place === undefined) return;
    const key = `${stage.name} ${place}`;
    const throttle = this.throttles.get(key) ?? new Throttle(stage.throttling.get(place)!);
    this.throttles.set(key, throttle);
    if (!throttle.take()) throw new GatewayError('THROTTLED', 'Too Many Requests');
  }

  private async integrate(
    stage: Stage,
    route: Route,
    request: ApiRequest,
    caller: Principal | undefined,
  ): Promise<ProxyResponse> {
    const { integration } = route.method;
    if (integration.kind === 'mock') {
      return { statusCode: integration.statusCode, headers: integration.headers, body: Buffer.alloc(0) };
    }
    if (request.body.length > MAX_REQUEST_BYTES) {
      throw new GatewayError('REQUEST_TOO_LARGE', 'Request Too Long');
    }
    const event = JSON.stringify(proxyEvent(this.api, stage, route, request, caller));
    const principal = {
      kind: 'service',
      name: 'apigateway.amazonaws.com',
      arn: this.arn(stage, request),
    } as const;
    let timer: NodeJS.Timeout | undefined;
    const timedOut = new Promise<never>((_, reject) => {
      const error = new GatewayError('INTEGRATION_TIMEOUT', 'Endpoint request timed out');
      timer = setTimeout(() => reject(error), integration.timeoutMs);
    });
    try {
      const invoked = this.props.functions.invoke(integration.functionArn, event, principal);
      return proxyResponse(await Promise.race([invoked, timedOut]));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const refused = error.code === 'AccessDeniedException';
      throw new GatewayError(refused ? 'API_CONFIGURATION_ERROR' : 'DEFAULT_5XX', 'Internal server error');
    } finally {
      clearTimeout(timer);
    }
  }

  private arn(stage: Stage, { httpMethod, path }: ApiRequest): string {
    return `arn:${LOCAL_PARTITION}:execute-api:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${this.api.id}/${stage.name}/${httpMethod}${path}`;
  }
}

async function readRequest(message: IncomingMessage, path: string): Promise<ApiRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const rawHeaders = message.rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name, message.rawHeaders[index + 1]!] as const] : [],
  );
  return {
    requestId: randomUUID(),
    httpMethod: message.method!,
    path,
    query: new URL(message.url!, 'http://127.0.0.1').searchParams,
    headers: message.headersDistinct as Record<string, string[]>,
    rawHeaders,
    body: Buffer.concat(chunks),
    sourceIp: message.socket.remoteAddress!,
  };
}
