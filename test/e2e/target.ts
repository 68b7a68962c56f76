import * as path from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { synthesise } from './assembly';
import { DEFAULT_OUTPUTS, flatten, readOutputs, type Outputs } from './outputs';
import { deniedCalls, describeDenials } from '../../src/cli/denials';
import { LocalRun } from '../../src/local/local-run';

// The SDK's advice on Node versions would stand between the results.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** True where the tests speak to a stack that somebody deployed, and not to one they start themselves. */
export const DEPLOYED = Boolean(process.env.ETL_OUTPUTS || process.env.AWS_ENDPOINT_URL);

/** For tests that need the local run: they reach behind the API, or break something on purpose. */
export const itLocal = DEPLOYED ? it.skip : it;

/** What is under test: the outputs of the stacks, and clients that speak to them. */
export interface Target {
  readonly outputs: Outputs;
  readonly s3: S3Client;
  readonly tables: DynamoDBDocumentClient;
  readonly lambda: LambdaClient;
  readonly executions: SFNClient;
  readonly queues: SQSClient;
  /** Only where the stack runs locally. */
  readonly run?: LocalRun;
  stop(): Promise<void>;
}

/** Starts a stack of the app under test, or finds the deployed one. */
export async function startTarget(stack: string, timeScale?: number): Promise<Target> {
  if (DEPLOYED) return connect(readOutputs(process.env.ETL_OUTPUTS ?? DEFAULT_OUTPUTS), {}, async () => {});
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

type ClientConfig = Pick<LocalRun, 'endpoint' | 'credentials'> & { region: string };

function connect(outputs: Outputs, config: Partial<ClientConfig>, stop: () => Promise<void>): Target {
  const tables = new DynamoDBClient(config);
  const clients = {
    s3: new S3Client({ ...config, forcePathStyle: Boolean(config.endpoint || process.env.AWS_ENDPOINT_URL) }),
    lambda: new LambdaClient(config),
    executions: new SFNClient(config),
    queues: new SQSClient(config),
  };
  return {
    outputs,
    ...clients,
    tables: DynamoDBDocumentClient.from(tables),
    stop: async () => {
      // The document client's own destroy() does nothing.
      [...Object.values(clients), tables].forEach((client) => client.destroy());
      await stop();
    },
  };
}
