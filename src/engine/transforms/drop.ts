import type { DropSpec } from '../../spec/transforms/transform-spec';
import type { ApplyToBatch } from '../compile-operations';

/** Leaves some columns out. */
export function compileDrop(spec: DropSpec, header: readonly string[]): ApplyToBatch {
  const dropped = header.map((name) => spec.columns.includes(name));
  return (batch) => {
    batch.columns = batch.columns.filter((_, index) => !dropped[index]);
  };
}
