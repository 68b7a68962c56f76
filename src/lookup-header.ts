import * as fs from 'node:fs';

/** Bytes in which the header of a lookup file ends, else it is not looked at. */
const MOST_BYTES = 64 * 1024;

/** A cell of a line, in quotes or without, and what ends it. */
const CELL = /(?:"((?:[^"]|"")*)"|([^"\r\n,]*))(,|\r?\n|$)/y;

/**
 * The column names of a lookup file, read at synthesis so that a misspelt one fails there. Undefined where the first line
 * is not read as CSV with commas by this small reader: the job, which has the whole one, says what is wrong then.
 */
export function lookupHeader(path: string): string[] | undefined {
  const text = beginningOf(path).replace(/^\uFEFF/, '');
  const labels: string[] = [];
  let end = ',';
  for (let at = 0; end === ','; at = CELL.lastIndex) {
    CELL.lastIndex = at;
    const cell = CELL.exec(text);
    if (!cell) return undefined;
    labels.push(cell[1]?.replaceAll('""', '"') ?? cell[2]);
    end = cell[3];
  }
  // Without the end of a line, it may be the beginning of one that is longer.
  const sound = end !== '' && !labels.includes('') && !labels.some((label) => label.includes('\uFFFD'));
  return sound ? labels : undefined;
}

function beginningOf(path: string): string {
  const file = fs.openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(MOST_BYTES);
    return bytes.toString('utf8', 0, fs.readSync(file, bytes));
  } finally {
    fs.closeSync(file);
  }
}
