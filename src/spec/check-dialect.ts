import { columnNameProblem } from './column-names';
import {
  DEFAULT_DIALECT,
  DETECTED_PROPERTIES,
  type DetectedProperty,
  type DialectSpec,
  ENCODINGS,
} from './dialect-spec';
import { SpecError, type SpecProblem } from './spec-error';
import { SpecReader } from './spec-reader';

/** Checks a dialect; what it leaves out is that of DEFAULT_DIALECT. Throws SpecError with all problems. */
export function checkDialect(json: unknown): DialectSpec {
  const problems: SpecProblem[] = [];
  const dialect = readDialect(new SpecReader(json, '', problems));
  if (problems.length > 0) throw new SpecError('dialect', problems);
  return dialect;
}

/** Reads a dialect; problems are collected by the reader. */
export function readDialect(reader: SpecReader): DialectSpec {
  reader.only([...Object.keys(DEFAULT_DIALECT), ...OPTIONAL]);
  const flag = (name: 'header' | 'skipInitialSpace') => reader.optionalFlag(name) ?? DEFAULT_DIALECT[name];
  const escapeChar = readCharacter(reader, 'escapeChar');
  const doubleQuote = reader.optionalFlag('doubleQuote') ?? escapeChar === null;
  if (doubleQuote && escapeChar !== null) {
    reader.report('doubleQuote', 'false, since escapeChar is set and only one of both can write a quote');
  }
  const dialect: DialectSpec = {
    delimiter: readCharacter(reader, 'delimiter') ?? DEFAULT_DIALECT.delimiter,
    quoteChar: readCharacter(reader, 'quoteChar'),
    doubleQuote,
    escapeChar,
    header: flag('header'),
    commentChar: readCharacter(reader, 'commentChar'),
    skipInitialSpace: flag('skipInitialSpace'),
    ...readLayout(reader),
    ...(reader.has('encoding') && { encoding: reader.choice('encoding', ENCODINGS) }),
    ...(reader.has('nullSequence') && { nullSequence: reader.filledText('nullSequence') }),
    ...(reader.has('detect') && { detect: readDetect(reader) }),
  };
  if (reader.value('delimiter') === null) reader.report('delimiter', EXPECTED);
  checkDistinct(reader, dialect);
  checkHeader(reader, dialect);
  return dialect;
}

/** Properties that a dialect may leave out for good. */
const OPTIONAL: ReadonlyArray<keyof DialectSpec> = [
  'encoding',
  'skipLines',
  'headerRows',
  'headerJoin',
  'columnNames',
  'nullSequence',
  'detect',
];

/** Lines and records in front of the data: more than any file has, and few enough to be read in no time. */
const MOST_LEADING = 1000;

/** What stands before the data. */
function readLayout(reader: SpecReader): Partial<DialectSpec> {
  return {
    ...(reader.has('skipLines') && { skipLines: reader.integer('skipLines', 0, MOST_LEADING) }),
    ...(reader.has('headerRows') && { headerRows: readHeaderRows(reader) }),
    ...(reader.has('headerJoin') && { headerJoin: reader.text('headerJoin') }),
    ...(reader.has('columnNames') && { columnNames: readColumnNames(reader) }),
  };
}

function readHeaderRows(reader: SpecReader): number[] {
  const rows = reader.value('headerRows');
  const isRow = (row: unknown, index: number, all: unknown[]) =>
    Number.isInteger(row) && Number(row) <= MOST_LEADING && Number(row) > Number(all[index - 1] ?? 0);
  if (Array.isArray(rows) && rows.length > 0 && rows.every(isRow)) return rows as number[];
  reader.report('headerRows', `a list of numbers of records from 1 to ${MOST_LEADING}, in ascending order`);
  return [1];
}

function readColumnNames(reader: SpecReader): string[] {
  const names = reader.columns('columnNames');
  names.forEach((name, index) => {
    const problem = columnNameProblem(name);
    if (problem !== undefined) reader.report(`columnNames[${index}]`, problem, name);
  });
  return names;
}

function readDetect(reader: SpecReader): DetectedProperty[] {
  const properties = reader.texts('detect');
  const known: readonly string[] = DETECTED_PROPERTIES;
  const unknown = properties.find((property) => !known.includes(property));
  if (unknown !== undefined) reader.report('detect', `some of ${known.join(', ')}`, unknown);
  return properties as DetectedProperty[];
}

/** What is said of a header and of its absence cannot both hold. */
function checkHeader(
  reader: SpecReader,
  { header, detect = [], columnNames, headerRows, headerJoin }: DialectSpec,
): void {
  const mayHaveNone = !header || detect.includes('header');
  if (columnNames && !mayHaveNone) {
    reader.report(
      'columnNames',
      'nothing, since the file has a header (header: false says that it has none)',
    );
  }
  for (const [name, value] of Object.entries({ headerRows, headerJoin })) {
    if (value !== undefined && mayHaveNone) {
      reader.report(name, 'nothing, since the file has no header, or none that is known to be there');
    }
  }
}

const CHARACTERS = ['delimiter', 'quoteChar', 'escapeChar', 'commentChar'] as const;
type CharacterName = (typeof CHARACTERS)[number];

const EXPECTED = 'one ASCII character that is no line end, letter or digit';

function readCharacter(reader: SpecReader, name: CharacterName): string | null {
  if (!reader.has(name)) return DEFAULT_DIALECT[name];
  const value = reader.value(name);
  if (value === null) return null;
  if (typeof value === 'string' && isSyntax(value)) return value;
  reader.report(name, EXPECTED);
  return DEFAULT_DIALECT[name];
}

/** Control characters are taken, too: Hive writes \x01 between cells, and \x1f is ASCII's own unit separator. */
function isSyntax(text: string): boolean {
  const code = text.charCodeAt(0);
  return text.length === 1 && code > 0 && code < 0x7f && !/[\r\n0-9A-Za-z]/.test(text);
}

/** One character cannot mean two things. */
function checkDistinct(reader: SpecReader, dialect: DialectSpec): void {
  CHARACTERS.forEach((name, index) => {
    const other = CHARACTERS.slice(0, index).find(
      (one) => dialect[one] !== null && dialect[one] === dialect[name],
    );
    if (other !== undefined) reader.report(name, `another character than ${other}`, dialect[name]);
  });
}
