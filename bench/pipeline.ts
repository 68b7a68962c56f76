import { DEFAULT_DIALECT, DEFAULT_LIMITS, type FieldSpec, type PipelineSpec } from '../src/engine';

function field(
  name: string,
  type: FieldSpec['type'],
  constraints: FieldSpec['constraints'] = {},
  format = 'default',
): FieldSpec {
  return { name, type, format, constraints };
}

/** The pipeline that is measured: every cell typed and checked, five transforms, a lookup on 10,000 keys, two constants. */
export const PIPELINE: PipelineSpec = {
  version: 1,
  dialect: DEFAULT_DIALECT,
  schema: {
    fields: [
      field('order_id', 'integer', { required: true }),
      field('customer_id', 'string', { required: true, minLength: 6, maxLength: 6 }),
      field('email', 'string', { required: true }, 'email'),
      field('product', 'string', { required: true, maxLength: 40 }),
      field('quantity', 'integer', { required: true, minimum: '1', maximum: '1000' }),
      field('unit_price', 'number', { required: true, minimum: '0' }),
      field('currency', 'string', { enum: ['EUR', 'USD', 'GBP', 'JPY'] }),
      field('ordered_at', 'datetime', { required: true }),
      field('paid', 'boolean'),
      field('note', 'string', { maxLength: 200 }),
    ],
    missingValues: [''],
    primaryKey: ['order_id'],
    fieldsMatch: 'exact',
  },
  transforms: [
    { type: 'trim', columns: ['product'] },
    { type: 'rename', column: 'note', to: 'comment' },
    {
      type: 'format-date',
      column: 'ordered_at',
      inputFormat: '%Y-%m-%dT%H:%M:%SZ',
      outputFormat: '%Y-%m-%d',
    },
    { type: 'derive', column: 'total', expression: 'quantity * unit_price', scale: 2 },
    { type: 'drop', columns: ['paid'] },
  ],
  enrichments: [
    {
      type: 'lookup',
      source: { type: 'asset', key: 'customers.csv' },
      on: [{ column: 'customer_id', lookupColumn: 'customer_id' }],
      columns: [
        { lookupColumn: 'name', column: 'customer_name' },
        { lookupColumn: 'tier', column: 'customer_tier' },
      ],
      whenMissing: { type: 'reject' },
    },
    { type: 'constant', column: 'channel', value: 'web' },
    { type: 'constant', column: 'version', value: 'v1' },
  ],
  rejectPolicy: { type: 'quarantine-all' },
  limits: DEFAULT_LIMITS,
};
