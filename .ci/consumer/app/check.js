// Holds the summary of the two files against what a person counts in them.
const assert = require('node:assert');
const { readFileSync } = require('node:fs');

const [, , file, status] = process.argv;
const { jobs } = JSON.parse(readFileSync(file, 'utf8'));
const counts = (name) => {
  const { status: final, rowsRead, rowsWritten, rowsRejected, rowsFiltered } = jobs.find((job) =>
    job.fileName.endsWith(name),
  );
  return { final, rowsRead, rowsWritten, rowsRejected, rowsFiltered };
};
assert.strictEqual(status, '0');
assert.strictEqual(jobs.length, 2);
assert.deepStrictEqual(counts('/good.csv'), {
  final: 'SUCCEEDED',
  rowsRead: 3,
  rowsWritten: 3,
  rowsRejected: 0,
  rowsFiltered: 0,
});
assert.deepStrictEqual(counts('/bad.csv'), {
  final: 'SUCCEEDED',
  rowsRead: 5,
  rowsWritten: 2,
  rowsRejected: 3,
  rowsFiltered: 0,
});
const published = readFileSync(`etl-local/${jobs.find((job) => job.fileName.endsWith('/good.csv')).outputs[0]}`, 'utf8');
assert.strictEqual(published, 'order_id,product,unit_price\n1,APPLE,0.30\n2,"PEAR, GREEN",0.45\n3,PLUM,1.10\n');
console.log('consumer app: counts and the replaced step are right');
