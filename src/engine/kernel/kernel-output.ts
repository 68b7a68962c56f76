import type { DoubtfulRecords } from './doubtful-records';
import type { KernelBatch } from './kernel-batch';
import type { KernelMemory } from './kernel-memory';
import type { RecordBatch } from '../batch';
import type { KernelPlan } from './plan/kernel-plan';

/** Bytes that are handed over at once, where they need no copy. */
const PASSED_BYTES = 256 * 1024;
/** Room for these, and for a batch of ordinary records behind them; in any case for one of the longest. */
const OUTPUT_BYTES = 2 * PASSED_BYTES;
/** Longer records are left to the host, see tokenize.ts of the assembly. */
const LONGEST_RECORD_BYTES = 65536;

/** Takes records as CSV. */
export interface RecordSink {
  /**
   * Hands whole records over behind all others, without a copy; absent where whoever gets them may keep them. Gives a promise
   * where that has to be waited for.
   */
  readonly passRecords?: (data: Buffer) => void | Promise<void>;
  /** Takes a kept row of a batch. */
  writeRow(batch: RecordBatch, row: number): void;
  /** Takes so many rows that stand as they are to be written in the bytes `data[from .. to)`. */
  writeRecords(data: Buffer, from: number, to: number, rows: number): void;
  /** Hands over what is full. Gives a promise where that has to be waited for. */
  drain(): void | Promise<void>;
}

/** Writes the accepted records of a batch, and between them the doubtful ones that are kept. */
export class KernelOutput {
  private readonly address: number;
  private readonly bytes: number;
  /** Bytes that stand in the kernel's memory still, and their rows. */
  private length = 0;
  private rows = 0;

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
      this.settle();
      this.output.writeRow(doubtful.batch, index);
    }
    this.writeAccepted(batch, row, batch.rows);
    if (!this.output.passRecords) this.settle();
  }

  /** Hands over what is full; to be called between batches. Gives a promise where that has to be waited for. */
  drain(): void | Promise<void> {
    const { output, length, address } = this;
    if (length < PASSED_BYTES) return output.drain();
    this.length = this.rows = 0;
    return output.passRecords!(this.memory.bytes.subarray(address, address + length));
  }

  /** Has the output hold all rows so far; to be called before others are written to it. */
  settle(): void {
    const { length, rows, address } = this;
    if (rows === 0) return;
    this.length = this.rows = 0;
    this.output.writeRecords(this.memory.bytes, address, address + length, rows);
  }

  private writeAccepted({ program }: KernelBatch, from: number, end: number): void {
    const { kernel } = this.memory;
    const { address } = this;
    const limit = address + this.bytes;
    for (let row = from; row < end;) {
      row = kernel.write(program.address, this.plan.address, row, end, address + this.length, limit);
      this.length = kernel.outputEnd.value - address;
      this.rows += kernel.written.value;
      if (row < end) this.settle();
    }
  }
}
