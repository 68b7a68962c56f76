import { outputColumns } from '../../src/spec/output-columns';
import { checkPipelineSpec } from '../../src/spec/parse-pipeline-spec';
import { checkTableSchema } from '../../src/spec/schema/check-table-schema';
import type { SpecError } from '../../src/spec/spec-error';
import type { TransformSpec } from '../../src/spec/transforms/transform-spec';
import { pipeline } from '../engine/in-memory';

const schema = checkTableSchema({
  fields: [
    { name: 'id', type: 'integer' },
    { name: 'price', type: 'number', decimalChar: ',' },
    { name: 'day', type: 'date' },
    { name: 'flag', type: 'boolean' },
    { name: 'name' },
  ],
});

const checked = (output?: object) => checkPipelineSpec({ ...pipeline(), output });

const parquet = {
  type: 'parquet',
  compression: 'gzip',
  rowGroupBytes: 1048576,
  decimalPrecision: 18,
  decimalScale: 18,
};

describe('the output of a pipeline spec', () => {
  it.each([
    undefined,
    { type: 'csv', quoting: 'all', neutralizeFormulas: true },
    { type: 'json-lines' },
    parquet,
  ])('%j is read back as it was written', (output) => {
    expect(checked(output).output).toEqual(output);
  });

  it.each<[object, string[]]>([
    [{ type: 'avro' }, ['output.type: got "avro", expected "csv", "json-lines" or "parquet"']],
    [
      { type: 'csv', quoting: 'some', neutralizeFormulas: 1 },
      [
        'output.quoting: got "some", expected "minimal", "all" or "none"',
        'output.neutralizeFormulas: got 1, expected true or false',
      ],
    ],
    [{ type: 'json-lines', pretty: true }, ['output.pretty: got an unknown property, expected one of type']],
    [
      { ...parquet, compression: 'lz4', rowGroupBytes: 5, decimalPrecision: 39, decimalScale: 39 },
      [
        'output.decimalPrecision: got 39, expected a whole number from 1 to 38',
        'output.compression: got "lz4", expected "snappy", "gzip" or "none"',
        'output.rowGroupBytes: got 5, expected a whole number from 1048576 to 1073741824',
        'output.decimalScale: got 39, expected a whole number from 0 to 1',
      ],
    ],
    [{ ...parquet, decimalScale: 19 }, ['output.decimalScale: got 19, expected a whole number from 0 to 18']],
  ])('%j is refused', (output, expected) => {
    expect(problemsOf(output)).toEqual(expected);
  });
});

function problemsOf(output: object): string[] {
  try {
    checked(output);
    return [];
  } catch (error) {
    return (error as SpecError).problems.map(
      ({ place, got, expected }) => `${place}: got ${got}, expected ${expected}`,
    );
  }
}

describe('the type of a published column', () => {
  const typeAfter = (column: string, ...transforms: TransformSpec[]) => {
    const [{ field, scale }] = outputColumns({ schema, transforms, enrichments: [] }, [column]);
    return [
      field.type,
      ...(field.format === 'default' ? [] : [field.format]),
      ...(scale === undefined ? [] : [scale]),
    ];
  };
  const mask: TransformSpec = { type: 'mask', column: 'id', keepFirst: 0, keepLast: 0, character: '*' };
  const zone = (column: string, outputFormat?: string): TransformSpec => ({
    type: 'convert-time-zone',
    column,
    target: 'UTC',
    disambiguation: 'reject',
    ...(outputFormat !== undefined && { outputFormat }),
  });
  const format = (outputFormat: string): TransformSpec => ({
    type: 'format-date',
    column: 'day',
    inputFormat: '%Y-%m-%d',
    outputFormat,
  });
  const derive = (column: string, expression: string, scale?: number): TransformSpec => ({
    type: 'derive',
    column,
    expression,
    ...(scale !== undefined && { scale }),
  });
  const fill = (column: string, value: string): TransformSpec => ({ type: 'fill-missing', column, value });

  it.each<[string, TransformSpec[], unknown[]]>([
    ['id', [], ['integer']],
    ['name', [], ['string']],
    ['of a step of mine', [], ['string']],
    [
      'id',
      [
        { type: 'trim', columns: ['id'] },
        { type: 'filter', expression: 'id > 1' },
      ],
      ['integer'],
    ],
    ['id', [{ type: 'de-duplicate', keep: 'first' }], ['integer']],
    ['key', [{ type: 'rename', column: 'id', to: 'key' }], ['integer']],
    ['id', [{ type: 'rename', column: 'id', to: 'key' }], ['string']],
    ['key', [{ type: 'rename', column: 'mine', to: 'key' }], ['string']],
    ['id', [{ type: 'keep', columns: ['name', 'id'] }], ['integer']],
    ['price', [{ type: 'keep', columns: ['name', 'id'] }], ['string']],
    ['id', [{ type: 'drop', columns: ['id'] }], ['string']],
    ['id', [fill('id', '0')], ['integer']],
    ['id', [fill('id', 'none')], ['string']],
    ['mine', [fill('mine', '0')], ['string']],
    ['price', [{ type: 'cast', column: 'price', to: 'string' }], ['string']],
    ['name', [{ type: 'cast', column: 'name', to: 'boolean', trueValues: ['Y'] }], ['boolean']],
    ['day', [format('%d.%m.%Y')], ['date', '%d.%m.%Y']],
    ['day', [format('%Y-%j')], ['date', '%Y-%j']],
    ['day', [format('%d.%m.%Y %H:%M')], ['datetime', '%d.%m.%Y %H:%M']],
    ['day', [format('%Y-%m-%d %I %p')], ['datetime', '%Y-%m-%d %I %p']],
    ['day', [format('%Y-%m')], ['string']],
    ['day', [format('%d %B')], ['string']],
    ['name', [zone('name')], ['datetime']],
    ['name', [zone('name', '%Y-%m-%d')], ['date', '%Y-%m-%d']],
    ['name', [{ type: 'round', column: 'name', scale: 2, rounding: 'up' }], ['number', 2]],
    ['sum', [derive('sum', 'id / 3', 4)], ['number', 4]],
    ['sum', [derive('sum', 'id + 3')], ['number']],
    ['day', [derive('day', 'id > 3')], ['boolean']],
    ['day', [derive('day', 'upper(name)')], ['string']],
    ['day', [derive('day', 'id')], ['string']],
    ['id', [mask], ['string']],
    ['id', [{ type: 'concatenate', column: 'id', columns: ['id', 'name'], separator: '' }], ['string']],
    ['x', [{ type: 'split', column: 'name', separator: ' ', into: ['x'], extra: 'merge' }], ['string']],
  ])('%s after %j', (column, transforms, expected) => {
    expect(typeAfter(column, ...transforms)).toEqual(expected);
  });

  it('of enrichments is text, but for the row number of the lineage', () => {
    const columns = outputColumns(
      { transforms: [], enrichments: [{ type: 'constant', column: 'c', value: '1' }, { type: 'lineage' }] },
      ['c', '_source_row', '_job_id'],
    );
    expect(columns.map(({ field: { name, type } }) => [name, type])).toEqual([
      ['c', 'string'],
      ['_source_row', 'integer'],
      ['_job_id', 'string'],
    ]);
  });
});
