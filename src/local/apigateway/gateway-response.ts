import { renderTemplate } from './response-template';

/** What an AWS::ApiGateway::GatewayResponse says. */
export interface GatewayResponseSettings {
  readonly statusCode: number | undefined;
  /** Header values by name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Body templates by content type. */
  readonly templates: Readonly<Record<string, string>>;
}

interface ResponseType {
  readonly statusCode: number;
  /** Value of the header `x-amzn-ErrorType`. */
  readonly errorType: string;
}

/** Answers that the API gives by itself (API Gateway developer guide, "Gateway response types"). */
const RESPONSE_TYPES = {
  ACCESS_DENIED: { statusCode: 403, errorType: 'AccessDeniedException' },
  // What a stage answers that may not call its function, among others.
  API_CONFIGURATION_ERROR: { statusCode: 500, errorType: 'InternalServerErrorException' },
  BAD_REQUEST_BODY: { statusCode: 400, errorType: 'BadRequestException' },
  BAD_REQUEST_PARAMETERS: { statusCode: 400, errorType: 'BadRequestException' },
  DEFAULT_5XX: { statusCode: 502, errorType: 'InternalServerErrorException' },
  EXPIRED_TOKEN: { statusCode: 403, errorType: 'ExpiredTokenException' },
  INTEGRATION_TIMEOUT: { statusCode: 504, errorType: 'GatewayTimeoutException' },
  INVALID_SIGNATURE: { statusCode: 403, errorType: 'InvalidSignatureException' },
  MISSING_AUTHENTICATION_TOKEN: { statusCode: 403, errorType: 'MissingAuthenticationTokenException' },
  REQUEST_TOO_LARGE: { statusCode: 413, errorType: 'RequestTooLargeException' },
  THROTTLED: { statusCode: 429, errorType: 'TooManyRequestsException' },
} as const satisfies Record<string, ResponseType>;

export type ResponseTypeName = keyof typeof RESPONSE_TYPES;

/** Thrown on the way of a request that the API answers by itself. */
export class GatewayError extends Error {
  constructor(
    readonly responseType: ResponseTypeName,
    message: string,
    readonly validationError = '',
  ) {
    super(message);
    this.name = 'GatewayError';
  }
}

export interface RenderedResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const DEFAULT_TEMPLATES = { 'application/json': '{"message":$context.error.messageString}' };

/** Words an error as the template's gateway responses do: by its own type, else by DEFAULT_4XX or DEFAULT_5XX. */
export function renderGatewayResponse(
  error: GatewayError,
  settings: ReadonlyMap<string, GatewayResponseSettings>,
  context: Readonly<Record<string, string>>,
  accept: string | undefined,
): RenderedResponse {
  const { statusCode, errorType } = RESPONSE_TYPES[error.responseType];
  const custom =
    settings.get(error.responseType) ?? settings.get(statusCode < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
  const templates: Readonly<Record<string, string>> =
    custom && Object.keys(custom.templates).length > 0 ? custom.templates : DEFAULT_TEMPLATES;
  const types = Object.keys(templates);
  const contentType = types.find((type) => accept?.includes(type)) ?? types[0]!;
  const finalStatus = custom?.statusCode ?? statusCode;
  const values = {
    ...context,
    'context.status': String(finalStatus),
    'context.error.message': error.message,
    'context.error.messageString': JSON.stringify(error.message),
    'context.error.responseType': error.responseType,
    'context.error.validationErrorString': error.validationError,
  };
  return {
    statusCode: finalStatus,
    headers: {
      'Content-Type': contentType,
      'x-amzn-ErrorType': errorType,
      'x-amzn-RequestId': context['context.requestId']!,
      ...custom?.headers,
    },
    body: renderTemplate(templates[contentType]!, values),
  };
}
