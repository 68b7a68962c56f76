import { InvokeCommand } from '@aws-sdk/client-lambda';
import { DescribeStateMachineCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { withLeftovers } from './ending';
import { FUNCTION_ROLES } from './needs';
import type { FinishInput } from '../../src/shared/execution-contract';
import type { Pipeline } from '../e2e/pipeline';

/** Of jobs that no file has started. */
export const JOB_ID = 'f'.repeat(32);

type FunctionName = keyof typeof FUNCTION_ROLES;

/** Invokes a function as the person at the laptop; gives what it returned, or the type of its error. */
export async function invoke(
  pipeline: Pipeline,
  name: FunctionName,
  payload: object,
  InvocationType: 'Event' | 'RequestResponse' = 'RequestResponse',
): Promise<string> {
  const answer = await pipeline.target.lambda.send(
    new InvokeCommand({
      FunctionName: pipeline.output(`${name}FunctionName`),
      Payload: JSON.stringify(payload),
      InvocationType,
    }),
  );
  const returned = answer.Payload?.transformToString() ?? '';
  return answer.FunctionError ? (JSON.parse(returned) as { errorType: string }).errorType : returned;
}

/** Starts an execution by hand, for an object that would start none. */
export async function startExecution(pipeline: Pipeline, key: string, versionId: string): Promise<string> {
  const job = { jobId: JOB_ID, bucket: pipeline.bucket, key, versionId };
  const { executionArn } = await pipeline.target.executions.send(
    new StartExecutionCommand({
      stateMachineArn: pipeline.output('StateMachineArn'),
      name: JOB_ID,
      input: JSON.stringify({ contract: 1, job }),
    }),
  );
  return executionArn!;
}

/** What every function that the state machine calls is told of the job, with the pipeline's own spec. */
export async function stepInput(
  pipeline: Pipeline,
  key: string,
  versionId: string,
): Promise<Pick<FinishInput, 'job' | 'spec'>> {
  const { definition } = await pipeline.target.executions.send(
    new DescribeStateMachineCommand({ stateMachineArn: pipeline.output('StateMachineArn') }),
  );
  const { spec } = JSON.parse(definition!).States.Validate.Parameters.Payload as FinishInput;
  return { job: { jobId: JOB_ID, bucket: pipeline.bucket, key, versionId }, spec };
}

/** Calls a step on data that the test has put, or that is not there; gives the type of its error. */
export async function invokeStep(
  pipeline: Pipeline,
  name: 'Transform' | 'Enrich',
  content?: string,
): Promise<string> {
  const data = { bucket: pipeline.bucket, key: `staging/${JOB_ID}/earlier/data.csv` };
  if (content !== undefined) await pipeline.put(data.key, content);
  await pipeline.put('reference/categories.csv', 'product,category\npen,stationery\n');
  const outputPrefix = `staging/${JOB_ID}/${name.toLowerCase()}/`;
  const input = { contract: 1, ...(await stepInput(pipeline, 'raw/a.csv', 'v')), data, outputPrefix };
  return withLeftovers(pipeline, await invoke(pipeline, name, input));
}
