import { KeyTable } from '../unique/key-table';

/** Texts that people and programs write for "no value". They count as such only in columns that are no plain text. */
export const MISSING_TEXTS: readonly string[] = [
  ...[
    'NA',
    'N/A',
    'n/a',
    'na',
    '#N/A',
    'NULL',
    'Null',
    'null',
    'None',
    'none',
    'nil',
    'NaN',
    'nan',
    'undefined',
  ],
  ...['-', '--', '.', '..', '?'],
];

const TABLE = KeyTable.of(MISSING_TEXTS);
const LONGEST = Math.max(...MISSING_TEXTS.map((text) => text.length));

/** The place of a cell in MISSING_TEXTS; -1 where it is none of them. */
export function missingText(data: Buffer, start: number, end: number): number {
  return end - start <= LONGEST ? TABLE.indexOf(data, start, end) : -1;
}
