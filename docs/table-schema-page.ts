import { page, table } from './page';
import type { FieldType } from '../src/spec/table-schema';
import { VALUE_TYPES } from '../src/spec/values/value-reader';
import { GENERAL_CONSTRAINTS } from '../src/spec/values/value-type';

/** For each type: what a cell looks like, its formats beside `default`, and where the project differs from the specification. */
const TYPES: Readonly<Record<FieldType, readonly [cell: string, formats: string, difference: string]>> = {
  string: [
    'any text',
    '`email`, `uri`, `binary` (base64), `uuid`',
    '`email` is what browsers take; `uri` needs a scheme',
  ],
  number: [
    '`-1.5`, `1e3`, `NaN`, `INF`',
    '',
    '`decimalChar` and `groupChar` are one character; at most 1,024 digits',
  ],
  integer: ['`-7`, `007`', '', ''],
  boolean: ['`true`, `1`, `FALSE`, `0`, or the words of the field', '', ''],
  date: [
    '`2024-02-29`',
    '`any`, a strptime pattern',
    '`any` takes no text in which day and month could be taken for each other',
  ],
  time: ['`23:59:59`', '`any`, a strptime pattern', 'a fraction and an offset may follow'],
  datetime: [
    '`2024-02-29T23:59:59Z`',
    '`any`, a strptime pattern',
    'a fraction may stand; the offset may differ or be absent',
  ],
  year: ['`2024`, `-0044`', '', 'no time zone, which XML Schema allows'],
  yearmonth: ['`2024-02`', '', 'no time zone, which XML Schema allows'],
  duration: [
    '`P1Y2M3DT10H30M`, `-P120D`',
    '',
    'no weeks, which ISO 8601 has and XML Schema has not; bounds as in Table Schema v2',
  ],
  geopoint: [
    '`90.50, 45.50`: longitude first',
    '`array`, `object`',
    'longitudes up to 180 and latitudes up to 90 degrees',
  ],
  geojson: ['a geometry, a feature or a collection (RFC 7946)', '`topojson`', ''],
  object: ['`{"a": 1}`', '', 'at most 200 levels deep; numbers inside are compared as doubles'],
  array: ['`[1, "a"]`', '', 'at most 200 levels deep; numbers inside are compared as doubles'],
  list: [
    '`a,b`; `1;2` with `delimiter` and `itemType`',
    '',
    'of Table Schema v2; an empty text is the empty list',
  ],
  any: ['any text', '', ''],
};

/** What the project does otherwise, and why. */
const DIFFERENCES = [
  '- `pattern` is in [RE2 syntax](https://github.com/google/re2/wiki/Syntax), not in that of XML Schema: patterns meet hostile',
  '  files, and RE2 takes time linear in the cell.',
  '- `jsonSchema` (v2) is refused at synth: its patterns could not be held to that.',
  '- `categories` (v2) are refused at synth: `enum` says the same of a cell.',
  '- A bound or an `enum` value that a JSON number does not hold exactly is written as text.',
  '- A row that lacks a part of a unique or a foreign key is not held to it (as in SQL, MATCH SIMPLE). A primary key has to be',
  '  whole.',
  '- A foreign key compares values as its own fields read them: `01` refers to `1` where both are integers. A key to the file',
  '  itself makes it read twice. Error code: `foreign-key-error`.',
  '- A value keeps its source text; it is not rewritten in a canonical form.',
  '- `fieldsMatch` (v2) may be a text, as well as a list of one.',
];

/** The page on types and constraints, from the table that validation reads. */
export function tableSchema(): string {
  return page('Table Schema: types and constraints', 'src/spec/values/ and docs/table-schema-page.ts', [
    '[Table Schema v1](https://specs.frictionlessdata.io/table-schema/) as a whole, and of',
    '[v2](https://datapackage.org/standard/table-schema/) the type `list`, `uniqueKeys`, `fieldsMatch`, the missing values of a',
    'field and the exclusive bounds. Tests hold each type to cells from the text of the specification',
    '(`test/engine/types/`).',
    '',
    `Every type takes the constraints ${GENERAL_CONSTRAINTS.map((name) => `\`${name}\``).join(', ')}.`,
    '',
    ...table(
      ['Type', 'A cell', 'Further formats', 'Further constraints', 'Where it differs'],
      Object.entries(TYPES).map(([type, [cell, formats, difference]]) => [
        `\`${type}\``,
        cell,
        formats,
        constraintsOf(type as FieldType),
        difference,
      ]),
    ),
    '',
    '## Differences, and why',
    '',
    ...DIFFERENCES,
    '',
    '## Public case sets',
    '',
    ...table(
      ['Set', 'From', 'Cases', 'Pass'],
      [['csv-spectrum', '[npm](https://www.npmjs.com/package/csv-spectrum)', '12', '12']],
    ),
  ]);
}

function constraintsOf(type: FieldType): string {
  const further = VALUE_TYPES[type].constraints.filter((name) => !GENERAL_CONSTRAINTS.includes(name));
  const bounds = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'];
  const named = further.filter((name) => !bounds.includes(name)).map((name) => `\`${name}\``);
  return [...named, ...(further.some((name) => bounds.includes(name)) ? ['bounds'] : [])].join(', ');
}
