import * as fc from 'fast-check';
import { DEFAULT_DIALECT, readCsv } from '../../../src/engine';
import { SplitSearch } from '../../../src/engine/kernel/split-search';
import {
  CELL_START,
  isInsideQuotes,
  QUOTED,
  RECORD_END,
  RecordStates,
  STATE_MASK,
  UNQUOTED,
} from '../../../src/engine/read/record-states';
import { bytes } from '../in-memory';

const [QUOTE, COMMA, LF, CR] = Buffer.from('",\n\r');
const search = SplitSearch.of(DEFAULT_DIALECT)!;
const text = fc.string({
  unit: fc.constantFrom('a', 'a', 'a', '"', '"', ',', '\n', '\r', '\r\n'),
  maxLength: 300,
});

/** The same by the table of states, byte by byte. */
function byTable(piece: Buffer, start: number, afterReturn: boolean) {
  const states = new RecordStates(DEFAULT_DIALECT);
  let state = start;
  let records = 0;
  let boundary: number | undefined;
  let pending = afterReturn;
  piece.forEach((byte, at) => {
    const isSecondHalf = pending && byte === LF;
    pending = false;
    if (isSecondHalf) {
      if (boundary === at && records > 0) boundary++;
      return;
    }
    // Behind the end of a cell begins the next one.
    state = states.next(state, byte) & STATE_MASK;
    if (state < 6) return;
    if (state === RECORD_END) {
      if (records++ === 0) boundary = at + 1;
      pending = byte === CR;
    }
    state = CELL_START;
  });
  return { records, boundary, endsInQuotes: isInsideQuotes(state) };
}

it('finds from both guesses what the table of states gives', () => {
  fc.assert(
    fc.property(text, fc.constantFrom(LF, CR, COMMA, 0x61), (csv, before) => {
      const piece = Buffer.from(csv);
      const isCellStart = before !== 0x61;
      expect(search.search(piece, before)).toEqual({
        outside: byTable(piece, isCellStart ? CELL_START : UNQUOTED, before === CR),
        inQuotes: byTable(piece, QUOTED, false),
      });
    }),
    { numRuns: 2000 },
  );
});

it('puts pieces together to the records of the file, wherever it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 90 }), async (csv, size) => {
      const file = Buffer.from(`${csv}a"\n`);
      let [records, inQuotes] = [0, false];
      for (let from = 0, to = 0; from < file.length; from = to) {
        to = Math.min(file.length, from + size);
        while (to < file.length && file[to - 1] === QUOTE) to++;
        const guesses = search.search(file.subarray(from, to), from === 0 ? LF : file[from - 1]);
        const right = inQuotes ? guesses.inQuotes : guesses.outside;
        records += right.records;
        inQuotes = right.endsInQuotes;
      }
      let found = 0;
      try {
        for await (const _ of readCsv(bytes(file))) found++;
      } catch {
        expect(inQuotes).toBe(true);
        return;
      }
      expect(inQuotes).toBe(false);
      // The last newline may be missing: text inside quotes ends the file.
      expect(records).toBe(found);
    }),
    { numRuns: 500 },
  );
});

it.each([
  ['without quotes', { quoteChar: null }],
  ['with an escape character', { escapeChar: '\\', doubleQuote: false }],
  ['with comments', { commentChar: '#' }],
  ['with blanks that are skipped', { skipInitialSpace: true }],
])('is not there for a dialect %s', (_, parts) => {
  expect(SplitSearch.of({ ...DEFAULT_DIALECT, ...parts })).toBeUndefined();
});

it('takes pieces of any size', () => {
  const own = SplitSearch.of(DEFAULT_DIALECT)!;
  for (const rows of [0, 1, 100, 100_000, 10]) {
    const piece = Buffer.from('1,"a\n1,b"\n'.repeat(rows));
    expect(own.search(piece, LF).outside.records).toBe(rows);
  }
});

it('looks at a piece where it was read to, and leaves the bytes behind it alone', () => {
  const csv = Buffer.from('a,"b\nc"\nd,e\n"f');
  const room = search.room(csv.length);
  csv.copy(room);
  const end = csv.length - 2;
  expect(search.search(room.subarray(0, end), LF)).toEqual(search.search(csv.subarray(0, end), LF));
  expect(search.room(csv.length).equals(csv)).toBe(true);
});
