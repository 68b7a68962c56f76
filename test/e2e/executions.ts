import { GetExecutionHistoryCommand, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import type { Pipeline } from './pipeline';
import type { JobItem } from '../../src/shared/job';

/** Names of the states that an execution entered, in order. */
export async function statesOf(pipeline: Pipeline, job: JobItem): Promise<string[]> {
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
