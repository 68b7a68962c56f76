import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { expectConservation } from './conservation';
import { order, putCategories, records } from './orders';
import { Pipeline } from './pipeline';
import { startTarget, type Target } from './target';

const CATEGORIES = 'reference/categories.csv';

let target: Target;
let orders: Pipeline;

beforeAll(async () => {
  target = await startTarget('EtlE2eOrders-dev');
  orders = new Pipeline(target, 'Orders');
});
beforeEach(() => putCategories(orders));
afterAll(() => target?.stop());

async function categoryOf(key: string, product: string): Promise<string> {
  const job = await orders.run(key, order(1, product));
  expect(job).toMatchObject({ status: 'SUCCEEDED' });
  return records(await orders.text(job.outputs[0]))[0].category;
}

it('looks up in the file that lies in the bucket, and takes its default where there is no row', async () => {
  expect(await categoryOf('raw/known.csv', 'pen')).toBe('stationery');
  expect(await categoryOf('raw/unknown.csv', 'sofa')).toBe('other');
});

it('takes a changed lookup file from the next job on', async () => {
  await orders.put(CATEGORIES, 'product,category\npen,writing\n');
  expect(await categoryOf('raw/changed.csv', 'pen')).toBe('writing');
});

it.each([
  ['has a key twice', 'product,category\npen,a\npen,b\n', 'lookup-duplicate-key'],
  ['is no text', Buffer.from('product,category\npen,\xff\n', 'latin1'), 'lookup-unreadable'],
  ['lacks a column', 'product\npen\n', 'lookup-unreadable'],
])('fails the job when the lookup file %s', async (what, lookup, errorCode) => {
  await orders.put(CATEGORIES, lookup);
  const job = await orders.run(`raw/${what}.csv`, order(1));
  expect(job).toMatchObject({ status: 'FAILED', step: 'enrich', errorCode, outputs: [] });
});

it('fails the job when the lookup file is not there', async () => {
  await target.s3.send(new DeleteObjectCommand({ Bucket: orders.bucket, Key: CATEGORIES }));
  const job = await orders.run('raw/nowhere.csv', order(1));
  expect(job).toMatchObject({
    status: 'FAILED',
    step: 'enrich',
    errorCode: 'lookup-unreadable',
    outputs: [],
  });
});

it('conserves the rows of every job', () => expectConservation(orders));
