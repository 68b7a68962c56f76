import type { RecordBatch, RowError } from '../batch';
import { type FieldCheck, MISSING, VALID } from './field-check';
import { KeySet } from '../unique/key-set';
import type { UniqueBudget } from '../unique/unique-budget';

/** Bytes before each part of a composite key that hold the part's length, so that `ab`+`c` is not `a`+`bc`. */
const LENGTH_BYTES = 4;

/** Checks that the primary key is there and stands in no earlier row. */
export class PrimaryKeyCheck {
  private readonly seen = new KeySet();
  private scratch = Buffer.allocUnsafe(256);

  constructor(
    private readonly parts: readonly FieldCheck[],
    private readonly columnIndexes: ReadonlyMap<string, number>,
    uniqueBudget: UniqueBudget,
  ) {
    uniqueBudget.register(this.seen);
  }

  /** Checks the given rows, after their fields were checked. */
  apply(batch: RecordBatch, rows: Int32Array): void {
    for (const row of rows) {
      const missing = this.parts.find((part) => part.found[row] === MISSING);
      if (missing) {
        this.reject(batch, row, missing, 'the primary key must have a value');
      } else if (this.parts.every((part) => part.found[row] === VALID) && !this.add(batch, row)) {
        this.reject(batch, row, this.parts[0], 'the primary key stands in an earlier row');
      }
    }
  }

  private add(batch: RecordBatch, row: number): boolean {
    if (this.parts.length === 1) {
      const { key } = this.take(batch, row, this.parts[0]);
      return this.seen.add(key.data, key.start, key.end);
    }
    let length = 0;
    for (const part of this.parts) {
      const { key } = this.take(batch, row, part);
      const bytes = key.end - key.start;
      this.reserve(length, length + LENGTH_BYTES + bytes);
      this.scratch.writeUInt32BE(bytes, length);
      key.data.copy(this.scratch, length + LENGTH_BYTES, key.start, key.end);
      length += LENGTH_BYTES + bytes;
    }
    return this.seen.add(this.scratch, 0, length);
  }

  private take(batch: RecordBatch, row: number, part: FieldCheck): FieldCheck {
    const { data, start, end } = batch.columns[part.columnIndex];
    part.key.take(data, start[row], end[row]);
    return part;
  }

  private reserve(used: number, bytes: number): void {
    if (bytes <= this.scratch.length) return;
    const grown = Buffer.allocUnsafe(bytes * 2);
    this.scratch.copy(grown, 0, 0, used);
    this.scratch = grown;
  }

  /** Puts the error where its column stands among the errors of the row. */
  private reject(batch: RecordBatch, row: number, part: FieldCheck, message: string): void {
    const error: RowError = { column: part.field.name, code: 'primary-key-error', message };
    batch.reject(row, error);
    const errors = batch.errors.get(row)!;
    errors.sort((a, b) => this.place(a) - this.place(b));
  }

  private place(error: RowError): number {
    return this.columnIndexes.get(error.column)!;
  }
}
