// From docs/engine-api.md; made by "npm run docs".
import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { validateCsv } from 'serverless-csv-etl/engine';

export async function checkOrders() {
  const schema = JSON.parse(readFileSync('orders.schema.json', 'utf8'));
  const { counts } = await validateCsv(createReadStream('orders.csv'), schema, {
    output: createWriteStream('valid.csv'),
    rejects: createWriteStream('rejects.csv'),
    onReject: ({ row, errors }) => console.log(`record ${row}: ${errors[0].code} in ${errors[0].column}`),
  });
  console.log(`${counts.rowsRejected} of ${counts.rowsRead} rows rejected`);
}
