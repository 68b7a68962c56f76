import { PipelineError } from '../spec/pipeline-error';

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a dotted path, or undefined where a part of the path is missing. */
export function valueAt(message: unknown, path: string): unknown {
  let value = message;
  for (const name of path.split('.')) {
    if (!isRecord(value)) return undefined;
    value = value[name];
  }
  return value;
}

/**
 * The text at a dotted path of a message.
 *
 * @throws PipelineError `step-contract-violation`
 */
export function textAt(message: unknown, path: string): string {
  const value = valueAt(message, path);
  if (typeof value === 'string') return value;
  throw new PipelineError(
    'step-contract-violation',
    `the message's ${path} is ${kindOf(value)}, expected text`,
  );
}

/** What a value is, without showing it. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `of type ${typeof value}`;
}

/** The text at a dotted path of a message, or a text in its place where there is none. */
export function textOr(message: unknown, path: string, otherwise: string): string {
  const value = valueAt(message, path);
  return typeof value === 'string' ? value : otherwise;
}
