import type { ConstantSpec } from '../../spec/enrichments/enrichment-spec';
import { constantColumn } from '../cell-bytes';
import type { ApplyToBatch } from '../compile-operations';

/** Appends a column that has one value in every row. */
export function compileConstant(spec: ConstantSpec): ApplyToBatch {
  const column = constantColumn(spec.value);
  return (batch) => {
    batch.columns = [...batch.columns, column];
  };
}
