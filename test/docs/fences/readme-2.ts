// From README.md; made by "npm run docs".
import { createReadStream, readFileSync } from 'node:fs';
import { validateCsv } from 'serverless-csv-etl/engine';

export async function check() {
  const schema = JSON.parse(readFileSync('orders.schema.json', 'utf8'));
  return validateCsv(createReadStream('orders.csv'), schema, { onReject: console.log });
}
