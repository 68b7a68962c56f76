import type { DialectSpec } from '../../spec/dialect-spec';
import { BATCH_ROWS } from '../batch';
import type { ByteWindow } from './byte-window';
import { CellList } from './cell-list';
import {
  BLANK,
  CELL_END,
  CELL_START,
  DELIMITER,
  ESCAPE,
  ESCAPED,
  FIRST_STOP,
  KEEP,
  NEWLINE,
  QUOTE,
  RecordStates,
  STATE_MASK,
  TEXT,
  isInsideQuotes,
} from './record-states';
import { PipelineError } from '../../spec/pipeline-error';

const LF = 0x0a;
const CR = 0x0d;

/** A text as it is read: the tokenizer moves its start behind the records that it has found. */
export type TextWindow = Pick<ByteWindow, 'buffer' | 'start' | 'limit' | 'final'>;

/** How far a file has been read. */
export interface ReadPosition {
  /** Records read so far. */
  readonly records: number;
  /** The last record ended with CR: a LF that follows belongs to it. */
  readonly afterCarriageReturn: boolean;
}

/** Cells that a batch holds at most: bounds the memory that a very wide file takes. */
const BATCH_CELLS = 1024 * 1024;

/** The window ends inside the record. */
const INCOMPLETE = -1;
/** The file ends inside quotes. */
const UNCLOSED = -2;

/**
 * Finds the records and cells in a window of text. Positions go to typed arrays, column by column; cells whose value is
 * not a piece of the source are unescaped in the window itself, so that all cells of a batch share one buffer.
 */
export class RecordTokenizer implements ReadPosition {
  /** Records of a batch; also the distance between two columns in `starts` and `ends`. */
  readonly stride: number;
  /** Position of cell (row, column) is at `column * stride + row`. Cells that a record lacks are empty. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Cells that each record has, which may be fewer or more than `width`. */
  readonly cellCounts: Int32Array;
  /** 1 for records in which nothing stands but delimiters. */
  readonly blanks: Uint8Array;
  /** Cells beyond `width`, where they are kept: those of record r end at `surplusEnds[r]`. */
  readonly surplus = new CellList();
  readonly surplusEnds: Int32Array;
  /** Records of the batch. */
  rows = 0;
  records = 0;
  afterCarriageReturn = false;

  private readonly states: RecordStates;
  private readonly kinds: Uint8Array;
  private readonly highestSpecial: number;
  private readonly comment: number;
  /** Is no escape, though it may begin with the escape character. */
  private readonly nullSequence: Buffer;
  /** Slots of the cells of the record at hand that need unescaping; surplus cells as the complement of their index. */
  private readonly escaped: number[] = [];

  constructor(
    private readonly window: TextWindow,
    dialect: DialectSpec,
    private readonly maxRecordBytes: number,
    private readonly width: number,
    private readonly keepSurplus: boolean,
  ) {
    this.states = new RecordStates(dialect);
    this.kinds = this.states.kinds;
    this.highestSpecial = this.kinds.reduce((highest, kind, byte) => (kind === TEXT ? highest : byte), 0);
    this.nullSequence = Buffer.from(dialect.nullSequence ?? '', 'utf8');
    this.comment = dialect.commentChar === null ? -1 : dialect.commentChar.charCodeAt(0);
    this.stride = Math.max(1, Math.min(BATCH_ROWS, Math.floor(BATCH_CELLS / Math.max(1, width))));
    this.starts = new Int32Array(width * this.stride);
    this.ends = new Int32Array(width * this.stride);
    this.cellCounts = new Int32Array(this.stride);
    this.blanks = new Uint8Array(this.stride);
    this.surplusEnds = new Int32Array(this.stride);
  }

  /** Goes on where another reader of the same window has stopped. */
  continueFrom({ records, afterCarriageReturn }: ReadPosition): this {
    this.records = records;
    this.afterCarriageReturn = afterCarriageReturn;
    return this;
  }

