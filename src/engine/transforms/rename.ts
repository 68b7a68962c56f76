import type { ApplyToBatch } from '../compile-operations';

/** A new name is all in the header: no cell changes. */
export function compileRename(): ApplyToBatch {
  return () => {};
}
