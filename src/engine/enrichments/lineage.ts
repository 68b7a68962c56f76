import { ColumnBuilder } from '../batch';
import { constantColumn } from '../cell-bytes';
import type { ApplyToBatch } from '../compile-operations';
import type { Lineage } from '../engine';

/** Appends the columns of LINEAGE_COLUMNS: where each row comes from, and which run wrote it. */
export function compileLineage(lineage: Lineage): ApplyToBatch {
  const sourceKey = constantColumn(lineage.sourceKey);
  const sourceVersion = constantColumn(lineage.sourceVersion);
  const jobId = constantColumn(lineage.jobId);
  const specSha256 = constantColumn(lineage.specSha256);
  const sourceRow = new ColumnBuilder();
  return (batch) => {
    sourceRow.reset();
    for (const row of batch.keptRows()) sourceRow.setText(row, String(batch.rowNumbers[row]));
    batch.columns = [...batch.columns, sourceKey, sourceVersion, sourceRow, jobId, specSha256];
  };
}
