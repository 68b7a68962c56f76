import { expectConservation } from './conservation';
import { MIXED_ORDERS, putCategories } from './orders';
import { Pipeline } from './pipeline';
import { startTarget, type Target } from './target';

let target: Target;
let orders: Pipeline;

beforeAll(async () => {
  target = await startTarget('EtlE2eOrders-dev');
  orders = new Pipeline(target, 'Orders');
  await putCategories(orders);
});
afterAll(() => target?.stop());

describe('GET /status/{jobId}', () => {
  it('answers the item of the job, without what only conditions need', async () => {
    const job = await orders.run('raw/status.csv', MIXED_ORDERS);
    const answer = await orders.api('GET', `/status/${job.jobId}`);
    expect(answer.status).toBe(200);
    const { statusRank, ...item } = job;
    expect(answer.body).toEqual(item);
  });

  it('answers 404 for a job that does not exist', async () => {
    const answer = await orders.api('GET', `/status/${'0'.repeat(32)}`);
    expect(answer).toMatchObject({
      status: 404,
      contentType: expect.stringContaining('application/problem+json'),
    });
    expect(answer.body).toMatchObject({ status: 404, title: expect.any(String), detail: expect.any(String) });
  });

  it('answers 403 to a caller without a signature', async () => {
    const answer = await orders.api('GET', `/status/${'0'.repeat(32)}`, undefined, false);
    expect(answer).toMatchObject({
      status: 403,
      contentType: expect.stringContaining('application/problem+json'),
    });
    expect(answer.body).toMatchObject({ status: 403 });
  });
});

describe('POST /trigger', () => {
  it('answers 200 with the job that exists already', async () => {
    const job = await orders.run('raw/existing.csv', MIXED_ORDERS);
    const answer = await orders.api('POST', '/trigger', { key: job.fileName });
    expect(answer).toMatchObject({
      status: 200,
      body: { jobId: job.jobId, status: 'SUCCEEDED', executionArn: job.executionArn },
    });
  });

  it('answers 202 with a new job where a replay is asked for', async () => {
    const job = await orders.run('raw/replayed.csv', MIXED_ORDERS);
    const answer = await orders.api('POST', '/trigger', {
      key: job.fileName,
      versionId: job.versionId,
      replay: true,
    });
    expect(answer).toMatchObject({ status: 202, body: { jobId: `${job.jobId}-1` } });
    const replay = await orders.finishedJob(`${job.jobId}-1`);
    expect(replay).toMatchObject({ status: 'SUCCEEDED', rowsRead: job.rowsRead, outputs: job.outputs });
    const again = await orders.api('POST', '/trigger', { key: job.fileName, replay: true });
    expect(again).toMatchObject({ status: 202, body: { jobId: `${job.jobId}-2` } });
    await orders.finishedJob(`${job.jobId}-2`);
  });

  it.each([
    ['no JSON', '{"key":'],
    ['no key', {}],
    ['a key that is no text', { key: 7 }],
    ['a replay that is neither true nor false', { key: 'raw/a.csv', replay: 'yes' }],
  ])('answers 400 to %s', async (_what, body) => {
    const answer = await orders.api('POST', '/trigger', body);
    expect(answer).toMatchObject({
      status: 400,
      contentType: expect.stringContaining('application/problem+json'),
    });
    expect(answer.body).toMatchObject({ status: 400, title: expect.any(String) });
  });

  it('answers 403 to a key outside the input prefix', async () => {
    const answer = await orders.api('POST', '/trigger', { key: 'processed/existing.csv' });
    expect(answer).toMatchObject({ status: 403, body: { status: 403 } });
  });

  it('answers 404 to a key that does not exist', async () => {
    const answer = await orders.api('POST', '/trigger', { key: 'raw/never-uploaded.csv' });
    expect(answer).toMatchObject({ status: 404, body: { status: 404 } });
  });

  it('answers 403 to a caller without a signature', async () => {
    const answer = await orders.api('POST', '/trigger', { key: 'raw/a.csv' }, false);
    expect(answer.status).toBe(403);
  });
});

it('conserves the rows of every job', () => expectConservation(orders));
