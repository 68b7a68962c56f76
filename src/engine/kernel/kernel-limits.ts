import { DoubtfulRecords } from './doubtful-records';
import type { KernelBatch } from './kernel-batch';
import type { KernelMemory } from './kernel-memory';
import type { LimitsSpec } from '../../spec/pipeline-spec';
import type { CheckedSource } from '../validate/checked-source';

/**
 * Holds the records that the kernel has found to the limits of rows and cells. A cell is never longer than what stands in
 * the source, so that hardly any record has to be read for that.
 */
export class KernelLimits {
  /** Records with cells that may be too large; absent where no cell is. */
  private readonly long?: DoubtfulRecords;

  constructor(
    memory: KernelMemory,
    private readonly source: CheckedSource,
    { maxFieldBytes, maxRecordBytes }: LimitsSpec,
  ) {
    const { dialect, width } = source;
    if (maxFieldBytes !== undefined) this.long = new DoubtfulRecords(memory, dialect, maxRecordBytes, width);
  }

  /** Throws PipelineError `too-many-rows` or `field-too-large`, whichever comes first. */
  check(batch: KernelBatch): void {
    const { long, source } = this;
    const { limits, header } = source;
    const allowed = limits.allowed(batch.rows);
    if (long) {
      long.reset();
      for (const row of batch.rowsWithLongCells(limits.mostFieldBytes, allowed)) long.add(row, batch);
      if (long.count > 0) limits.checkFields(long.read(batch.firstRow), header, long.count);
    }
    limits.takeRows(batch.rows, batch.firstRow + allowed);
  }
}
