import { json, lines } from './template';

/** A CSV for those who have none at hand. Its third row is wrong, so that there is something to be seen. */
export const SAMPLE = {
  file: 'orders.csv',
  csv: lines(
    'id,product,quantity,unit_price',
    '1,apple,3,0.35',
    '2,"pear, green",12,0.40',
    '3,plum,none,0.20',
    '4,quince,1,1.95',
  ),
  schema: {
    fields: [
      { name: 'id', type: 'integer', constraints: { required: true, unique: true } },
      { name: 'product', type: 'string', constraints: { required: true } },
      { name: 'quantity', type: 'integer', constraints: { minimum: 1 } },
      { name: 'unit_price', type: 'number' },
    ],
  },
} as const;

export const SAMPLE_SCHEMA = json(SAMPLE.schema);
