import { type Column, type RecordBatch, ROW_KEPT } from '../batch';
import type { ByteSink } from '../engine';
import { ByteWriter } from './byte-writer';
import { csvCell } from './csv-cell';
import { RowNumberText } from './row-number-text';

const QUOTE = 0x22;
const COMMA = 0x2c;
const LF = 0x0a;

/** Bytes that make quotes necessary. */
const SPECIAL = new Uint8Array(256);
for (const byte of [QUOTE, COMMA, LF, 0x0d]) SPECIAL[byte] = 1;

/** What a record takes beside twice its cells at most: its row number, and quotes and a separator for each cell. */
const RECORD_BYTES = 20;
const CELL_BYTES = 3;

/**
 * Writes CSV as it is published: UTF-8 without byte order mark, LF, quotes only where a cell needs them. A record of one
 * empty cell is written `""`, since an empty line is no record to most readers.
 */
export class CsvWriter {
  private readonly bytes: ByteWriter;
  private atStart = true;
  private readonly rowNumber = new RowNumberText();
  private viewed?: Buffer;
  private view: DataView = new DataView(new ArrayBuffer(0));

  constructor(sink: ByteSink) {
    this.bytes = new ByteWriter(sink);
  }

  /** Writes a record of texts. */
  writeTexts(cells: readonly string[]): void {
    cells.forEach((cell, index) => {
      // A character of a text takes three bytes at most.
      this.bytes.reserve(RECORD_BYTES + CELL_BYTES + cell.length * 6);
      if (index > 0) this.writeByte(COMMA);
      this.writeText(cell);
      this.atStart = false;
    });
    this.endRecord(cells.length === 1 && cells[0] === '');
  }

  /** Writes the kept rows of a batch, each behind its row number where `rowNumbers` says so. */
  writeBatch(batch: RecordBatch, rowNumbers: 'with-row-numbers' | 'without-row-numbers'): void {
    const numbered = rowNumbers === 'with-row-numbers';
    for (let row = 0; row < batch.rows; row++) {
      if (batch.state[row] === ROW_KEPT) this.writeRow(batch, row, numbered);
    }
  }

  /** Writes one row of a batch, behind its row number or not. */
  writeRow(batch: RecordBatch, row: number, numbered: boolean): void {
    const { columns } = batch;
    this.reserveRecord(columns, row);
    if (numbered) {
      this.writeRowNumber(batch.rowNumbers[row]);
      if (columns.length > 0) this.writeByte(COMMA);
    }
    this.writeCells(batch, row);
    this.endRecord(!numbered && columns.length === 1 && columns[0].start[row] === columns[0].end[row]);
  }

  /** Writes whole records that are this text. */
  writeRecordsText(text: string): void {
    const { bytes } = this;
    bytes.reserve(Buffer.byteLength(text));
    bytes.length += bytes.chunk.write(text, bytes.length, 'utf8');
  }

  /** Writes whole records that stand as they are to be written in the bytes `data[from .. to)`. */
  writeRecords(data: Buffer, from: number, to: number): void {
    const { bytes } = this;
    bytes.reserve(to - from);
    data.copy(bytes.chunk, bytes.length, from, to);
    bytes.length += to - from;
  }

  /** Hands over everything written, and behind it bytes that are whole records. The sink has to be done with them then. */
  pass(records: Buffer): void | Promise<void> {
    return this.bytes.pass(records);
  }

  /** Hands over full chunks; to be called between batches. Gives a promise where the sink has to be waited for. */
  drain(): Promise<void> | undefined {
    return this.bytes.drain();
  }

  /** Hands over everything written. Nothing may be written afterwards. */
  async flush(): Promise<void> {
    await this.bytes.flush();
  }

  /** Makes room for whatever a record may take, so that its cells are written without a look at the room left. */
  private reserveRecord(columns: readonly Column[], row: number): void {
    let cells = 0;
    for (let index = 0; index < columns.length; index++) {
      cells += columns[index].end[row] - columns[index].start[row];
    }
    this.bytes.reserve(RECORD_BYTES + columns.length * CELL_BYTES + cells * 2);
  }

