import type { RecordBatch, RowError } from '../batch';
import { type FieldCheck, VALID } from './field-check';
import { CompositeKey } from '../unique/composite-key';

/** The key of a row: that of one cell, or those of several put together. For rows whose fields were checked. */
export class RowKey {
  /** The key is `data[start .. end)` after `take`, until the next one is taken. */
  data: Buffer = Buffer.alloc(0);
  start = 0;
  end = 0;
  private readonly composite = new CompositeKey();

  constructor(
    readonly parts: readonly FieldCheck[],
    /** The place of each column, by its name. */
    private readonly places: ReadonlyMap<string, number>,
  ) {}

  /** Whether each part is there, and a value of its field. */
  isWhole(row: number): boolean {
    return this.parts.every((part) => part.found[row] === VALID);
  }

  /** Takes the key of a row that is whole. */
  take(batch: RecordBatch, row: number): void {
    const { parts, composite } = this;
    if (parts.length === 1) {
      this.takePart(parts[0], batch, row);
      return;
    }
    composite.reset();
    for (const part of parts) {
      this.takePart(part, batch, row);
      composite.add(this.data, this.start, this.end);
    }
    this.data = composite.data;
    this.start = 0;
    this.end = composite.length;
  }

  /** An error of the key, at one of its columns. */
  error(code: RowError['code'], message: string, part = this.parts[0]): RowError {
    return { column: part.field.name, code, message };
  }

  /** Rejects a row, with the error at the place of its column among the errors of the row. */
  reject(batch: RecordBatch, row: number, error: RowError): void {
    const { places } = this;
    batch.reject(row, error);
    const errors = batch.errors.get(row)!;
    if (errors.length > 1) errors.sort((a, b) => places.get(a.column)! - places.get(b.column)!);
  }

  private takePart({ key, columnIndex }: FieldCheck, batch: RecordBatch, row: number): void {
    const { data, start, end } = batch.columns[columnIndex];
    key.take(data, start[row], end[row]);
    this.data = key.data;
    this.start = key.start;
    this.end = key.end;
  }
}
