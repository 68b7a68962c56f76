import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
} from '@aws-sdk/client-sfn';
import type { Pipeline } from './pipeline';
import { until } from './wait';
import type { JobItem } from '../../src/shared/job';

/** A job's execution once it has ended, which is a little after the job's last status was written. */
export async function endedExecution(
  pipeline: Pipeline,
  job: JobItem,
): Promise<DescribeExecutionCommandOutput> {
  return until(async () => {
    const execution = await pipeline.target.executions.send(
      new DescribeExecutionCommand({ executionArn: job.executionArn! }),
    );
    return execution.status !== 'RUNNING' && execution;
  });
}

/** Names of the states that an execution entered, in order, once it has ended. */
export async function statesOf(pipeline: Pipeline, job: JobItem): Promise<string[]> {
  await endedExecution(pipeline, job);
  const states: string[] = [];
  let from: string | undefined;
  do {
    const page = await pipeline.target.executions.send(
      new GetExecutionHistoryCommand({ executionArn: job.executionArn!, nextToken: from }),
    );
    for (const event of page.events ?? []) {
      if (event.stateEnteredEventDetails) states.push(event.stateEnteredEventDetails.name!);
    }
    from = page.nextToken;
  } while (from);
  return states;
}

/** Names of all executions of a pipeline. */
export async function executionNames(pipeline: Pipeline): Promise<string[]> {
  const names: string[] = [];
  let from: string | undefined;
  do {
    const page = await pipeline.target.executions.send(
      new ListExecutionsCommand({ stateMachineArn: pipeline.output('StateMachineArn'), nextToken: from }),
    );
    names.push(...(page.executions ?? []).map((execution) => execution.name!));
    from = page.nextToken;
  } while (from);
  return names;
}
