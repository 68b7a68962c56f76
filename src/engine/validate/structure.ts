import type { SourceRecords } from './source-records';
import type { SourceBatch } from '../read/source-batch';

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

  constructor({ header, width }: SourceRecords) {
    this.header = header;
    this.columns = header.length;
    this.mostCells = width;
  }

  apply(batch: SourceBatch): void {
    const { columns, mostCells } = this;
    for (let row = 0; row < batch.rows; row++) {
      const cells = batch.cellCount(row);
      if (batch.isBlank(row) || (cells > 1 && cells <= mostCells && this.isEmpty(batch, row))) {
        batch.reject(row, { column: '', code: 'blank-row', message: 'the record has no values' });
      } else if (cells > mostCells) {
        const message = `the record has ${cells - (mostCells - columns)} cells, the header has ${columns}`;
        batch.reject(row, { column: '', code: 'extra-cell', message });
      } else if (cells < columns) {
        const message = `the record has ${cells} cells, the header has ${columns}`;
        batch.reject(row, { column: this.header[cells], code: 'missing-cell', message });
      }
    }
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
