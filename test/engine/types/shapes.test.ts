import * as fc from 'fast-check';
import { FIELD_TYPES, type FieldSpec } from '../../../src/engine';
import { compileConstraints } from '../../../src/engine/constraints/constraint';
import { cellType } from '../../../src/engine/types/cell-type';
import { validShape } from '../../../src/engine/validate/valid-shape';
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

/** A byte beside a cell that would make it another one, were it read. */
const around = fc.constantFrom(...'1-.@:TZ');

describe('shapes of cells', () => {
  it.each(FIELDS)('accept no cell that is no value: $type $format', (spec) => {
    const { shape, values, read } = cellType(spec);
    fc.assert(
      fc.property(nearly, around, around, (text, before, behind) => {
        const data = Buffer.from(before + text + behind);
        const value = values.read(text);
        if (shape(data, 1, data.length - 1)) expect(value).not.toBeUndefined();
        expect(read(data, 1, data.length - 1)).toEqual(value);
      }),
    );
  });

  it.each([
    [field('x', { type: 'number' }), '', '-'],
    [field('x', { type: 'integer' }), '', '-'],
    [field('x', { type: 'number', constraints: { minimum: '0' } }), '', '-'],
    [field('x', { type: 'integer', constraints: { maximum: '5' } }), '', '-'],
    [field('x', { format: 'email' }), 'name', '@'],
    [field('x', { format: 'email' }), 'name@host', '.'],
    [field('x', { type: 'yearmonth' }), '2024-0', '1'],
  ])('do not look behind their cell: %j %j %j', (spec, text, behind) => {
    const { shape, read, values } = cellType(spec);
    const constraints = compileConstraints(spec, values);
    const data = Buffer.from(text + behind);
    const value = values.read(text);
    for (const accepts of [shape, validShape(spec, cellType(spec), constraints)]) {
      if (value === undefined) expect(accepts(data, 0, text.length)).toBe(false);
    }
    expect(read(data, 0, text.length)).toEqual(value);
  });
});
