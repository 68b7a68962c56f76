// From docs/engine-api.md; made by "npm run docs".
import { createReadStream, createWriteStream } from 'node:fs';
import { definePipeline, runCsv } from 'serverless-csv-etl/engine';

const pipeline = definePipeline({
  schema: {
    fields: [
      { name: 'id', type: 'integer', constraints: { unique: true } },
      { name: 'product', type: 'string' },
      { name: 'quantity', type: 'integer', constraints: { minimum: 1 } },
      { name: 'unit_price', type: 'number' },
    ],
  },
  transforms: [
    { type: 'trim', columns: ['product'] },
    { type: 'derive', column: 'total', expression: 'quantity * unit_price', scale: 2 },
  ],
  enrichments: [
    {
      type: 'lookup',
      source: { type: 'asset', key: 'products.csv' },
      on: [{ column: 'product', lookupColumn: 'name' }],
      columns: [{ lookupColumn: 'group', column: 'product_group' }],
      whenMissing: { type: 'reject' },
    },
  ],
});

export async function run() {
  const { counts } = await runCsv(createReadStream('orders.csv'), pipeline, {
    output: createWriteStream('orders.clean.csv'),
    rejects: createWriteStream('orders.rejects.csv'),
    openLookup: (key) => createReadStream(key),
  });
  return counts;
}
