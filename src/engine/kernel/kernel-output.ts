import type { DoubtfulRecords } from './doubtful-records';
import type { KernelBatch } from './kernel-batch';
import type { KernelMemory } from './kernel-memory';
import type { RecordBatch } from '../batch';
import type { KernelPlan } from './plan/kernel-plan';

/** Room for what the kernel writes at once: a batch of ordinary records, and in any case one of the longest. */
const OUTPUT_BYTES = 256 * 1024;
/** Longer records are left to the host, see tokenize.ts of the assembly. */
const LONGEST_RECORD_BYTES = 65536;

/** Takes records as CSV. */
export interface RecordSink {
  /** Takes a kept row of a batch. */
  writeRow(batch: RecordBatch, row: number): void;
  /** Takes so many rows that stand as they are to be written in the bytes `data[from .. to)`. */
  writeRecords(data: Buffer, from: number, to: number, rows: number): void;
}

/** Writes the accepted records of a batch, and between them the doubtful ones that are kept. */
export class KernelOutput {
  private readonly address: number;
  private readonly bytes: number;

  constructor(
    private readonly memory: KernelMemory,
    private readonly plan: KernelPlan,
    private readonly output: RecordSink,
  ) {
    this.bytes = Math.max(OUTPUT_BYTES, plan.times * LONGEST_RECORD_BYTES + plan.beside);
    this.address = memory.allocate(this.bytes);
  }

  write(batch: KernelBatch, doubtful: DoubtfulRecords): void {
    this.memory.kernel.setRowNumber(batch.firstRow);
    let row = 0;
    for (let index = 0; index < doubtful.count; index++) {
      if (!doubtful.isKept(index)) continue;
      this.writeAccepted(batch, row, doubtful.rows[index]);
      row = doubtful.rows[index];
      this.output.writeRow(doubtful.batch, index);
    }
    this.writeAccepted(batch, row, batch.rows);
  }

  private writeAccepted({ program }: KernelBatch, from: number, end: number): void {
    const { kernel, bytes } = this.memory;
    const limit = this.address + this.bytes;
    for (let row = from; row < end;) {
      row = kernel.write(program.address, this.plan.address, row, end, this.address, limit);
      this.output.writeRecords(bytes, this.address, kernel.outputEnd.value, kernel.written.value);
    }
  }
}
