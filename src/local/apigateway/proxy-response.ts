import { GatewayError } from './gateway-response';
import type { InvokeResult } from '../services';

export interface ProxyResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

/**
 * Reads what a function answered.
 *
 * @throws GatewayError (502) where the function failed or its answer is not `{ statusCode, headers?, body? }`
 */
export function proxyResponse(result: InvokeResult): ProxyResponse {
  const answer = result.functionError ? undefined : JSON.parse(result.payload);
  const valid =
    typeof answer === 'object' &&
    answer !== null &&
    Number.isInteger(Number(answer.statusCode)) &&
    (answer.body === undefined || answer.body === null || typeof answer.body === 'string');
  if (!valid) throw new GatewayError('DEFAULT_5XX', 'Internal server error');
  return {
    statusCode: Number(answer.statusCode),
    headers: {
      'Content-Type': 'application/json',
      ...withoutCase(answer.headers),
      ...withoutCase(answer.multiValueHeaders),
    },
    body: Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8'),
  };
}

/** Function authors write `content-type` in any case; it must not stand there twice. */
function withoutCase(headers: Readonly<Record<string, string>> | undefined): Record<string, string> {
  const entries = Object.entries(headers ?? {}).map(([name, value]) => [
    name.toLowerCase() === 'content-type' ? 'Content-Type' : name,
    value,
  ]);
  return Object.fromEntries(entries);
}
