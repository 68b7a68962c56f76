import * as path from 'node:path';
import { synthesise } from './assembly';
import { connect, connectToDeployed, type Target } from './connect';
import { flatten } from './outputs';
import { deniedCalls, describeDenials } from '../../src/cli/denials';
import { LocalRun } from '../../src/local/local-run';

export type { Target } from './connect';

// The SDK's advice on Node versions would stand between the results.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** True where the tests speak to a stack that somebody deployed, and not to one they start themselves. */
export const DEPLOYED = Boolean(process.env.ETL_OUTPUTS || process.env.AWS_ENDPOINT_URL);

/** For tests that need the local run: they reach behind the API, or break something on purpose. */
export const itLocal = DEPLOYED ? it.skip : it;

/** Starts a stack of the app under test, or finds the deployed one. */
export async function startTarget(stack: string, timeScale?: number): Promise<Target> {
  if (DEPLOYED) return connectToDeployed();
  return startLocal(synthesise(), stack, timeScale);
}

/** Starts a stack of an assembly locally. */
export async function startLocal(
  assembly: string,
  stack: string,
  timeScale?: number,
): Promise<Target & { run: LocalRun }> {
  const appDirectory = path.join(__dirname, '..', '..');
  const run = await LocalRun.start({ assembly, stacks: [stack], appDirectory, timeScale });
  const config = { endpoint: run.endpoint, region: 'us-east-1', credentials: run.credentials };
  const stop = async (): Promise<void> => {
    await run.stop();
    // A call that is denied and then tried again, or done without, would show in no other test.
    const denied = deniedCalls(run.journal.entries);
    if (denied.length > 0) throw new Error(describeDenials(denied));
  };
  return { ...connect(flatten(run.outputs), config, stop), run };
}
