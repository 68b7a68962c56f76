import { parseDecimal } from '../../spec/decimal';
import type { CsvOutputSpec } from '../../spec/output-spec';
import { cellText, type RecordBatch, ROW_KEPT } from '../batch';
import type { ByteSink } from '../engine';
import { outputError } from './output-error';
import type { OutputWriter } from './output-writer';
import { TextOutput } from './text-output';
import { quotedCell } from '../write/csv-cell';

/** What makes quotes necessary. A byte order mark at the very beginning would be lost to the next reader. */
const NEEDS_QUOTES = /[",\r\n]|^\ufeff/;

/**
 * What makes a spreadsheet take a cell for a formula, or lets it begin a new cell
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** CSV with another quoting than the default one, or with formulas made harmless. */
export class CsvOutput implements OutputWriter {
  private readonly text: TextOutput;

  constructor(
    private readonly spec: CsvOutputSpec,
    private readonly header: readonly string[],
    sink: ByteSink,
  ) {
    this.text = new TextOutput(sink);
    this.writeRecord(1, header);
  }

  writeBatch(batch: RecordBatch): void {
    for (let row = 0; row < batch.rows; row++) {
      if (batch.state[row] !== ROW_KEPT) continue;
      const cells = batch.columns.map((column) => cellText(column, row));
      this.writeRecord(batch.rowNumbers[row], cells);
    }
  }

  drain(): Promise<void> {
    return this.text.drain();
  }

  finish(): Promise<void> {
    return this.text.finish();
  }

  private writeRecord(row: number, cells: readonly string[]): void {
    // An empty line is no record to most readers.
    if (cells.length === 1 && cells[0] === '') this.writeMissing(row);
    else this.text.writeLine(cells.map((cell, index) => this.written(row, index, cell)).join(','));
  }

  private writeMissing(row: number): void {
    if (this.spec.quoting !== 'none') {
      this.text.writeLine('""');
    } else {
      throw outputError(
        row,
        this.header[0],
        'the only cell of the row is missing, and an empty line is no record',
      );
    }
  }

  private written(row: number, index: number, text: string): string {
    const { quoting, neutralizeFormulas } = this.spec;
    const cell = neutralizeFormulas ? neutralized(text) : text;
    if (quoting === 'all') return quotedCell(cell);
    if (!NEEDS_QUOTES.test(cell)) return cell;
    if (quoting === 'minimal') return quotedCell(cell);
    throw outputError(
      row,
      this.header[index],
      'the cell has a comma, a quote or a line end, which CSV without quotes cannot hold',
    );
  }
}

/** An apostrophe in front makes a text of a formula. A number with a sign is none. */
function neutralized(cell: string): string {
  return FORMULA.test(cell) && !parseDecimal(cell) ? `'${cell}` : cell;
}
