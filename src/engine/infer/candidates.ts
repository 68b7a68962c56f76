import { DATE_FORMATS, DATETIME_FORMATS, TIME_FORMATS } from './date-formats';
import type { FieldSpec } from '../../spec/table-schema';
import { valueReader } from '../../spec/values/value-reader';

/** What a field may turn out to be, without name and constraints. */
export type FieldShape = Omit<FieldSpec, 'name' | 'constraints'>;

/** One reading of a column: it holds while every value of the column fits. */
export interface Candidate {
  readonly shape: FieldShape;
  /** Labels that it takes: what could as well be a plain number needs a name that says otherwise. */
  readonly label?: RegExp;
  holds(text: string): boolean;
}

/**
 * Makes a candidate. `narrower` says which of the type's values count as evidence for it, since many a text that is no
 * number could be read as one: `007`, `inf`.
 */
function candidate(
  shape: Partial<FieldShape> & Pick<FieldShape, 'type'>,
  narrower?: RegExp,
  label?: RegExp,
): Candidate {
  const full: FieldShape = { format: 'default', ...shape };
  // Compiled when it is first asked for: most are out at the first value of a column.
  let read: ((text: string) => unknown) | undefined;
  return {
    shape: full,
    label,
    holds: (text) => {
      if (narrower && !narrower.test(text)) return false;
      read ??= valueReader({ ...full, name: '', constraints: {} }).read;
      return read(text) !== undefined;
    },
  };
}

/** Digits in groups of three by a character, or without groups. */
function grouped(char: string): string {
  return `(?:0|[1-9][0-9]{0,2}(?:${char}[0-9]{3})*)`;
}

function money(number: string): RegExp {
  return new RegExp(`^-?(?:\\p{Sc}|[A-Z]{3} )? ?-?${number} ?(?:\\p{Sc}|%| [A-Z]{3})?$`, 'u');
}

function words(...pairs: readonly (readonly [string, string])[]): Candidate[] {
  return pairs.map(([yes, no]) => {
    const forms = (word: string) => [
      ...new Set([word, word.toUpperCase(), word[0].toUpperCase() + word.slice(1)]),
    ];
    return candidate({ type: 'boolean', trueValues: forms(yes), falseValues: forms(no) });
  });
}

/** Every reading, the most specific first. Adding one is adding a row. */
export const CANDIDATES: readonly Candidate[] = [
  candidate({ type: 'string', format: 'uuid' }),
  candidate({ type: 'string', format: 'email' }),
  candidate({ type: 'boolean' }, /^(?:true|false)$/i),
  ...words(['yes', 'no'], ['y', 'n'], ['t', 'f'], ['on', 'off']),
  candidate({ type: 'year' }, /^(?:1[5-9]|2[01])[0-9]{2}$/, /year|jahr|ann[ée]e|año/i),
  candidate({ type: 'date', format: '%Y%m%d' }, /^(?:19|20)[0-9]{6}$/, /date|datum|day|tag|fecha/i),
  candidate({ type: 'integer' }, /^(?:0|-?[1-9][0-9]*)$/),
  candidate({ type: 'number' }, /^-?(?:0|[1-9][0-9]*)?(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/),
  candidate({ type: 'integer', groupChar: ',' }, new RegExp(`^-?${grouped(',')}$`)),
  candidate({ type: 'number', groupChar: ',' }, new RegExp(`^-?${grouped(',')}(?:\\.[0-9]+)?$`)),
  candidate({ type: 'number', decimalChar: ',' }, /^-?(?:0|[1-9][0-9]*)(?:,[0-9]+)?$/),
  candidate(
    { type: 'number', decimalChar: ',', groupChar: '.' },
    new RegExp(`^-?${grouped('\\.')}(?:,[0-9]+)?$`),
  ),
  candidate(
    { type: 'number', decimalChar: ',', groupChar: ' ' },
    new RegExp(`^-?${grouped(' ')}(?:,[0-9]+)?$`),
  ),
  candidate({ type: 'number', groupChar: "'" }, new RegExp(`^-?${grouped("'")}(?:\\.[0-9]+)?$`)),
  candidate({ type: 'number', groupChar: ',', bareNumber: false }, money(`${grouped(',')}(?:\\.[0-9]+)?`)),
  candidate({ type: 'number', bareNumber: false }, money('(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?')),
  candidate(
    { type: 'number', decimalChar: ',', groupChar: '.', bareNumber: false },
    money(`${grouped('\\.')}(?:,[0-9]+)?`),
  ),
  ...DATE_FORMATS.map((format) => candidate({ type: 'date', format })),
  ...DATETIME_FORMATS.map((format) => candidate({ type: 'datetime', format })),
  ...TIME_FORMATS.map((format) => candidate({ type: 'time', format })),
  candidate({ type: 'yearmonth' }, /^(?:1[5-9]|2[01])[0-9]{2}-/),
  candidate({ type: 'duration' }, /^-?P/),
  candidate({ type: 'geojson' }, /^\{/),
  candidate({ type: 'object' }, /^\{/),
  candidate({ type: 'array' }, /^\[/),
  candidate({ type: 'geopoint' }, /^-?[0-9]+\.[0-9]+, ?-?[0-9]+\.[0-9]+$/),
  candidate({ type: 'string', format: 'uri' }, /^[A-Za-z][A-Za-z0-9+.-]+:/),
  candidate(
    { type: 'string', format: 'binary' },
    /^(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])[A-Za-z0-9+/]{16,}={0,2}$/,
  ),
];

/** What is left where no reading holds. */
export const TEXT: FieldShape = { type: 'string', format: 'default' };
