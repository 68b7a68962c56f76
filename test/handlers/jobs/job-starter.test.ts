import { expiryOf, JobStarter } from '../../../src/handlers/jobs/job-starter';
import { JobStore } from '../../../src/handlers/jobs/job-store';
import { Account, BUCKET, MACHINE_ARN, PIPELINE, TABLE } from '../account';

let account: Account;
beforeAll(async () => {
  account = await Account.start();
});
afterAll(() => account.stop());

const SETTINGS = { pipeline: PIPELINE, stateMachineArn: MACHINE_ARN, retentionSeconds: 60 };
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

it('keeps an item for as many seconds as it is told', () => {
  expect(expiryOf(new Date('2026-01-31T09:00:00.999Z'), 60)).toBe(Date.parse('2026-01-31T09:01:00Z') / 1000);
});
