import type { KeepSpec } from '../../spec/transforms/transform-spec';
import type { ApplyToBatch } from '../compile-operations';

/** Keeps some columns, in the order of the spec. */
export function compileKeep(spec: KeepSpec, header: readonly string[]): ApplyToBatch {
  const kept = spec.columns.map((name) => header.indexOf(name));
  return (batch) => {
    batch.columns = kept.map((index) => batch.columns[index]);
  };
}
