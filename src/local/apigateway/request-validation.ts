import Ajv from 'ajv';
import { GatewayError } from './gateway-response';
import type { ApiRequest } from './proxy-event';
import type { RestApi, Route } from './rest-api';

/**
 * Checks a request as its method's validator says.
 *
 * @throws GatewayError with API Gateway's own messages
 */
export function validateRequest(api: RestApi, route: Route, request: ApiRequest): void {
  const validator = api.validators.get(route.method.validatorId ?? '');
  if (validator?.parameters) checkParameters(route, request);
  if (validator?.body) checkBody(api, route, request);
}

function checkParameters(route: Route, request: ApiRequest): void {
  const missing = Object.entries(route.method.parameters)
    .filter(([place, required]) => required && !valueAt(place, route, request))
    .map(([place]) => place.split('.').slice(3).join('.'));
  if (missing.length > 0) {
    throw new GatewayError(
      'BAD_REQUEST_PARAMETERS',
      `Missing required request parameters: [${missing.join(', ')}]`,
    );
  }
}

function valueAt(place: string, route: Route, request: ApiRequest): string | null | undefined {
  const [, , kind, ...rest] = place.split('.');
  const name = rest.join('.');
  if (kind === 'path') return route.pathParameters[name];
  if (kind === 'querystring') return request.query.get(name);
  return request.headers[name.toLowerCase()]?.join(',');
}

function checkBody(api: RestApi, route: Route, request: ApiRequest): void {
  const contentType = (request.headers['content-type']?.[0] ?? 'application/json').split(';')[0]!.trim();
  const model = api.models.get(route.method.models[contentType] ?? route.method.models.$default ?? '');
  if (!model) return;
  const body = parse(request.body.toString());
  const ajv = new Ajv({ strict: false, allErrors: true });
  // Models are written in draft 4; what they use of it means the same in ajv's draft 7.
  const { $schema: _, ...schema } = model as { $schema?: string };
  const accepts = ajv.compile(schema);
  if (!accepts(body)) {
    throw new GatewayError('BAD_REQUEST_BODY', 'Invalid request body', `[${ajv.errorsText(accepts.errors)}]`);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new GatewayError('BAD_REQUEST_BODY', 'Invalid request body', '[the body is no JSON]');
  }
}
