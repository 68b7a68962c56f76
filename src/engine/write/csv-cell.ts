/** What stands in a cell that needs quotes (RFC 4180, section 2.6). */
export const NEEDS_QUOTES = /[",\r\n]/;

/** A cell in quotes. */
export function quotedCell(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** A cell as it is written: in quotes only where it needs them. */
export function csvCell(text: string): string {
  return NEEDS_QUOTES.test(text) ? quotedCell(text) : text;
}
