import { compilePattern } from '../../spec/pattern';
import type { ReplaceSpec } from '../../spec/transforms/transform-spec';
import type { ApplyToBatch } from '../compile-operations';
import { rewriteTexts } from './rewrite-column';

/** Replaces every occurrence of a text, or every match of a pattern, in which `$1` and `$&` stand for its parts. */
export function compileReplace(spec: ReplaceSpec, header: readonly string[]): ApplyToBatch {
  const { column, search, replacement } = spec;
  if (spec.pattern) {
    const pattern = compilePattern(search);
    return rewriteTexts(header, column, (text) => pattern.replaceAll(text, replacement));
  }
  // A function, since a literal replacement must not read `$&` and the like.
  return rewriteTexts(header, column, (text) => text.replaceAll(search, () => replacement));
}
