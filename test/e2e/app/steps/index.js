'use strict';
// Steps as a user would write them: plain JavaScript, nothing of the library, only the step contract.
const { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');

const s3 = new S3Client({ forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL) });

/** Reads the source itself, and rejects the records that begin with `bad`. */
exports.validate = async (input) => {
  const [header, ...records] = await readLines(input.data);
  const rows = records.map((line, index) => ({ number: index + 2, line }));
  const bad = rows.filter((row) => row.line.startsWith('bad'));
  const good = rows.filter((row) => !bad.includes(row));
  return {
    data: await write(input, 'data.csv', [`_row,${header}`, ...good.map((row) => `${row.number},${row.line}`)]),
    ...(await rejects(input, bad.map((row) => `${row.number},,house-rule,begins with bad`))),
    counts: counts(rows.length, good.length, bad.length, 0),
  };
};

/** Adds a column, after whatever the source's metadata `behaviour` asks for. */
exports.transform = async (input) => {
  const behaviour = await behaviourOf(input.job);
  if (behaviour === 'hold') await released(input.job);
  if (behaviour === 'fail-twice' && (await attempts(input)) < 3) throw named('TransientError', 'not yet');
  if (behaviour === 'fail-always') throw named('TransientError', 'never');
  if (behaviour === 'talk-too-much') return { talk: 'x'.repeat(300 * 1024) };
  if (behaviour === 'break') throw named('OutOfPaper', 'the printer has no paper');
  if (behaviour === 'break-contract') return { rows: 'many' };
  const [header, ...rows] = await readLines(input.data);
  const kept = rows.filter((row) => !row.includes('skip'));
  const lost = behaviour === 'lose-a-row' ? 1 : 0;
  return {
    data: await write(input, 'data.csv', [`${header},by`, ...kept.slice(lost).map((row) => `${row},transform`)]),
    counts: counts(rows.length, kept.length - lost, 0, rows.length - kept.length),
  };
};

/** Adds a column, and rejects the rows that hold `unknown`. */
exports.enrich = async (input) => {
  const [header, ...rows] = await readLines(input.data);
  const bad = rows.filter((row) => row.includes('unknown'));
  const good = rows.filter((row) => !bad.includes(row));
  return {
    data: await write(input, 'data.csv', [`${header},by`, ...good.map((row) => `${row},enrich`)]),
    ...(await rejects(input, bad.map((row) => `${row.split(',')[0]},name,not-known,nobody knows it`))),
    counts: counts(rows.length, good.length, bad.length, 0),
  };
};

async function readLines(pointer) {
  const answer = await s3.send(
    new GetObjectCommand({ Bucket: pointer.bucket, Key: pointer.key, VersionId: pointer.versionId }),
  );
  return (await answer.Body.transformToString('utf8')).split('\n').filter((line) => line !== '');
}

async function write(input, name, lines) {
  const key = `${input.outputPrefix}${name}`;
  await s3.send(
    new PutObjectCommand({ Bucket: input.job.bucket, Key: key, Body: lines.map((line) => `${line}\n`).join('') }),
  );
  return { bucket: input.job.bucket, key };
}

async function rejects(input, lines) {
  if (lines.length === 0) return {};
  return { rejects: await write(input, 'rejects.csv', ['_row,_column,_code,_message', ...lines]) };
}

async function behaviourOf(job) {
  const head = await s3.send(
    new HeadObjectCommand({ Bucket: job.bucket, Key: job.key, VersionId: job.versionId }),
  );
  return head.Metadata.behaviour;
}

/** Waits until somebody puts `reference/release/<jobId>`. */
async function released(job) {
  while ((await keysUnder(job.bucket, `reference/release/${job.jobId}`)) === 0) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** How often this step has been tried, this time included: each try leaves an object. */
async function attempts(input) {
  const prefix = `${input.outputPrefix}attempts/`;
  const before = await keysUnder(input.job.bucket, prefix);
  await s3.send(new PutObjectCommand({ Bucket: input.job.bucket, Key: `${prefix}${before + 1}`, Body: 'tried' }));
  return before + 1;
}

async function keysUnder(bucket, prefix) {
  return (await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }))).KeyCount;
}

function counts(rowsRead, rowsWritten, rowsRejected, rowsFiltered) {
  return { rowsRead, rowsWritten, rowsRejected, rowsFiltered };
}

function named(name, message) {
  return Object.assign(new Error(message), { name });
}
