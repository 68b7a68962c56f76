import type { RestApi, Route, Stage } from './rest-api';
import { LOCAL_ACCOUNT, type Principal } from '../services';

/** A request as it came to the API. */
export interface ApiRequest {
  readonly requestId: string;
  readonly httpMethod: string;
  /** Path below the stage. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** All values of each header, names in lower case. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** Headers with their names as they came. */
  readonly rawHeaders: readonly (readonly [string, string])[];
  readonly body: Buffer;
  readonly sourceIp: string;
}

/**
 * The event of a Lambda proxy integration.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function proxyEvent(
  api: RestApi,
  stage: Stage,
  route: Route,
  request: ApiRequest,
  caller: Principal | undefined,
): object {
  const binary = isBinary(api, request);
  const multiValueHeaders = grouped(request.rawHeaders);
  const multiValueQuery = grouped([...request.query]);
  return {
    resource: route.resourcePath,
    path: request.path,
    httpMethod: request.httpMethod,
    headers: lastValues(multiValueHeaders),
    multiValueHeaders,
    queryStringParameters: orNull(lastValues(multiValueQuery)),
    multiValueQueryStringParameters: orNull(multiValueQuery),
    pathParameters: orNull(route.pathParameters),
    stageVariables: stage.variables,
    requestContext: requestContext(api, stage, route, request, caller),
    body: request.body.length === 0 ? null : request.body.toString(binary ? 'base64' : 'utf8'),
    isBase64Encoded: binary,
  };
}

function requestContext(
  api: RestApi,
  stage: Stage,
  route: Route,
  request: ApiRequest,
  caller: Principal | undefined,
): object {
  const now = new Date();
  return {
    accountId: LOCAL_ACCOUNT,
    apiId: api.id,
    domainName: '127.0.0.1',
    extendedRequestId: request.requestId,
    httpMethod: request.httpMethod,
    identity: {
      accessKey: null,
      accountId: caller ? LOCAL_ACCOUNT : null,
      caller: caller?.name ?? null,
      sourceIp: request.sourceIp,
      user: caller?.name ?? null,
      userAgent: request.headers['user-agent']?.[0] ?? null,
      userArn: caller?.arn ?? null,
    },
    path: `/${stage.name}${request.path}`,
    protocol: 'HTTP/1.1',
    requestId: request.requestId,
    requestTime: now.toUTCString(),
    requestTimeEpoch: now.getTime(),
    resourceId: route.method.resourceId,
    resourcePath: route.resourcePath,
    stage: stage.name,
  };
}

function isBinary(api: RestApi, request: ApiRequest): boolean {
  const type = request.headers['content-type']?.[0] ?? '';
  return api.binaryMediaTypes.some((media) => media === '*/*' || type.startsWith(media.replace(/\*$/, '')));
}

function grouped(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const [name, value] of pairs) (groups[name] ??= []).push(value);
  return groups;
}

function lastValues(groups: Readonly<Record<string, readonly string[]>>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, values]) => [name, values.at(-1)!]));
}

function orNull<T extends object>(values: T): T | null {
  return Object.keys(values).length === 0 ? null : values;
}
