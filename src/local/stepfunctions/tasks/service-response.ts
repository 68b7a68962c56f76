import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '../../json/json-value';
import { AwsError } from '../../services';
import { StateError } from '../state-error';

/** An SDK's answer as an optimised integration hands it on. */
export function sdkResponse(body: object, statusCode = 200): JsonObject {
  const requestId = randomUUID();
  const headers = { 'x-amzn-RequestId': requestId, 'Content-Type': 'application/x-amz-json-1.0' };
  return {
    ...(body as JsonObject),
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      HttpHeaders: headers,
      HttpStatusCode: statusCode,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
}

/**
 * Turns a service's error into the one that Retry and Catch see.
 *
 * @param nameOf the error's name from the service's code.
 */
export async function asStateError<T>(
  service: string,
  nameOf: (code: string) => string,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (problem) {
    if (!(problem instanceof AwsError)) throw problem;
    const { code, message, statusCode } = problem;
    throw new StateError(
      nameOf(code),
      `${message} (Service: ${service}; Status Code: ${statusCode}; Error Code: ${code}; Request ID: ${randomUUID()}; Proxy: null)`,
    );
  }
}

/** A field that has to be a text. */
export function requireText(parameters: Json, field: string): string {
  const value = (parameters as JsonObject)[field];
  if (typeof value === 'string') return value;
  throw new StateError('States.Runtime', `The field '${field}' must be a text, got ${JSON.stringify(value)}`);
}
