import type { DialectSpec } from '../../spec/dialect-spec';

/*
 * The grammar of RFC 4180, widened by the dialect, as a table: state x kind of byte -> next state, and whether the byte
 * is part of the cell's value. Everything that the tokenizer reads is defined here; its fast paths only accept cells
 * for which this table gives the same.
 *
 * What the RFC leaves open is decided as Python's csv module and spreadsheets do: a quote inside an unquoted cell
 * stands for itself, and text behind a closing quote belongs to the cell. An escape at the end of the file stands for itself.
 */

// The kernel reads by the same table, see rewrite.ts of the assembly: what these numbers are stands there once more.

/** Kinds of bytes. Kinds below FIRST_STOP do not end an unquoted cell. */
export const TEXT = 0;
export const QUOTE = 1;
export const BLANK = 2;
export const FIRST_STOP = 3;
export const ESCAPE = 3;
export const DELIMITER = 4;
export const NEWLINE = 5;
const KINDS = 6;

/** States inside a cell. */
export const CELL_START = 0;
export const UNQUOTED = 1;
export const QUOTED = 2;
/** Behind a quote inside a quoted cell: it closes the cell, or is the first half of a doubled one. */
export const QUOTE_IN_QUOTED = 3;
export const ESCAPED = 4;
export const ESCAPED_IN_QUOTED = 5;
/** States from which nothing follows. */
export const CELL_END = 6;
export const RECORD_END = 7;

export const STATE_MASK = 7;
/** Set where the byte belongs to the value. */
export const KEEP = 8;

export class RecordStates {
  /** Kind of each byte. */
  readonly kinds = new Uint8Array(256);
  /** Next state and KEEP, for each state and kind. */
  readonly table = new Uint8Array(6 * KINDS);

  constructor(dialect: DialectSpec) {
    this.kinds[0x0a] = NEWLINE;
    this.kinds[0x0d] = NEWLINE;
    if (dialect.skipInitialSpace) this.kinds[0x20] = BLANK;
    if (dialect.quoteChar !== null) this.kinds[dialect.quoteChar.charCodeAt(0)] = QUOTE;
    if (dialect.escapeChar !== null) this.kinds[dialect.escapeChar.charCodeAt(0)] = ESCAPE;
    this.kinds[dialect.delimiter.charCodeAt(0)] = DELIMITER;

    //                         TEXT               QUOTE              BLANK              ESCAPE             DELIMITER          NEWLINE
    this.state(CELL_START, [UNQUOTED | KEEP, QUOTED, CELL_START, ESCAPED, CELL_END, RECORD_END]);
    this.state(UNQUOTED, [UNQUOTED | KEEP, UNQUOTED | KEEP, UNQUOTED | KEEP, ESCAPED, CELL_END, RECORD_END]);
    this.state(QUOTED, [
      QUOTED | KEEP,
      dialect.doubleQuote ? QUOTE_IN_QUOTED : UNQUOTED,
      QUOTED | KEEP,
      ESCAPED_IN_QUOTED,
      QUOTED | KEEP,
      QUOTED | KEEP,
    ]);
    this.state(QUOTE_IN_QUOTED, [
      UNQUOTED | KEEP,
      QUOTED | KEEP,
      UNQUOTED | KEEP,
      ESCAPED,
      CELL_END,
      RECORD_END,
    ]);
    this.state(ESCAPED, Array(KINDS).fill(UNQUOTED | KEEP));
    this.state(ESCAPED_IN_QUOTED, Array(KINDS).fill(QUOTED | KEEP));
  }

  /** Next state, with KEEP where the byte belongs to the value. */
  next(state: number, byte: number): number {
    return this.table[state * KINDS + this.kinds[byte]];
  }

  private state(state: number, row: readonly number[]): void {
    this.table.set(row, state * KINDS);
  }
}

/** True for the states in which the end of the file leaves a quote open. */
export function isInsideQuotes(state: number): boolean {
  return state === QUOTED || state === ESCAPED_IN_QUOTED;
}
