import { isRecord, kindOf } from '../message';
import { MAX_KEY_BYTES } from '../object-key';
import { Problem } from './problem';

/** Body of `POST /trigger`. */
export interface TriggerRequest {
  readonly key: string;
  /** The current version where absent. */
  readonly versionId?: string;
  /** Runs a job that has ended once more, as a job of its own. */
  readonly replay?: boolean;
}

/** What each member has to be; others are refused, since a misspelt `replay` would silently do something else. */
const MEMBERS: Readonly<Record<keyof TriggerRequest, { readonly type: string; readonly required: boolean }>> =
  {
    key: { type: 'string', required: true },
    versionId: { type: 'string', required: false },
    replay: { type: 'boolean', required: false },
  };

/** @throws Problem 400 */
export function parseTriggerRequest(body: string | null | undefined): TriggerRequest {
  const request = parseJson(body ?? '');
  if (!isRecord(request)) throw malformed(`the body is ${kindOf(request)}, expected a JSON object`);
  for (const name of Object.keys(request)) {
    if (!Object.hasOwn(MEMBERS, name)) {
      throw malformed(`the body has an unknown member '${name}', expected key, versionId or replay`);
    }
  }
  for (const [name, { type, required }] of Object.entries(MEMBERS)) {
    const value = request[name];
    if (value === undefined && !required) continue;
    if (typeof value !== type) throw malformed(`${name} is ${kindOf(value)}, expected a ${type}`);
    if (value === '') throw malformed(`${name} is empty`);
  }
  const { key } = request as unknown as TriggerRequest;
  if (Buffer.byteLength(key, 'utf8') > MAX_KEY_BYTES) {
    throw malformed(`key has more than ${MAX_KEY_BYTES} bytes, the most that S3 takes`);
  }
  return request as unknown as TriggerRequest;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw malformed('the body is not JSON');
  }
}

function malformed(detail: string): Problem {
  return new Problem(400, 'malformed-request', detail);
}
