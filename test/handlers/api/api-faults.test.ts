import { answer } from '../../../src/handlers/api/answer';
import { JobStarter } from '../../../src/handlers/jobs/job-starter';
import { JobStore } from '../../../src/handlers/jobs/job-store';
import { Account, BUCKET, MACHINE_ARN, PIPELINE, TABLE } from '../account';
import { FaultProxy } from '../fault-proxy';
import { captureLines } from '../standard-output';

let account: Account;
let proxy: FaultProxy;
beforeAll(async () => {
  account = await Account.start();
  proxy = await FaultProxy.start(account.services.endpoint);
});
afterAll(async () => {
  await proxy.stop();
  await account.stop();
});
afterEach(() => jest.restoreAllMocks());

async function trigger(request: object) {
  const store = new JobStore(account.tableAt(proxy.endpoint), TABLE);
  const settings = { pipeline: PIPELINE, stateMachineArn: MACHINE_ARN, retentionSeconds: 60 };
  const { statusCode, body } = await answer(
    {
      s3: account.s3At(proxy.endpoint),
      bucket: BUCKET,
      filter: { prefix: 'raw/', suffixes: ['.csv', '.txt'] },
      store,
      starter: new JobStarter(store, account.stepFunctions, settings),
      pipeline: PIPELINE,
    },
    { resource: '/trigger', httpMethod: 'POST', body: JSON.stringify(request) },
  );
  return { statusCode, body: JSON.parse(body) };
}

it('answers 503 where a service behind it is busy', async () => {
  captureLines();
  proxy.answer({ method: 'HEAD', url: /busy/ }, 503, 'SlowDown');
  expect(await trigger({ key: 'raw/busy.csv' })).toEqual({
    statusCode: 503,
    body: {
      type: 'about:blank',
      title: 'Service Unavailable',
      status: 503,
      detail: 'a service behind the API did not answer in time: try again',
      code: 'try-again',
    },
  });
});

it('answers 409 where another request counts a replay between the look at the job and its own count', async () => {
  await account.put('raw/counted.csv', 'id\n');
  const { body } = await trigger({ key: 'raw/counted.csv' });
  const first = (await account.store.findById(body.jobId))!;
  await account.setStatus(first.jobId, first.fileName, 'SUCCEEDED');
  // The first call of the request reads the item, the second counts.
  proxy.before({ method: 'POST', url: /^\/$/ }, async () => undefined);
  proxy.before({ method: 'POST', url: /^\/$/ }, () => account.store.countReplay(first));
  expect(await trigger({ key: 'raw/counted.csv', replay: true })).toMatchObject({
    statusCode: 409,
    body: { code: 'replay-running', detail: `another replay of job ${first.jobId} has just been started` },
  });
});

it('answers 400 to a version id that S3 cannot have given', async () => {
  proxy.answer({ method: 'HEAD', url: /versionId=nonsense/ }, 400, 'InvalidArgument');
  expect(await trigger({ key: 'raw/a.csv', versionId: 'nonsense' })).toMatchObject({
    statusCode: 400,
    body: { code: 'malformed-request', detail: 'versionId is no version id of S3' },
  });
});

it('names all suffixes that it takes', async () => {
  const { body } = await trigger({ key: 'raw/a.pdf' });
  expect(body.detail).toBe(
    'the key is not input of this pipeline: it takes keys under raw/ that end in .csv or .txt',
  );
});
