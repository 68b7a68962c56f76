import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { synthesise } from './assembly';
import { Pipeline } from './pipeline';
import { DEPLOYED, itLocal, startLocal, startTarget, type Target } from './target';
import { until } from './wait';

const targets: Target[] = [];
let bare: Pipeline;
let foreign: Pipeline;
let ownTransform: Pipeline;

beforeAll(async () => {
  if (DEPLOYED) return;
  const [orders, foreigners, steps] = [
    await startTarget('EtlE2eOrders-dev'),
    await startTarget('EtlE2eForeign-dev'),
    await startTarget('EtlE2eSteps-dev'),
  ];
  targets.push(orders, foreigners, steps);
  bare = new Pipeline(orders, 'Bare');
  foreign = new Pipeline(foreigners, 'Foreign');
  ownTransform = new Pipeline(steps, 'OwnTransform');
});
afterAll(() => Promise.all(targets.map((target) => target.stop())));

/** Takes the job table away: from then on no function of the pipeline can do its work. */
async function breakPipeline(pipeline: Pipeline): Promise<void> {
  await pipeline.target.tables.send(new DeleteTableCommand({ TableName: pipeline.table }));
}

/** Waits for the one message of a queue. */
async function deadLetter(pipeline: Pipeline, name: string): Promise<any> {
  const body = await until(async () => {
    const answer = await pipeline.target.queues.send(
      new ReceiveMessageCommand({ QueueUrl: pipeline.output(`${name}QueueUrl`), WaitTimeSeconds: 1 }),
    );
    return answer.Messages?.[0]?.Body;
  });
  return JSON.parse(body);
}

itLocal('[local] keeps the event of a file whose job could not start', async () => {
  await breakPipeline(bare);
  await bare.put('raw/lost file.csv', 'a\n1\n');
  const event = await deadLetter(bare, 'Trigger');
  expect(event.Records[0].s3.object.key).toBe('raw/lost+file.csv');
});

itLocal('[local] keeps the day of a quality check that failed', async () => {
  await bare.target.run!.fireSchedule('EtlE2eOrders-dev/Bare/Observability/QualityCheckRule/Resource');
  const event = await deadLetter(bare, 'QualityCheck');
  expect(event.time).toMatch(/^\d{4}-\d\d-\d\dT/);
});

itLocal('[local] keeps the end of an execution that could not be recorded', async () => {
  const versionId = await ownTransform.put('raw/held.csv', 'a\n1\n', { behaviour: 'hold' });
  const job = await ownTransform.reached('raw/held.csv', versionId, 'TRANSFORMING');
  await breakPipeline(ownTransform);
  await ownTransform.target.executions.send(new StopExecutionCommand({ executionArn: job.executionArn! }));
  const event = await deadLetter(ownTransform, 'Finish');
  expect(event).toMatchObject({ source: 'aws.states', detail: { status: 'ABORTED', name: job.jobId } });
  await ownTransform.put(`reference/release/${job.jobId}`, 'go on');
});

itLocal('[local] keeps the event of a bucket that is not its own', async () => {
  await breakPipeline(foreign);
  await foreign.put('raw/lost file.csv', 'a\n1\n');
  const event = await deadLetter(foreign, 'Trigger');
  expect(event).toMatchObject({ source: 'aws.s3', detail: { object: { key: 'raw/lost file.csv' } } });
});

/** A copy of the app under test in which the rules on buckets call a function that does not exist. */
function assemblyWithoutTrigger(): string {
  const assembly = fs.mkdtempSync(path.join(tmpdir(), 'serverless-csv-etl-e2e-'));
  fs.cpSync(synthesise(), assembly, { recursive: true });
  const file = path.join(assembly, 'EtlE2eForeign-dev.template.json');
  const template = JSON.parse(fs.readFileSync(file, 'utf8'));
  for (const { Type, Properties } of Object.values<any>(template.Resources)) {
    if (Type !== 'AWS::Events::Rule' || !Properties.EventPattern?.source?.includes('aws.s3')) continue;
    Properties.Targets[0].Arn = 'arn:aws:lambda:us-east-1:000000000000:function:gone';
  }
  fs.writeFileSync(file, JSON.stringify(template));
  return assembly;
}

itLocal('[local] keeps an event that no function takes', async () => {
  const assembly = assemblyWithoutTrigger();
  const target = await startLocal(assembly, 'EtlE2eForeign-dev');
  targets.push(target);
  const pipeline = new Pipeline(target, 'Foreign');
  await pipeline.put('raw/nobody.csv', 'a\n1\n');
  const event = await deadLetter(pipeline, 'Trigger');
  expect(event.detail.object.key).toBe('raw/nobody.csv');
  fs.rmSync(assembly, { recursive: true });
});
