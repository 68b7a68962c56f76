import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { endOf, lossOfEvent, withLeftovers } from './ending';
import { endJobWhenRejectsAppear } from './interference';
import { invoke, invokeStep, JOB_ID, startExecution, stepInput } from './invocations';
import { HEADER, MIXED_ORDERS, order, putCategories } from '../e2e/orders';
import type { Pipeline } from '../e2e/pipeline';

/** Something that a pipeline does from end to end. */
export interface Call {
  /** What it comes to where every right is there. */
  readonly succeeds: string;
  /** Makes the call and tells what came of it. */
  readonly make: (pipeline: Pipeline) => Promise<string>;
  /** On the pipeline whose bucket is not its own, or on the one that hashes. @default - on that of the orders */
  readonly place?: 'foreign' | 'privacy';
  /** A permission that is taken away for the call to go wrong, by the function that nobody may call then. */
  readonly without?: string;
}

/** The stack of the pipelines that have a bucket of their own. */
export const STACK = 'EtlE2eOrders-dev';

const KEY = 'raw/day.csv';
/** Bytes of more than one part of an upload. */
const LARGE = 9 * 1024 * 1024;

export type CallName = keyof typeof CALLS;

export const CALLS = {
  file: {
    succeeds: 'SUCCEEDED',
    make: async (pipeline) => {
      await putCategories(pipeline);
      await pipeline.put(KEY, MIXED_ORDERS);
      return endOf(pipeline, KEY);
    },
  },
  'event delivered twice': {
    succeeds: '{"started":0,"existing":1,"ignored":0}',
    make: async (pipeline) => {
      const versionId = await finishedFile(pipeline);
      const s3 = { bucket: { name: pipeline.bucket }, object: { key: KEY, versionId } };
      return invoke(pipeline, 'Trigger', { Records: [{ eventName: 'ObjectCreated:Put', s3 }] });
    },
  },
  'event that cannot be taken in': {
    succeeds: 'dead letter of Trigger',
    make: async (pipeline) => {
      await breakTable(pipeline);
      await pipeline.put(KEY, MIXED_ORDERS);
      return lossOfEvent(pipeline);
    },
  },
  'large file that breaks off': {
    succeeds: 'FAILED in validate: unclosed-quote',
    make: async (pipeline) => {
      await pipeline.put(KEY, `${orders(LARGE)}"`);
      return withLeftovers(pipeline, await endOf(pipeline, KEY));
    },
  },
  'source that was deleted': {
    succeeds: 'FAILED in validate: source-not-found',
    make: async (pipeline) => {
      const key = 'raw/deleted.txt';
      const versionId = await pipeline.put(key, '');
      const object = { Bucket: pipeline.bucket, Key: key, VersionId: versionId };
      await pipeline.target.s3.send(new DeleteObjectCommand(object));
      await startExecution(pipeline, key, versionId);
      return endOf(pipeline, key);
    },
  },
  'Transform of data that breaks off': {
    succeeds: 'step-contract-violation',
    make: async (pipeline) => invokeStep(pipeline, 'Transform', `${staged(LARGE)}"`),
  },
  'Transform of data that was deleted': {
    succeeds: 'step-contract-violation',
    make: async (pipeline) => invokeStep(pipeline, 'Transform'),
  },
  'Enrich of data that breaks off': {
    succeeds: 'step-contract-violation',
    make: async (pipeline) => invokeStep(pipeline, 'Enrich', `${staged(LARGE)}"`),
  },
  'Enrich of data that was deleted': {
    succeeds: 'step-contract-violation',
    make: async (pipeline) => invokeStep(pipeline, 'Enrich'),
  },
  'Finish of data that is miscounted': {
    succeeds: 'conservation-violated',
    make: async (pipeline) => {
      const content = staged(LARGE);
      // The header counts as a row that is not there.
      const rows = content.split('\n').length - 1;
      const counts = { rowsRead: rows, rowsWritten: rows, rowsRejected: 0, rowsFiltered: 0 };
      const data = { bucket: pipeline.bucket, key: `staging/${JOB_ID}/enrich/data.csv` };
      const result = { startedAt: new Date().toISOString(), result: { data, counts } };
      const versionId = await pipeline.put('raw/miscounted.txt', '');
      await pipeline.put(data.key, content);
      const { job, spec } = await stepInput(pipeline, 'raw/miscounted.txt', versionId);
      const execution = { arn: 'arn', name: JOB_ID, redriveCount: 0, startedAt: result.startedAt };
      const steps = { validate: result, transform: result, enrich: result };
      const input = { contract: 1, job, spec, execution, steps, enteredAt: result.startedAt };
      return withLeftovers(pipeline, await invoke(pipeline, 'Finish', input));
    },
  },
  'job that ends while it is published': {
    succeeds: 'nothing is left under failed/',
    make: async (pipeline) => {
      await putCategories(pipeline);
      const versionId = await endJobWhenRejectsAppear(pipeline, () => pipeline.put(KEY, MIXED_ORDERS));
      await pipeline.finished(KEY, versionId);
      await pipeline.target.run!.journal.waitFor(({ kind }) => kind === 'execution-ended');
      const left = await pipeline.keys('failed/');
      return `${left.length > 0 ? 'rejects are' : 'nothing is'} left under failed/`;
    },
  },
  'end that cannot be recorded': {
    succeeds: 'dead letter of Finish',
    make: async (pipeline) => {
      await invoke(pipeline, 'Finish', {}, 'Event');
      return lossOfEvent(pipeline);
    },
  },
  'execution that is stopped': {
    succeeds: 'FAILED: execution-aborted',
    make: stopExecution,
  },
  'end that nobody takes': {
    succeeds: 'dead letter of Finish',
    make: stopExecution,
    without: 'StateMachine/Finish/Function',
  },
  'GET /status': {
    succeeds: 'answer 200',
    make: async (pipeline) => {
      await finishedFile(pipeline);
      const [{ jobId }] = await pipeline.jobs(KEY);
      return `answer ${(await pipeline.api('GET', `/status/${jobId}`)).status}`;
    },
  },
  'POST /trigger': { succeeds: 'answer 202', make: (pipeline) => trigger(pipeline) },
  'POST /trigger of a version': {
    succeeds: 'answer 202',
    make: async (pipeline) => trigger(pipeline, { versionId: await finishedFile(pipeline) }),
  },
  'POST /trigger of what is not there': {
    succeeds: 'answer 404',
    make: async (pipeline) => {
      const answer = await pipeline.api('POST', '/trigger', { key: 'raw/never-uploaded.csv' });
      return `answer ${answer.status}`;
    },
  },
  check: { succeeds: '0 missing files', make: async (pipeline) => check(pipeline) },
  'check for an output that was deleted': {
    succeeds: '1 missing files',
    make: async (pipeline) =>
      check(pipeline, async () => {
        const [Key] = await pipeline.keys('processed/');
        await pipeline.target.s3.send(new DeleteObjectCommand({ Bucket: pipeline.bucket, Key }));
      }),
  },
  'daily check': { succeeds: 'report written', make: dailyCheck },
  'daily check that fails': {
    succeeds: 'dead letter of QualityCheck',
    make: async (pipeline) => {
      await breakTable(pipeline);
      return dailyCheck(pipeline);
    },
  },
  'check that nobody makes': {
    succeeds: 'dead letter of QualityCheck',
    make: dailyCheck,
    without: 'Observability/QualityCheck/Function',
  },
  'file with personal data': {
    succeeds: 'SUCCEEDED',
    place: 'privacy',
    make: async (pipeline) => {
      await pipeline.put(KEY, 'name,email,phone\nAda,ada@example.org,555-0100\n');
      return endOf(pipeline, KEY);
    },
  },
  'file in a foreign bucket': {
    succeeds: 'SUCCEEDED',
    place: 'foreign',
    make: async (pipeline) => {
      await pipeline.put(KEY, order(1));
      return endOf(pipeline, KEY);
    },
  },
  'foreign event that nobody takes': {
    succeeds: 'dead letter of Trigger',
    place: 'foreign',
    make: async (pipeline) => {
      await pipeline.put(KEY, order(1));
      return endOf(pipeline, KEY);
    },
    without: 'Trigger/Handler/Function',
  },
} as const satisfies Record<string, Call>;

