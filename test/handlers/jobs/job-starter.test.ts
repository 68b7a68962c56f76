import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { expiryOf, JobStarter } from '../../../src/handlers/jobs/job-starter';
import { JobStore } from '../../../src/handlers/jobs/job-store';
import type { JobItem } from '../../../src/shared/job';
import { Account, BUCKET, MACHINE_ARN, PIPELINE, TABLE } from '../account';
import { captureLines } from '../standard-output';

let account: Account;
beforeAll(async () => {
  account = await Account.start();
});
afterAll(() => account.stop());
afterEach(() => jest.restoreAllMocks());

const SETTINGS = { pipeline: PIPELINE, stateMachineArn: MACHINE_ARN, retentionSeconds: 60 };
const starterOf = (store: JobStore) => new JobStarter(store, account.stepFunctions, SETTINGS);
const source = (key: string) => ({ bucket: BUCKET, key, versionId: 'v1', sizeBytes: 1 });

it('tells the ARN of the execution before it is known to the item', async () => {
  const starter = new JobStarter(account.store, account.stepFunctions, SETTINGS);
  const { item, isNew, executionArn } = await starter.start(source('raw/arn.csv'));
  expect(isNew).toBe(true);
  expect(executionArn).toBe(`arn:aws:states:us-east-1:000000000000:execution:Orders:${item.jobId}`);
});

it('starts a job whose item expired between two looks at it', async () => {
  /** The table's time to live deletes the item after the conditional write, before the read. */
  class Expiring extends JobStore {
    async find() {
      return undefined;
    }
  }
  const starter = new JobStarter(new Expiring(account.table, TABLE), account.stepFunctions, SETTINGS);
  await starter.start(source('raw/expiring.csv'));
  const { item, isNew } = await starter.start(source('raw/expiring.csv'));
  expect(isNew).toBe(false);
  expect(account.executions()).toContain(item.jobId);
});

describe('a new job whose execution name has been used before', () => {
  /** An execution has run under the job's name, and the job's item has expired since. */
  async function expired(key: string): Promise<string> {
    const { item, executionArn } = await starterOf(account.store).start(source(key));
    await account.machines.ended(executionArn);
    const Key = { jobId: item.jobId, fileName: key };
    await account.table.send(new DeleteCommand({ TableName: TABLE, Key }));
    return item.jobId;
  }

  it('fails, and says that it can be replayed', async () => {
    const jobId = await expired('raw/stale.csv');
    const output = captureLines();
    const { item, isNew } = await starterOf(account.store).start(source('raw/stale.csv'));
    expect(isNew).toBe(false);
    expect(item).toMatchObject({
      status: 'FAILED',
      statusRank: 4,
      step: 'start',
      errorCode: 'execution-name-taken',
      errorMessage: 'an execution of this name ended before the job was written: replay the job',
      rowsWritten: 0,
    });
    expect(await account.store.findById(jobId)).toEqual(item);
    expect(output.log('ERROR')).toMatchObject([{ jobId, errorCode: 'execution-name-taken' }]);
    expect(output.metrics()).toMatchObject([{ SuccessRate: 0, FailureRate: 100 }]);
  });

  it('is left alone where the execution was its own, started by another delivery', async () => {
    await expired('raw/raced.csv');
    /** The other delivery's execution moves the item on before this one asks for its own. */
    class Raced extends JobStore {
      async create(item: JobItem) {
        const isNew = await super.create(item);
        await account.setStatus(item.jobId, item.fileName, 'SUCCEEDED');
        return isNew;
      }
    }
    const { item, isNew } = await starterOf(new Raced(account.table, TABLE)).start(source('raw/raced.csv'));
    expect(isNew).toBe(false);
    expect(item).toMatchObject({ status: 'SUCCEEDED' });
  });
});

it('keeps an item for as many seconds as it is told', () => {
  expect(expiryOf(new Date('2026-01-31T09:00:00.999Z'), 60)).toBe(Date.parse('2026-01-31T09:01:00Z') / 1000);
});
