import type { SourceRecords } from './source-records';
import type { RowError } from '../batch';
import type { SourceBatch } from '../read/source-batch';

/** Errors that are kept, by the number of cells. */
const MOST_KEPT = 1000;

/**
 * Rejects records whose shape is not the header's: blank ones, and those with too many or too few cells. Their cells are
 * not checked any further, since it is not certain which column each belongs to.
 *
 * A record is blank where all its cells are empty, in quotes or not: the quotes would be gone once it is written again.
 * One empty cell alone is a value where it stands in quotes, since it is written with them.
 */
export class StructureCheck {
  private readonly columns: number;
  private readonly header: readonly string[];
  /** Cells that a record may have: in a rejects file, those that explain the reject come on top. */
  private readonly mostCells: number;
  readonly blank: RowError = { column: '', code: 'blank-row', message: 'the record has no values' };
  private readonly errors = new Map<number, RowError>();

  constructor({ header, width }: SourceRecords) {
    this.header = header;
    this.columns = header.length;
    this.mostCells = width;
  }

  apply(batch: SourceBatch): void {
    for (let row = 0; row < batch.rows; row++) {
      const cells = batch.cellCount(row);
      const isBlank =
        batch.isBlank(row) || (cells > 1 && cells <= this.mostCells && this.isEmpty(batch, row));
      const error = isBlank ? this.blank : this.widthError(cells);
      if (error) batch.reject(row, error);
    }
  }

  /** What is wrong with a record of so many cells, if anything is. */
  widthError(cells: number): RowError | undefined {
    if (cells >= this.columns && cells <= this.mostCells) return undefined;
    let error = this.errors.get(cells);
    if (!error) {
      error = this.newWidthError(cells);
      if (this.errors.size < MOST_KEPT) this.errors.set(cells, error);
    }
    return error;
  }

  private newWidthError(cells: number): RowError {
    const { columns, mostCells } = this;
    const isLong = cells > mostCells;
    const own = isLong ? cells - (mostCells - columns) : cells;
    return {
      column: isLong ? '' : this.header[cells],
      code: isLong ? 'extra-cell' : 'missing-cell',
      message: `the record has ${own} cells, the header has ${columns}`,
    };
  }

  /**
   * Whether nothing stands in the source's own columns. A blank record of the first source stands in its rejects file
   * as empty cells before the explanation.
   */
  private isEmpty(batch: SourceBatch, row: number): boolean {
    for (let index = 0; index < this.columns; index++) {
      if (batch.columns[index].end[row] > batch.columns[index].start[row]) return false;
    }
    return true;
  }
}