/** Rows that arrive, up to a size. */
function orders(bytes: number): string {
  const rows = [HEADER];
  for (let id = 1, size = 0; size < bytes; id++) {
    const row = `${id},pen,1,1.00,05/01/2026,DE`;
    rows.push(row);
    size += row.length + 1;
  }
  return `${rows.join('\n')}\n`;
}

/** The same as data between two steps. */
function staged(bytes: number): string {
  const [header, ...rows] = orders(bytes).trimEnd().split('\n');
  return `${[`_row,${header}`, ...rows.map((row, index) => `${index + 2},${row}`)].join('\n')}\n`;
}

async function finishedFile(pipeline: Pipeline): Promise<string> {
  await putCategories(pipeline);
  const versionId = await pipeline.put(KEY, MIXED_ORDERS);
  await pipeline.finished(KEY, versionId);
  return versionId;
}

/** Without the job table no function of the pipeline can do its work. */
export async function breakTable(pipeline: Pipeline): Promise<void> {
  await pipeline.target.tables.send(new DeleteTableCommand({ TableName: pipeline.table }));
}

/** Runs the check after a day with a job, and tells how many files it misses. */
async function check(pipeline: Pipeline, before?: () => Promise<unknown>): Promise<string> {
  await finishedFile(pipeline);
  await before?.();
  const answer = await invoke(pipeline, 'QualityCheck', {});
  const missing = /"missing-file":(\d+)/.exec(answer)?.[1];
  return missing === undefined ? answer : `${missing} missing files`;
}

async function dailyCheck(pipeline: Pipeline): Promise<string> {
  const run = pipeline.target.run!;
  await run.fireSchedule(`${STACK}/${pipeline.path}/Observability/QualityCheckRule/Resource`);
  const isReport = (key: string): boolean => key.startsWith('reports/');
  return Promise.race([
    lossOfEvent(pipeline),
    run.journal
      .waitFor((entry) => entry.kind === 'object-created' && isReport(entry.key))
      .then(() => 'report written'),
  ]);
}

async function stopExecution(pipeline: Pipeline): Promise<string> {
  const key = 'raw/stopped.txt';
  const versionId = await pipeline.put(key, MIXED_ORDERS);
  const executionArn = await startExecution(pipeline, key, versionId);
  await pipeline.target.executions.send(new StopExecutionCommand({ executionArn }));
  // Which step it was in is a matter of milliseconds.
  return (await endOf(pipeline, key)).replace(/ in \w+:/, ':');
}

async function trigger(pipeline: Pipeline, request: object = {}): Promise<string> {
  await finishedFile(pipeline);
  const answer = await pipeline.api('POST', '/trigger', { key: KEY, replay: true, ...request });
  return `answer ${answer.status}`;
}
