import { DEFAULT_DIALECT, type DialectSpec } from './dialect-spec';
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
  reader.only(Object.keys(DEFAULT_DIALECT));
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
  };
  if (reader.value('delimiter') === null) reader.report('delimiter', EXPECTED);
  checkDistinct(reader, dialect);
  return dialect;
}

const CHARACTERS = ['delimiter', 'quoteChar', 'escapeChar', 'commentChar'] as const;
type CharacterName = (typeof CHARACTERS)[number];

const EXPECTED = 'one ASCII character that is no line end, letter or digit';

function readCharacter(reader: SpecReader, name: CharacterName): string | null {
  if (!reader.has(name)) return DEFAULT_DIALECT[name];
  const value = reader.value(name);
  if (value === null) return null;
  if (typeof value === 'string' && /^[\t -/:-@[-`{-~]$/.test(value)) return value;
  reader.report(name, EXPECTED);
  return DEFAULT_DIALECT[name];
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
