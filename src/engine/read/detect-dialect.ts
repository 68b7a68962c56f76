import { readCsvStart } from './read-csv';
import type { DialectSpec } from '../../spec/dialect-spec';
import type { FieldSpec } from '../../spec/table-schema';
import { valueReader } from '../../spec/values/value-reader';
import type { ValueReader } from '../../spec/values/value-type';

/** Delimiters that are tried, the likelier ones first. */
const DELIMITERS = [',', ';', '\t', '|'];
const QUOTES = ['"', "'"];

/** Records that are looked at. */
const SAMPLE_RECORDS = 200;

/** The beginning of a file. */
export interface TextSample {
  readonly text: Buffer;
  /** The file has no more than that. */
  readonly whole: boolean;
}

/**
 * Finds out delimiter, quote and header of a file, as far as its dialect asks for it; the encoding was found out before.
 * `names` are those of the schema's fields. The same bytes always give the same dialect, so that whoever reads the file
 * again reads the same cells.
 */
export async function detectDialect(
  sample: TextSample,
  { detect, ...dialect }: DialectSpec & Required<Pick<DialectSpec, 'detect'>>,
  names: readonly string[] | undefined,
): Promise<DialectSpec> {
  // A character that means something else is none of those that are looked for.
  const isFree = (character: string) => ![dialect.escapeChar, dialect.commentChar].includes(character);
  const findsQuote = detect.includes('quoteChar');
  const quotes = QUOTES.filter(isFree);
  const delimiters = detect.includes('delimiter')
    ? DELIMITERS.filter((one) => isFree(one) && (findsQuote || one !== dialect.quoteChar))
    : [dialect.delimiter];
  let best = { dialect, records: [] as readonly string[][], score: -1 };
  for (const delimiter of delimiters) {
    const quoteChar = findsQuote ? likelyQuote(sample, delimiter, quotes) : dialect.quoteChar;
    const candidate = { ...dialect, delimiter, quoteChar };
    const records = await readCsvStart(sample, candidate, SAMPLE_RECORDS);
    const score = evenness(records);
    if (score > best.score) best = { dialect: candidate, records, score };
  }
  const header = detect.includes('header') ? hasHeader(best.records, names) : dialect.header;
  return { ...best.dialect, header };
}

/** The quote that more cells stand in as a whole, the first one where none does; null where none can be one. */
function likelyQuote({ text }: TextSample, delimiter: string, quotes: readonly string[]): string | null {
  const latin = text.toString('latin1');
  const counts = quotes.map((quote) => countQuoted(latin, delimiter, quote));
  return quotes[counts.indexOf(Math.max(...counts))] ?? null;
}

function countQuoted(text: string, delimiter: string, quote: string): number {
  const ends = `${delimiter}\r\n`;
  let count = 0;
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    if (at > 0 && !ends.includes(text[at - 1])) continue;
    const close = text.indexOf(quote, at + 1);
    if (close < 0) break;
    if (close + 1 === text.length || ends.includes(text[close + 1])) count++;
    at = close;
  }
  return count;
}

/**
 * How well a delimiter divides records: nothing where most have one cell; else more, the more records have the usual
 * number of cells, and the larger that is.
 */
function evenness(records: readonly string[][]): number {
  const counts = new Map<number, number>();
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [width, count] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), [1, 0]);
  return width < 2 ? 0 : (count / records.length) ** 2 * (1 + Math.log2(width));
}

/**
 * Whether the first record names the columns. It does where it has a name of the schema. Else its cells are compared with
 * those below: a text above numbers or dates speaks for a header, and one of these above its like against it. Where
 * nothing speaks, different texts in all cells are a header.
 */
function hasHeader([first, ...rest]: readonly string[][], names: readonly string[] | undefined): boolean {
  if (first === undefined || first.some((cell) => names?.includes(cell))) return true;
  if (new Set(first).size < first.length || first.some((cell) => cell.trim() === '')) return false;
  let against = 0;
  for (const [column, label] of first.entries()) {
    const below = kindOfAll(rest.map((cells) => cells[column] ?? ''));
    const kind = kindOf(label);
    if (below !== 'text' && kind === 'text') return true;
    if (below === kind && kind !== 'text') against++;
  }
  return against === 0;
}

type Kind = 'number' | 'time' | 'text';

/** What all cells of a column are that are not empty; text where there is none. */
function kindOfAll(cells: readonly string[]): Kind {
  const kinds = new Set(cells.filter((cell) => cell !== '').map(kindOf));
  return kinds.size === 1 ? [...kinds][0] : 'text';
}

/** How numbers and times are read; made when they are first asked for. */
let readers: { readonly number: ValueReader; readonly times: readonly ValueReader[] } | undefined;

function newReaders(): NonNullable<typeof readers> {
  const field = (type: FieldSpec['type'], format = 'default') =>
    valueReader({ name: '', type, format, constraints: {} });
  return {
    number: field('number'),
    times: [field('date', 'any'), field('datetime', 'any'), field('time', 'any'), field('date', '%d/%m/%Y')],
  };
}

function kindOf(cell: string): Kind {
  readers ??= newReaders();
  if (readers.number.read(cell.replace(',', '.')) !== undefined) return 'number';
  return readers.times.some((time) => time.read(cell) !== undefined) ? 'time' : 'text';
}
