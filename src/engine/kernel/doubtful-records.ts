import type { KernelBatch } from './kernel-batch';
import type { KernelMemory } from './kernel-memory';
import type { DialectSpec } from '../../spec/dialect-spec';
import { BATCH_ROWS, ROW_FILTERED, ROW_KEPT } from '../batch';
import type { SurplusCells } from '../read/record-reader';
import { RecordTokenizer, type TextWindow } from '../read/record-tokenizer';
import { SourceBatch } from '../read/source-batch';

const LF = 0x0a;

/** Reads the records of a batch that the kernel leaves to the host, as the full definition has it. */
export class DoubtfulRecords {
  /** The records; row r of it is row `rows[r]` of the kernel's batch. */
  readonly batch: SourceBatch;
  readonly rows = new Int32Array(BATCH_ROWS);
  count = 0;
  private readonly text: TextWindow & { buffer: Buffer } = {
    buffer: Buffer.allocUnsafeSlow(16 * 1024),
    start: 0,
    limit: 0,
    final: true,
  };
  private readonly tokenizer: RecordTokenizer;

  constructor(
    private readonly memory: KernelMemory,
    dialect: DialectSpec,
    maxRecordBytes: number,
    width: number,
    surplus: SurplusCells = 'drop-surplus',
  ) {
    const keepsSurplus = surplus === 'keep-surplus';
    this.tokenizer = new RecordTokenizer(this.text, dialect, maxRecordBytes, width, keepsSurplus);
    this.batch = new SourceBatch(this.tokenizer, width);
  }

  /** Forgets the records of the batch before. */
  reset(): void {
    this.count = 0;
    this.text.limit = 0;
  }

  /** Takes a copy of a record, since cells are unescaped in place. */
  add(row: number, batch: KernelBatch): void {
    const { text } = this;
    const { bytes } = this.memory;
    const from = batch.start(row);
    const to = batch.end(row);
    const needed = text.limit + to - from + 2;
    if (needed > text.buffer.length) {
      const grown = Buffer.allocUnsafeSlow(needed * 2);
      text.buffer.copy(grown, 0, 0, text.limit);
      text.buffer = grown;
    }
    bytes.copy(text.buffer, text.limit, from, to);
    text.limit += to - from;
    text.buffer[text.limit++] = LF;
    this.rows[this.count++] = row;
  }

  /** Finds the cells of the records that were added; `firstRow` is the number of the kernel's first row. */
  read(firstRow: number): SourceBatch {
    const { batch, tokenizer } = this;
    this.text.start = 0;
    // Whatever the kernel takes for a record is one to the definition as well: nothing may be lost where it is not.
    if (tokenizer.read() !== this.count) throw new Error('the kernel has found other records than there are');
    batch.take(this.text.buffer);
    for (let index = 0; index < this.count; index++) batch.rowNumbers[index] = firstRow + this.rows[index];
    return batch;
  }

  /** Records that were found to be wrong. */
  countRejected(): number {
    let count = 0;
    for (let index = 0; index < this.count; index++) {
      if (!this.isKept(index)) count++;
    }
    return count;
  }

  /** Records that a filter takes out. */
  countFiltered(): number {
    let count = 0;
    for (let index = 0; index < this.count; index++) {
      if (this.batch.state[index] === ROW_FILTERED) count++;
    }
    return count;
  }

  isKept(index: number): boolean {
    return this.batch.state[index] === ROW_KEPT;
  }
}
