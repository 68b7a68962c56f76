import { type Column, type RecordBatch, ROW_KEPT } from '../batch';
import type { ByteSink } from '../engine';
import { ByteWriter } from './byte-writer';

const QUOTE = 0x22;
const COMMA = 0x2c;
const LF = 0x0a;
const ZERO = 0x30;

/** What makes quotes necessary: a quote anywhere, or a delimiter or newline in a cell. */
const HAS_QUOTE = 1;
const HAS_BREAK = 2;
const SPECIAL = new Uint8Array(256);
SPECIAL[QUOTE] = HAS_QUOTE;
SPECIAL[COMMA] = SPECIAL[LF] = SPECIAL[0x0d] = HAS_BREAK;

const MAX_INT32 = 0x7fffffff;

/** Digits of the largest row number, and the delimiter. */
const ROW_NUMBER_BYTES = 17;

/**
 * Writes CSV as it is published: UTF-8 without byte order mark, LF, quotes only where a cell needs them. A record of one
 * empty cell is written `""`, since an empty line is no record to most readers.
 */
export class CsvWriter {
  private readonly bytes: ByteWriter;
  private atStart = true;
  private viewed?: Buffer;
  private view: DataView = new DataView(new ArrayBuffer(0));

  constructor(sink: ByteSink) {
    this.bytes = new ByteWriter(sink);
  }

  /** Writes a record of texts. */
  writeTexts(cells: readonly string[]): void {
    cells.forEach((cell, index) => {
      const data = Buffer.from(cell, 'utf8');
      if (index > 0) this.writeByte(COMMA);
      // A first cell that begins with a byte order mark would lose it to the next reader.
      if (this.atStart && cell.startsWith('\ufeff')) this.writeQuoted(data, 0, data.length);
      else this.writeCell(data, 0, data.length);
      this.atStart = false;
    });
    this.endRecord(cells.length === 1 && cells[0] === '');
  }

  /** Writes the kept rows of a batch, each behind its row number where `rowNumbers` says so. */
  writeBatch(batch: RecordBatch, rowNumbers: 'with-row-numbers' | 'without-row-numbers'): void {
    const { columns, state } = batch;
    for (let row = 0; row < batch.rows; row++) {
      if (state[row] !== ROW_KEPT) continue;
      if (rowNumbers === 'with-row-numbers') {
        this.writeRowNumber(batch.rowNumbers[row]);
        if (columns.length > 0) this.writeByte(COMMA);
        this.writeCells(batch, row);
        this.endRecord(false);
      } else {
        this.writeCells(batch, row);
        this.endRecord(columns.length === 1 && columns[0].start[row] === columns[0].end[row]);
      }
    }
  }

  /** Hands over full chunks and waits for the sink; to be called between batches. */
  async drain(): Promise<void> {
    await this.bytes.drain();
  }

  /** Hands over everything written. Nothing may be written afterwards. */
  async flush(): Promise<void> {
    await this.bytes.flush();
  }

  private writeCells({ columns, source }: RecordBatch, row: number): void {
    const last = columns.length - 1;
    for (let index = 0; index <= last; index++) {
      const { data, start } = columns[index];
      const from = start[row];
      let to = columns[index].end[row];
      const first = index;
      // Cells that lie side by side in the source, one comma between them, are written as one piece.
      while (
        index < last &&
        data === source &&
        columns[index + 1].data === data &&
        columns[index + 1].start[row] === to + 1 &&
        data[to] === COMMA
      ) {
        to = columns[++index].end[row];
      }
      if (first > 0) this.writeByte(COMMA);
      if (index === first) this.writeCell(data, from, to);
      else if (!this.writeRun(data, from, to)) this.writeApart(columns, first, index, row);
    }
  }

  /** Writes a piece that holds several cells; gives false, and writes nothing, where one of them needs quotes. */
  private writeRun(data: Buffer, from: number, to: number): boolean {
    const { bytes } = this;
    bytes.reserve(to - from);
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

  private writeCell(data: Buffer, from: number, to: number): void {
    if (this.copy(data, from, to) === 0) this.bytes.length += to - from;
    else this.writeQuoted(data, from, to);
  }

  /** Copies bytes behind what is written without making them part of it yet; gives what is special about them. */
  private copy(data: Buffer, from: number, to: number): number {
    const { bytes } = this;
    bytes.reserve(to - from);
    const { chunk } = bytes;
    let special = 0;
    for (let at = from, put = bytes.length; at < to; at++, put++) {
      const byte = data[at];
      chunk[put] = byte;
      special |= SPECIAL[byte];
    }
    return special;
  }

  private writeQuoted(data: Buffer, from: number, to: number): void {
    const { bytes } = this;
    bytes.reserve((to - from) * 2 + 2);
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
    const { bytes } = this;
    bytes.reserve(ROW_NUMBER_BYTES);
    if (number > MAX_INT32) {
      bytes.length += bytes.chunk.write(String(number), bytes.length, 'latin1');
      return;
    }
    // Whole 32-bit arithmetic: several times faster than a number's text.
    let put = bytes.length;
    for (let left = (number / 10) | 0; left > 0; left = (left / 10) | 0) put++;
    bytes.length = put + 1;
    let left = number | 0;
    do {
      bytes.chunk[put--] = ZERO + (left % 10);
      left = (left / 10) | 0;
    } while (left > 0);
  }

  private endRecord(emptyCellAlone: boolean): void {
    if (emptyCellAlone) {
      this.writeByte(QUOTE);
      this.writeByte(QUOTE);
    }
    this.writeByte(LF);
  }

  private writeByte(byte: number): void {
    this.bytes.reserve(1);
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
