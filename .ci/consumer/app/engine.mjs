// Uses the engine alone, as a module that has never heard of AWS.
import assert from 'node:assert';
import { createReadStream, readFileSync } from 'node:fs';
import { PipelineError, validateCsv } from 'serverless-csv-etl/engine';

const schema = JSON.parse(readFileSync('orders.schema.json', 'utf8'));
const rejects = [];
const { counts } = await validateCsv(createReadStream('bad.csv'), schema, {
  onReject: ({ row, errors }) => rejects.push([row, errors[0].column, errors[0].code]),
});
assert.deepStrictEqual(counts, { rowsRead: 5, rowsWritten: 2, rowsRejected: 3, rowsFiltered: 0 });
assert.deepStrictEqual(rejects, [
  [3, 'unit_price', 'type-error'],
  [4, 'product', 'constraint-error'],
  [5, 'order_id', 'primary-key-error'],
]);
await assert.rejects(validateCsv('', schema), (error) => error instanceof PipelineError && error.code === 'empty-file');
console.log('consumer app: the engine alone is right');
