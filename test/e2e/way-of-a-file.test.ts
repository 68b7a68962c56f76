import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { expectConservation } from './conservation';
import { statesOf } from './executions';
import { lines, MIXED_ORDERS, order, putCategories, records } from './orders';
import { Pipeline } from './pipeline';
import { startTarget, type Target } from './target';

let target: Target;
let orders: Pipeline;
let bare: Pipeline;

beforeAll(async () => {
  target = await startTarget('EtlE2eOrders-dev');
  orders = new Pipeline(target, 'Orders');
  bare = new Pipeline(target, 'Bare');
  await putCategories(orders);
});
afterAll(() => target?.stop());

describe('a file with every kind of row', () => {
  const key = 'raw/shop/berlin/mixed.csv';

  it('publishes the good rows, cleaned, derived and enriched, at the same path under processed/', async () => {
    const job = await orders.run(key, MIXED_ORDERS);
    expect(job).toMatchObject({ status: 'SUCCEEDED', outputs: ['processed/shop/berlin/mixed.csv'] });
    const [output] = job.outputs;
    const origin = (row: number) => [key, job.versionId, String(row), job.jobId, job.specSha256];
    expect(lines(await orders.text(output))).toEqual([
      [
        ...[
          'id',
          'product',
          'quantity',
          'unit_price',
          'ordered_on',
          'country',
          'total',
          'country_name',
          'category',
        ],
        ...['_source_key', '_source_version', '_source_row', '_job_id', '_spec_sha256'],
      ],
      ['1', 'pen', '2', '1.25', '2026-01-05', 'DE', '2.50', 'Germany', 'stationery', ...origin(2)],
      ['6', 'desk', '3', '0.335', '2026-01-10', 'JP', '1.00', '日本', 'other', ...origin(8)],
    ]);
  });

  it('says which source version and job the output came from', async () => {
    const job = await orders.run(key, MIXED_ORDERS);
    const output = await orders.object(job.outputs[0]);
    expect(output?.metadata).toMatchObject({
      'source-version-id': job.versionId,
      'job-id': job.jobId,
    });
  });

  it('explains each rejected row in one line, with the cells as they were', async () => {
    const job = await orders.run(key, MIXED_ORDERS);
    expect(job.rejects).toBe(`failed/shop/berlin/mixed.${job.jobId}.rejects.csv`);
    const [header, ...rows] = lines(await orders.text(job.rejects!));
    expect(header.slice(6)).toEqual(['_row', '_column', '_code', '_message']);
    expect(rows.map((row) => [...row.slice(0, 9), ...row.slice(10)])).toEqual([
      ['2', 'book', 'x', '10', '06/01/2026', 'FR', '3', 'quantity', 'type-error'],
      ['4', 'lamp', '0', '3', '07/01/2026', 'DE', '5', 'quantity', 'constraint-error'],
      ['1', 'cup', '1', '1', '08/01/2026', 'DE', '6', 'id', 'unique-error'],
      ['5', 'chair', '1', '99.999', '09/01/2026', 'XX', '7', 'country', 'lookup-error'],
      ['7', 'mug', '1', '', '', '', '9', 'unit_price', 'missing-cell'],
      ['8', 'mug', '1', '2', '11/01/2026', 'DE', '10', '', 'extra-cell', 'surplus'],
      ['', '', '', '', '', '', '11', '', 'blank-row'],
    ]);
    expect(rows.every((row) => row[9] !== '')).toBe(true);
  });

  it('leaves an item that says all of it', async () => {
    const job = await orders.run(key, MIXED_ORDERS);
    expect(job).toMatchObject({
      fileName: key,
      bucket: orders.bucket,
      sizeBytes: Buffer.byteLength(MIXED_ORDERS),
      rowsRead: 10,
      rowsWritten: 2,
      rowsRejected: 7,
      rowsFiltered: 1,
      countsComplete: true,
      attempt: 0,
    });
    expect(job.jobId).toMatch(/^[0-9a-f]{32}$/);
    expect(job.executionArn).toContain(job.jobId);
    expect(job.specSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.keys(job.durationsMs)).toEqual(expect.arrayContaining(['validate', 'transform', 'enrich']));
    for (const time of [job.timestamp, job.createdAt, job.finishedAt]) {
      expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
    expect(job.expiresAt).toBeGreaterThan(Date.parse(job.createdAt) / 1000);
  });

  it('passes Validate, Transform, Enrich and Finish, in that order', async () => {
    const job = await orders.run(key, MIXED_ORDERS);
    const states = await statesOf(orders, job);
    expect(states.filter((state) => ['Validate', 'Transform', 'Enrich', 'Finish'].includes(state))).toEqual([
      'Validate',
      'Transform',
      'Enrich',
      'Finish',
    ]);
    expect(states.at(-1)).toBe('Succeeded');
  });
});

describe('ways into the bucket', () => {
  it('takes a copied object', async () => {
    await orders.put('reference/copied.csv', order(1));
    const copy = await target.s3.send(
      new CopyObjectCommand({
        Bucket: orders.bucket,
        Key: 'raw/copied.csv',
        CopySource: `${orders.bucket}/reference/copied.csv`,
      }),
    );
    expect(await orders.finished('raw/copied.csv', copy.VersionId!)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('takes an object uploaded in parts', async () => {
    const place = { Bucket: bare.bucket, Key: 'raw/parts.csv' };
    const upload = await target.s3.send(new CreateMultipartUploadCommand(place));
    const bodies = [`id,text\n${'1,some text that fills the part\n'.repeat(200_000)}`, '2,the end\n'];
    const parts = [];
    for (const [index, body] of bodies.entries()) {
      const part = { ...place, UploadId: upload.UploadId, PartNumber: index + 1 };
      const { ETag } = await target.s3.send(new UploadPartCommand({ ...part, Body: body }));
      parts.push({ ETag, PartNumber: part.PartNumber });
    }
    const done = await target.s3.send(
      new CompleteMultipartUploadCommand({
        ...place,
        UploadId: upload.UploadId,
        MultipartUpload: { Parts: parts },
      }),
    );
    const job = await bare.finished(place.Key, done.VersionId!);
    expect(job).toMatchObject({ status: 'SUCCEEDED', rowsRead: 200_001, rowsWritten: 200_001 });
  });

  it.each([
    'raw/with space.csv',
    'raw/a+b.csv',
    'raw/100%.csv',
    'raw/%20.csv',
    'raw/größe/数据.csv',
    'raw/copy (1).csv',
    "raw/it's & more=?.csv",
    'raw/.csv/dots.. .csv',
  ])('takes the key %p', async (key) => {
    const job = await bare.run(key, 'a\n1\n');
    expect(job).toMatchObject({
      status: 'SUCCEEDED',
      fileName: key,
      outputs: [key.replace('raw/', 'processed/')],
    });
    expect(await bare.text(job.outputs[0])).toBe('a\n1\n');
  });

  it('starts nothing for other places and other kinds of file', async () => {
    const others = ['elsewhere/a.csv', 'raw/notes.txt', 'raw.csv', 'reference/raw/a.csv'];
    for (const key of others) await bare.put(key, 'a\n1\n');
    // Events come in any order, but a job of a later file shows that deliveries go through.
    await bare.run('raw/after-the-others.csv', 'a\n1\n');
    const files = (await bare.scan()).map((job) => job.fileName);
    expect(files.filter((file) => others.includes(file))).toEqual([]);
  });
});

it('works with no props at all, and passes the rows on unchanged', async () => {
  const text = 'name,note\nAda,"said ""no"", twice"\nBob,\n"two\nlines",  kept  \n';
  const job = await bare.run('raw/plain.csv', text);
  expect(job).toMatchObject({ status: 'SUCCEEDED', rowsRead: 3, rowsWritten: 3, rejects: null });
  expect(await bare.text(job.outputs[0])).toBe(text);
});

it('replaces the output when a file is uploaded again, as a job of its own', async () => {
  const first = await orders.run('raw/again.csv', order(1));
  const second = await orders.run('raw/again.csv', order(2));
  expect(second.jobId).not.toBe(first.jobId);
  expect(records(await orders.text(second.outputs[0])).map((row) => row.id)).toEqual(['2']);
});

it('shows nothing under processed/ and failed/ but what jobs have committed', async () => {
  const jobs = [...(await orders.scan()), ...(await bare.scan())];
  const outputs = jobs.flatMap((job) => job.outputs);
  const published = [...(await orders.keys('processed/')), ...(await bare.keys('processed/'))];
  expect(published.filter((key) => !outputs.includes(key))).toEqual([]);
  const rejects = jobs.flatMap((job) => job.rejects ?? []);
  expect((await orders.keys('failed/')).filter((key) => !rejects.includes(key))).toEqual([]);
});

it('conserves the rows of every job', () => expectConservation(orders, bare));
