import { Column, RecordBatch } from '../batch';
import type { RecordTokenizer } from './record-tokenizer';

/** A batch as it was read: with what is peculiar to its records. */
export class SourceBatch extends RecordBatch {
  source: Buffer = Buffer.alloc(0);
  private readonly windowColumns: Column[] = [];

  constructor(
    private readonly tokenizer: RecordTokenizer,
    columns: number,
  ) {
    super();
    const { starts, ends, stride } = tokenizer;
    for (let from = 0; from < columns * stride; from += stride) {
      this.windowColumns.push(
        new Column(this.source, starts.subarray(from, from + stride), ends.subarray(from, from + stride)),
      );
    }
  }

  /** Takes over the records that the tokenizer has just found in a window. */
  take(data: Buffer): void {
    const { rows, records } = this.tokenizer;
    this.reset();
    this.source = data;
    for (const column of this.windowColumns) column.data = data;
    this.columns = [...this.windowColumns];
    this.rows = rows;
    for (let row = 0; row < rows; row++) this.rowNumbers[row] = records - rows + row + 1;
  }

  /** Cells of a record in the source, which may be fewer or more than the batch has columns. */
  cellCount(row: number): number {
    return this.tokenizer.cellCounts[row];
  }

  /** True where nothing stands in the record but delimiters. An empty quoted cell is something. */
  isBlank(row: number): boolean {
    return this.tokenizer.blanks[row] === 1;
  }

  /** Texts of the cells beyond the columns; none where the reader drops them. */
  surplus(row: number): string[] {
    const { surplus, surplusEnds } = this.tokenizer;
    const texts: string[] = [];
    for (let index = row === 0 ? 0 : surplusEnds[row - 1]; index < surplusEnds[row]; index++) {
      texts.push(this.source.toString('utf8', surplus.start(index), surplus.end(index)));
    }
    return texts;
  }
}