  /** Reads up to `maxRows` records that the window holds whole; none means that the window has to slide on. */
  read(maxRows = this.stride): number {
    const { window, surplus } = this;
    const { buffer, limit } = window;
    this.rows = 0;
    surplus.length = 0;
    // A line feed behind the text stops every loop there; the byte may be the first of an unfinished character.
    const behind = buffer[limit];
    buffer[limit] = LF;
    while (this.rows < maxRows) {
      const from = this.skipNoRecords(window.start);
      if (from === INCOMPLETE) break;
      window.start = from;
      if (from === limit) break;
      if (this.escaped.length > 0) this.escaped.length = 0;
      const surplusBefore = surplus.length;
      const to = this.scanRecord(from);
      if (to < 0) {
        surplus.length = surplusBefore;
        // The records before it are given first.
        if (to === UNCLOSED && this.rows === 0) {
          throw limit - from > this.maxRecordBytes ? this.tooLarge() : this.unclosedQuote();
        }
        break;
      }
      if (to - from > this.maxRecordBytes) {
        if (this.rows === 0) throw this.tooLarge();
        surplus.length = surplusBefore;
        break;
      }
      this.finishRecord(from, to);
    }
    buffer[limit] = behind;
    if (limit - window.start > this.maxRecordBytes && this.rows === 0) throw this.tooLarge();
    return this.rows;
  }

  /** Number of the cell, from 1, in which the window's text ends. */
  cellAtLimit(): number {
    const { buffer, start, limit } = this.window;
    let state = CELL_START;
    let cell = 1;
    for (let at = start; at < limit; at++) {
      state = this.states.next(state, buffer[at]) & STATE_MASK;
      if (state < CELL_END) continue;
      cell++;
      state = CELL_START;
    }
    return cell;
  }

  /** Passes the second half of a CRLF, and comments; gives where a record begins. */
  private skipNoRecords(from: number): number {
    const { buffer, limit, final } = this.window;
    let at = this.passLineFeed(from);
    while (at < limit && buffer[at] === this.comment) {
      let end = at;
      while (this.kinds[buffer[end]] !== NEWLINE) end++;
      // One longer than a record may be fails the file, however much of it the window holds.
      const isTooLong = end - at > this.maxRecordBytes;
      if (isTooLong || (end === limit && !final)) {
        this.window.start = at;
        if (isTooLong && this.rows === 0) throw this.tooLarge();
        return INCOMPLETE;
      }
      this.afterCarriageReturn = buffer[end] === CR;
      at = this.passLineFeed(Math.min(end + 1, limit));
    }
    return at;
  }

  private passLineFeed(at: number): number {
    const { buffer, limit } = this.window;
    if (!this.afterCarriageReturn || at === limit) return at;
    this.afterCarriageReturn = false;
    return buffer[at] === LF ? at + 1 : at;
  }

  /** Finds the cells of a record; gives where it ends: at its newline, or at the end of the file. */
  private scanRecord(from: number): number {
    const { kinds, highestSpecial, width, stride, starts, ends } = this;
    const { buffer, limit, final } = this.window;
    let slot = this.rows;
    let cells = 0;
    let at = from;
    for (;;) {
      const cellFrom = at;
      let start = at;
      let kind = kinds[buffer[at]];
      let end: number;
      if (kind === TEXT || kind >= DELIMITER) {
        let byte = buffer[at];
        // Most bytes of most files are higher than all that are special: one comparison, no look into the table.
        while (byte > highestSpecial || kinds[byte] < FIRST_STOP) byte = buffer[++at];
        kind = kinds[byte];
        end = at;
      } else if (kind === QUOTE) {
        start = at + 1;
        end = at = this.endOfQuotedRun(start);
        kind = kinds[buffer[at]] === QUOTE ? kinds[buffer[++at]] : ESCAPE;
      } else {
        end = at;
        kind = ESCAPE;
      }
      if (kind < DELIMITER) {
        // Neither of the two common shapes: the table reads the cell from its first byte.
        at = this.scanCell(cellFrom);
        if (at < 0) return at;
        start = cellFrom;
        end = at;
        kind = kinds[buffer[at]];
        this.escaped.push(cells < width ? slot : ~this.surplus.length);
      }
      if (at >= limit && !final) return INCOMPLETE;
      if (cells < width) {
        starts[slot] = start;
        ends[slot] = end;
        slot += stride;
      } else if (this.keepSurplus) {
        this.surplus.push(start, end);
      }
      cells++;
      if (kind === NEWLINE) break;
      at++;
    }
    this.cellCounts[this.rows] = cells;
    for (; slot < starts.length; slot += stride) starts[slot] = ends[slot] = 0;
    return at;
  }

