import type { DialectSpec } from '../../spec/dialect-spec';

/**
 * The first line of a file that tells spreadsheets its delimiter: `sep=;`, also in quotes. It is no record. Letters, digits,
 * blanks and quotes are no delimiters there: `sep=x` is a label like any other.
 */
const SEPARATOR_LINE = /^("?)sep=([\x01-\x09\x0b\x0c\x0e-\x1f!#-&(-/:-@[-`{-~])\1(?:[\r\n]|$)/i;
const MOST_BYTES = 16;

/** The delimiter that the first line of a text names; undefined where it names none that the dialect can have. */
export function namedDelimiter(
  text: Buffer,
  { quoteChar, escapeChar, commentChar }: DialectSpec,
): string | undefined {
  const line = SEPARATOR_LINE.exec(text.toString('latin1', 0, MOST_BYTES));
  if (!line) return undefined;
  const [, , delimiter] = line;
  return [quoteChar, escapeChar, commentChar].includes(delimiter) ? undefined : delimiter;
}
