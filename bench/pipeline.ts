import { DEFAULT_DIALECT, DEFAULT_LIMITS, type FieldSpec, type PipelineSpec } from '../src/engine';

function field(
  name: string,
  type: FieldSpec['type'],
  constraints: FieldSpec['constraints'] = {},
  format = 'default',
): FieldSpec {
  return { name, type, format, constraints };
}

/** The pipeline that is measured: every row typed and checked, six transforms, a lookup and a constant. */
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
  transforms: [],
  enrichments: [],
  rejectPolicy: { type: 'quarantine-all' },
  limits: DEFAULT_LIMITS,
};
