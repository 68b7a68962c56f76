import type { KeyObject } from 'node:crypto';
import { PipelineError } from '../../spec/pipeline-error';
import type { HashSpec } from '../../spec/transforms/transform-spec';
import type { ApplyToBatch } from '../compile-operations';
import { rewriteTexts } from './rewrite-column';
import type { HashKeys, TransformContext } from './transform-context';

/** Replaces cells by their HMAC-SHA-256 (RFC 2104): 64 hexadecimal digits in lower case. */
export function compileHash(
  { column, key: name }: HashSpec,
  header: readonly string[],
  { hashKeys = {} }: TransformContext,
): ApplyToBatch {
  const key = keyOf(hashKeys, name);
  const { createHmac } = crypto();
  return rewriteTexts(header, column, (text) => createHmac('sha256', key).update(text, 'utf8').digest('hex'));
}

/** Without a key, or with an empty one, anybody could find the cells again by hashing likely ones. */
function keyOf(hashKeys: HashKeys, name: string): KeyObject {
  const key = Object.hasOwn(hashKeys, name) ? hashKeys[name] : undefined;
  if (key === undefined || key.length === 0) {
    throw new PipelineError(
      'secret-unreadable',
      `the hash key ${JSON.stringify(name)} ${key === undefined ? 'was not given' : 'is empty'}`,
    );
  }
  return crypto().createSecretKey(Buffer.from(key as string));
}

/** Loaded only where something is hashed: that takes time, too. */
function crypto(): typeof import('node:crypto') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('node:crypto') as typeof import('node:crypto');
}
