import type { DoubtfulRecords } from './doubtful-records';
import type { KernelBatch } from './kernel-batch';
import type { KernelMemory } from './kernel-memory';
import type { Program } from './program';
import type { StepOutput } from '../run/step-output';

/** Room for what the kernel writes at once: a batch of ordinary records, and in any case one of the longest. */
const OUTPUT_BYTES = 256 * 1024;

/** Writes the accepted records of a batch, and between them the doubtful ones that turned out to be valid. */
export class KernelOutput {
  private readonly address: number;

  constructor(
    private readonly memory: KernelMemory,
    private readonly program: Program,
    private readonly output: StepOutput,
  ) {
    this.address = memory.allocate(OUTPUT_BYTES);
  }

  /** `rejected` is how many records are rejects beside those that were read again. */
  write(batch: KernelBatch, doubtful: DoubtfulRecords, rejected: number): void {
    const { output } = this;
    if (output.isNowhere) {
      output.count(batch.rows, batch.rows - doubtful.countRejected() - rejected);
      return;
    }
    output.count(batch.rows, 0);
    this.memory.kernel.setRowNumber(batch.firstRow);
    let row = 0;
    for (let index = 0; index < doubtful.count; index++) {
      if (!doubtful.isKept(index)) continue;
      this.writeAccepted(row, doubtful.rows[index]);
      row = doubtful.rows[index];
      output.writeRow(doubtful.batch, index);
    }
    this.writeAccepted(row, batch.rows);
  }

  private writeAccepted(from: number, end: number): void {
    const { kernel, bytes } = this.memory;
    for (let row = from; row < end;) {
      row = kernel.write(this.program.address, row, end, this.address, this.address + OUTPUT_BYTES);
      this.output.writeRecords(bytes, this.address, kernel.outputEnd.value, kernel.written.value);
    }
  }
}
