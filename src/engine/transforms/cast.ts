import {
  compileDateFormat,
  formatIsoDate,
  formatIsoDateTime,
  parseIsoDate,
  parseIsoDateTime,
  type DateTime,
} from '../../spec/dates';
import { formatDecimal, parseDecimal, plainNumber, round, compare, type Decimal } from '../../spec/decimal';
import type { CastSpec } from '../../spec/transforms/transform-spec';
import { booleanReader } from '../../spec/values/boolean';
import type { ApplyToBatch } from '../compile-operations';
import { CellProblem, rewriteTexts } from './rewrite-column';

type Cast = (text: string) => string | CellProblem;

/** For each type: how a text becomes the canonical text of the type. */
const CASTS: Readonly<Record<CastSpec['to'], (spec: CastSpec) => Cast>> = {
  string: () => (text) => text,
  integer: (spec) => numberCast(spec, 'an integer', wholeNumber),
  number: (spec) => numberCast(spec, 'a number', (value) => value),
  boolean: (spec) => {
    const read = booleanReader(spec);
    return (text) => {
      const value = read(text);
      return value === undefined ? notA('true or false', text) : String(value);
    };
  },
  date: (spec) => dateCast(spec, 'a date', parseIsoDate, formatIsoDate),
  datetime: (spec) => dateCast(spec, 'a datetime', parseIsoDateTime, formatIsoDateTime),
};

/** Rewrites the cells of a column in the canonical text of a type; a cell that does not fit rejects its row. */
export function compileCast(spec: CastSpec, header: readonly string[]): ApplyToBatch {
  return rewriteTexts(header, spec.column, CASTS[spec.to](spec));
}

function notA(what: string, text: string, format?: string): CellProblem {
  return new CellProblem(
    `${JSON.stringify(text)} is not ${what}${format === undefined ? '' : ` as ${format}`}`,
  );
}

/** 5.00 is the integer 5; 5.25 is none. */
function wholeNumber(value: Decimal): Decimal | undefined {
  const whole = round(value, 0);
  return compare(whole, value) === 0 ? whole : undefined;
}

function numberCast(spec: CastSpec, what: string, accept: (value: Decimal) => Decimal | undefined): Cast {
  return (text) => {
    const plain = plainNumber(text, spec);
    const value = plain === undefined ? undefined : parseDecimal(plain);
    const accepted = value && accept(value);
    return accepted ? formatDecimal(accepted) : notA(what, text);
  };
}

function dateCast(
  { inputFormat }: CastSpec,
  what: string,
  parseIso: (text: string) => DateTime | undefined,
  format: (value: DateTime) => string,
): Cast {
  const parse = inputFormat === undefined ? parseIso : compileDateFormat(inputFormat).parse;
  return (text) => {
    const value = parse(text);
    return value ? format(value) : notA(what, text, inputFormat);
  };
}
