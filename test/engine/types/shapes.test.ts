import * as fc from 'fast-check';
import { FIELD_TYPES, type FieldSpec } from '../../../src/engine';
import { cellType } from '../../../src/engine/types/cell-type';
import { field } from '../in-memory';

const FIELDS: FieldSpec[] = [
  ...FIELD_TYPES.map((type) => field('x', { type })),
  ...['email', 'uuid', 'uri', 'binary'].map((format) => field('x', { format })),
  ...['%Y-%m-%d', '%d.%m.%Y', '%Y', '%H:%M:%S', 'any'].map((format) =>
    field('x', { type: 'datetime', format }),
  ),
  field('x', { type: 'number', decimalChar: ',' }),
  field('x', { type: 'number', groupChar: ',' }),
  field('x', { type: 'integer', groupChar: '.' }),
];

/** Text made of what the formats are made of, so that much of it is nearly right. */
const nearly = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'0123456789-+.:,TZ @aEf%/'), maxLength: 24 }),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString().replace(/\.\d+/, '')),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
  fc.double().map(String),
  fc.emailAddress(),
  fc.uuid(),
);

describe('shapes of cells', () => {
  it.each(FIELDS)('accept no cell that is no value: $type $format', (spec) => {
    const { shape, values, read } = cellType(spec);
    fc.assert(
      fc.property(nearly, (text) => {
        // Bytes around the cell that would make it longer, were they read.
        const data = Buffer.from(`1${text}1`);
        const value = values.read(text);
        if (shape(data, 1, data.length - 1)) expect(value).not.toBeUndefined();
        expect(read(data, 1, data.length - 1)).toEqual(value);
      }),
    );
  });
});