  /** The next quote or escape, or the end of the window. */
  private endOfQuotedRun(from: number): number {
    const { kinds } = this;
    const { buffer, limit } = this.window;
    let at = from;
    for (
      let kind = kinds[buffer[at]];
      at < limit && kind !== QUOTE && kind !== ESCAPE;
      kind = kinds[buffer[at]]
    ) {
      at++;
    }
    return at;
  }

  /** Reads one cell by the table; gives the delimiter or newline behind it. */
  private scanCell(from: number): number {
    const { states } = this;
    const { buffer, limit, final } = this.window;
    let state = CELL_START;
    for (let at = from; at < limit; at++) {
      state = states.next(state, buffer[at]) & STATE_MASK;
      if (state >= CELL_END) return at;
    }
    if (!final) return INCOMPLETE;
    return isInsideQuotes(state) ? UNCLOSED : limit;
  }

  private finishRecord(from: number, to: number): void {
    const { window, rows } = this;
    this.blanks[rows] = this.isBlank(from, to) ? 1 : 0;
    for (const slot of this.escaped) this.unescape(slot);
    this.surplusEnds[rows] = this.surplus.length;
    this.rows++;
    this.records++;
    // At the end of the file this reads the sentinel.
    this.afterCarriageReturn = window.buffer[to] === CR;
    window.start = Math.min(to + 1, window.limit);
  }

  private isBlank(from: number, to: number): boolean {
    const { kinds } = this;
    const { buffer } = this.window;
    let at = from;
    while (at < to && (kinds[buffer[at]] === DELIMITER || kinds[buffer[at]] === BLANK)) at++;
    return at === to;
  }

  /** Drops the bytes that are not part of the value; the value is never longer than its source. */
  private unescape(slot: number): void {
    if (slot < 0 && !this.keepSurplus) return;
    const { buffer } = this.window;
    const from = slot < 0 ? this.surplus.start(~slot) : this.starts[slot];
    const to = slot < 0 ? this.surplus.end(~slot) : this.ends[slot];
    if (this.nullSequence.length > 0 && buffer.subarray(from, to).equals(this.nullSequence)) return;
    let state = CELL_START;
    let end = from;
    for (let at = from; at < to; at++) {
      const next = this.states.next(state, buffer[at]);
      if (next & KEEP) buffer[end++] = buffer[at];
      state = next & STATE_MASK;
    }
    // An escape that is the last byte of the file makes nothing literal, so it stands for itself.
    if (state === ESCAPED) buffer[end++] = buffer[to - 1];
    // The cell no longer stands as the source has it: without its delimiter nobody takes it for a neighbour's piece.
    buffer[from - 1] = LF;
    if (slot < 0) this.surplus.setEnd(~slot, end);
    else this.ends[slot] = end;
  }

  private unclosedQuote(): PipelineError {
    const record = this.records + 1;
    return new PipelineError('unclosed-quote', `record ${record} opens a quote that is never closed`, {
      record,
    });
  }

  private tooLarge(): PipelineError {
    const record = this.records + 1;
    return new PipelineError(
      'record-too-large',
      `record ${record} is larger than ${this.maxRecordBytes} bytes; perhaps it opens a quote that is never closed`,
      { record },
    );
  }
}
