import { WIDE_COLUMNS } from './files/wide';
import { definePipeline, type PipelineSpec } from '../src/engine';

const required = { required: true };

/** What is done to the files, by name; made when it is asked for, so that none pays for another. */
export const PIPELINES: Readonly<Record<string, PipelineSpec>> = {
  /** Every cell typed and checked, five transforms, a lookup on 10,000 keys, two constants. */
  get orders() {
    return definePipeline({
      schema: {
        fields: [
          { name: 'order_id', type: 'integer', constraints: required },
          { name: 'customer_id', type: 'string', constraints: { ...required, minLength: 6, maxLength: 6 } },
          { name: 'email', type: 'string', format: 'email', constraints: required },
          { name: 'product', type: 'string', constraints: { ...required, maxLength: 40 } },
          { name: 'quantity', type: 'integer', constraints: { ...required, minimum: 1, maximum: 1000 } },
          { name: 'unit_price', type: 'number', constraints: { ...required, minimum: 0 } },
          { name: 'currency', type: 'string', constraints: { enum: ['EUR', 'USD', 'GBP', 'JPY'] } },
          { name: 'ordered_at', type: 'datetime', constraints: required },
          { name: 'paid', type: 'boolean' },
          { name: 'note', type: 'string', constraints: { maxLength: 200 } },
        ],
        primaryKey: 'order_id',
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
    });
  },
  get wide() {
    return definePipeline({
      schema: {
        fields: Array.from({ length: WIDE_COLUMNS }, (_, index) => ({ name: `c${index}`, type: 'integer' })),
      },
    });
  },
  get 'large-fields'() {
    return definePipeline({
      schema: {
        fields: [
          { name: 'id', type: 'integer' },
          { name: 'text', type: 'string' },
        ],
      },
    });
  },
  get patterns() {
    return definePipeline({
      schema: {
        fields: [
          { name: 'article', constraints: { pattern: '[A-Z]{2}-[0-9]{6}-[0-9]' } },
          { name: 'phone', constraints: { pattern: '(\\+[0-9]{1,3}|0)[0-9 ]{5,20}' } },
          { name: 'plate', constraints: { pattern: '[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} [0-9]{1,4}' } },
          { name: 'path', constraints: { pattern: '(/[^/?]+)+\\.(txt|csv)' } },
        ],
      },
    });
  },
  get keys() {
    return definePipeline({ schema: { fields: [{ name: 'key', constraints: { unique: true } }] } });
  },
};
