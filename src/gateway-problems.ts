import * as apigateway from 'aws-cdk-lib/aws-apigateway';

interface GatewayProblem {
  readonly type: apigateway.ResponseType;
  readonly status?: number;
  readonly title: string;
  readonly code: string;
}

/** What API Gateway answers by itself. The last two stand for every type that is not listed; their status varies. */
const PROBLEMS: readonly GatewayProblem[] = [
  { type: apigateway.ResponseType.BAD_REQUEST_BODY, status: 400, title: 'Bad Request', code: 'bad-request' },
  {
    type: apigateway.ResponseType.BAD_REQUEST_PARAMETERS,
    status: 400,
    title: 'Bad Request',
    code: 'bad-request',
  },
  { type: apigateway.ResponseType.UNAUTHORIZED, status: 401, title: 'Unauthorized', code: 'unauthorized' },
  { type: apigateway.ResponseType.ACCESS_DENIED, status: 403, title: 'Forbidden', code: 'access-denied' },
  { type: apigateway.ResponseType.EXPIRED_TOKEN, status: 403, title: 'Forbidden', code: 'expired-token' },
  {
    type: apigateway.ResponseType.INVALID_SIGNATURE,
    status: 403,
    title: 'Forbidden',
    code: 'invalid-signature',
  },
  // Also what API Gateway answers to a path that it does not have.
  {
    type: apigateway.ResponseType.MISSING_AUTHENTICATION_TOKEN,
    status: 403,
    title: 'Forbidden',
    code: 'missing-authentication',
  },
  {
    type: apigateway.ResponseType.REQUEST_TOO_LARGE,
    status: 413,
    title: 'Content Too Large',
    code: 'too-large',
  },
  { type: apigateway.ResponseType.THROTTLED, status: 429, title: 'Too Many Requests', code: 'throttled' },
  {
    type: apigateway.ResponseType.INTEGRATION_FAILURE,
    status: 502,
    title: 'Bad Gateway',
    code: 'internal-error',
  },
  {
    type: apigateway.ResponseType.INTEGRATION_TIMEOUT,
    status: 504,
    title: 'Gateway Timeout',
    code: 'timed-out',
  },
  { type: apigateway.ResponseType.DEFAULT_4XX, title: 'Request refused', code: 'request-refused' },
  { type: apigateway.ResponseType.DEFAULT_5XX, title: 'Service error', code: 'internal-error' },
];

/** Makes API Gateway's own errors problem documents (RFC 9457), like those of the function. */
export function addGatewayProblems(api: apigateway.RestApi): void {
  for (const { type, status, title, code } of PROBLEMS) {
    const members = { type: 'about:blank', title, ...(status ? { status } : {}), code };
    // The variable brings its own quotes.
    const template = JSON.stringify(members).replace(/}$/, ',"detail":$context.error.messageString}');
    api.addGatewayResponse(type.responseType, {
      type,
      statusCode: status?.toString(),
      templates: { 'application/problem+json': template },
    });
  }
}
