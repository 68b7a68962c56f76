const NEEDS_QUOTES = /[",\r\n]/;

/** A cell as it is written: in quotes where it needs them. */
export function csvCell(cell: Buffer): Buffer {
  const text = cell.toString('latin1');
  return NEEDS_QUOTES.test(text) ? Buffer.from(`"${text.replaceAll('"', '""')}"`, 'latin1') : cell;
}
