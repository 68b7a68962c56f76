import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { STEP_DATA } from '../../../src/handlers/objects/object-access';
import { openLookups } from '../../../src/handlers/steps/lookup-files';
import { runStep, type Step } from '../../../src/handlers/steps/run-step';
import type { StepInput } from '../../../src/shared/step-contract';
import { PipelineError } from '../../../src/spec/pipeline-error';
import { Account, BUCKET } from '../account';
import { FaultProxy } from '../fault-proxy';

const MIB = 1024 * 1024;

let account: Account;
let proxy: FaultProxy;
let input: StepInput;
beforeAll(async () => {
  account = await Account.start();
  proxy = await FaultProxy.start(account.services.endpoint);
  const job = await account.putSource('raw/a.csv', 'id\n1\n', 'j');
  await account.put('staging/j/validate/data.csv', '_row,id\n2,1\n');
  await account.put('reference/a.csv', 'id\n');
  input = {
    contract: 1,
    job,
    data: { bucket: BUCKET, key: 'staging/j/validate/data.csv' },
    spec: await account.putSpec(),
    outputPrefix: 'staging/j/transform/',
  };
});
afterAll(async () => {
  await proxy.stop();
  await account.stop();
});

const struck = () => account.s3At(proxy.endpoint);
const COUNTS = { rowsRead: 1, rowsWritten: 1, rowsRejected: 0, rowsFiltered: 0 };
/** A step that reads its data to the end. */
const READING: Step = {
  reads: STEP_DATA,
  run: async ({ input: data }) => {
    for await (const _chunk of data);
    return { counts: COUNTS, header: ['id'] };
  },
};

it('asks for another try where the data breaks off', async () => {
  proxy.cutBody({ method: 'GET', url: /data.csv/ });
  await expect(runStep(struck(), input, READING)).rejects.toMatchObject({ name: 'TransientError' });
});

it.each([
  [503, 'SlowDown'],
  [500, 'InternalError'],
])('asks for another try where S3 answers %i', async (status, code) => {
  proxy.answer({ method: 'GET', url: /data.csv/ }, status, code);
  await expect(runStep(struck(), input, READING)).rejects.toMatchObject({ name: 'TransientError' });
});

it('asks for another try where the output cannot be written for now', async () => {
  proxy.answer({ method: 'PUT', url: /transform\/data.csv/ }, 503, 'SlowDown');
  await expect(runStep(struck(), input, READING)).rejects.toMatchObject({ name: 'TransientError' });
});

it('gives up both files that it had begun to write', async () => {
  const step: Step = {
    reads: STEP_DATA,
    run: async ({ output, rejects }) => {
      for (let written = 0; written < 10; written++) {
        await output.write(Buffer.alloc(MIB));
        await rejects.write(Buffer.alloc(MIB));
      }
      throw new PipelineError('encoding-error', 'byte 7 is no UTF-8');
    },
  };
  await expect(runStep(account.s3, input, step)).rejects.toMatchObject({ name: 'encoding-error' });
  const { Uploads } = await account.s3.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }));
  expect(Uploads).toBeUndefined();
});

it.each([
  [503, 'SlowDown', 'TransientError'],
  [409, 'ConditionalRequestConflict', 'TransientError'],
  [403, 'AccessDenied', 'AccessDenied'],
])('throws where the versions of lookups cannot be pinned: %i', async (status, code, name) => {
  proxy.answer({ method: 'PUT', url: /lookups.json/ }, status, code);
  const enrichments = [
    {
      type: 'lookup' as const,
      source: { type: 'bucket' as const, key: 'reference/a.csv' },
      on: [{ column: 'id', lookupColumn: 'id' }],
      columns: [],
      whenMissing: { type: 'null' as const },
    },
  ];
  await expect(openLookups(struck(), input, enrichments)).rejects.toMatchObject({ name });
});