  private writeCells({ columns, source }: RecordBatch, row: number): void {
    const last = columns.length - 1;
    for (let index = 0; index <= last; index++) {
      const first = index;
      let column = columns[index];
      const { data } = column;
      const from = column.start[row];
      let to = column.end[row];
      if (data === source) {
        // Cells that lie side by side in the source, one comma between them, are written as one piece.
        while (index < last) {
          column = columns[index + 1];
          if (column.data !== data || column.start[row] !== to + 1 || data[to] !== COMMA) break;
          to = column.end[row];
          index++;
        }
      }
      if (first > 0) this.writeByte(COMMA);
      if (index === first) this.writeCell(data, from, to);
      else if (!this.writeRun(data, from, to)) this.writeApart(columns, first, index, row);
    }
  }

  /** Writes a piece that holds several cells; gives false, and writes nothing, where one of them needs quotes. */
  private writeRun(data: Buffer, from: number, to: number): boolean {
    const { bytes } = this;
    if (!copyWithoutQuote(this.viewOf(data), bytes.view, from, to, bytes.length)) return false;
    bytes.length += to - from;
    return true;
  }

  private viewOf(data: Buffer): DataView {
    if (data !== this.viewed) {
      this.viewed = data;
      this.view = new DataView(data.buffer, data.byteOffset, data.length);
    }
    return this.view;
  }

  private writeApart(columns: readonly Column[], first: number, last: number, row: number): void {
    for (let index = first; index <= last; index++) {
      if (index > first) this.writeByte(COMMA);
      this.writeCell(columns[index].data, columns[index].start[row], columns[index].end[row]);
    }
  }

  /** Puts a text where it belongs; where something in it turns out to need quotes, writes it once more with them. */
  private writeText(cell: string): void {
    const { chunk, length } = this.bytes;
    const end = length + chunk.write(cell, length, 'utf8');
    let special = 0;
    for (let at = length; at < end; at++) special |= SPECIAL[chunk[at]];
    // A first cell that begins with a byte order mark would lose it to the next reader.
    if (special === 0 && !(this.atStart && cell.startsWith('\ufeff'))) this.bytes.length = end;
    else this.writeQuoted(Buffer.from(cell, 'utf8'), 0, end - length);
  }

  /** Copies a cell; where something in it turns out to need quotes, writes it once more with them. */
  private writeCell(data: Buffer, from: number, to: number): void {
    const { chunk, length } = this.bytes;
    let special = 0;
    let put = length;
    for (let at = from; at < to; at++) {
      const byte = data[at];
      chunk[put++] = byte;
      special |= SPECIAL[byte];
    }
    if (special === 0) this.bytes.length = put;
    else this.writeQuoted(data, from, to);
  }

  private writeQuoted(data: Buffer, from: number, to: number): void {
    const { bytes } = this;
    const { chunk } = bytes;
    let put = bytes.length;
    chunk[put++] = QUOTE;
    for (let at = from; at < to; at++) {
      if (data[at] === QUOTE) chunk[put++] = QUOTE;
      chunk[put++] = data[at];
    }
    chunk[put++] = QUOTE;
    bytes.length = put;
  }

  private writeRowNumber(number: number): void {
    const { bytes, rowNumber } = this;
    rowNumber.set(number);
    bytes.length = rowNumber.copyTo(bytes.chunk, bytes.length);
  }

  private endRecord(emptyCellAlone: boolean): void {
    if (emptyCellAlone) {
      this.writeByte(QUOTE);
      this.writeByte(QUOTE);
    }
    this.writeByte(LF);
  }

  private writeByte(byte: number): void {
    this.bytes.chunk[this.bytes.length++] = byte;
  }
}

/**
 * Copies bytes, four at a time, unless there is a quote among them: then it gives false, and what it wrote is to be
 * ignored. The test is the one for a zero byte in a word (Hacker's Delight, section 6-1).
 */
function copyWithoutQuote(
  source: DataView,
  target: DataView,
  from: number,
  to: number,
  put: number,
): boolean {
  let quotes = 0;
  let at = from;
  let out = put;
  for (; at + 4 <= to; at += 4, out += 4) {
    const word = source.getInt32(at, true);
    target.setInt32(out, word, true);
    const differs = word ^ 0x22222222;
    quotes |= (differs - 0x01010101) & ~differs & 0x80808080;
  }
  for (; at < to; at++, out++) {
    const byte = source.getUint8(at);
    target.setUint8(out, byte);
    quotes |= byte === QUOTE ? 1 : 0;
  }
  return quotes === 0;
}

/** What stands behind the first cell of a record: the other ones, and the newline. */
export function csvEnding(cells: readonly string[]): string {
  return `,${cells.map(csvCell).join(',')}\n`;
}
