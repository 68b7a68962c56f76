import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DEFAULT_OUTPUTS, readOutputs, type Outputs } from './outputs';
import type { LocalRun } from '../../src/local/local-run';

/** What is under test: the outputs of the stacks, and clients that speak to them. */
export interface Target {
  readonly outputs: Outputs;
  readonly s3: S3Client;
  readonly tables: DynamoDBDocumentClient;
  readonly lambda: LambdaClient;
  readonly executions: SFNClient;
  readonly queues: SQSClient;
  readonly secrets: SecretsManagerClient;
  /** Only where the stack runs locally. */
  readonly run?: LocalRun;
  stop(): Promise<void>;
}

/** The stacks whose outputs lie where `ETL_OUTPUTS` says. */
export function connectToDeployed(): Target {
  return connect(readOutputs(process.env.ETL_OUTPUTS ?? DEFAULT_OUTPUTS), {}, async () => {});
}

type ClientConfig = Pick<LocalRun, 'endpoint' | 'credentials'> & { region: string };

export function connect(outputs: Outputs, config: Partial<ClientConfig>, stop: () => Promise<void>): Target {
  const tables = new DynamoDBClient(config);
  const clients = {
    s3: new S3Client({ ...config, forcePathStyle: Boolean(config.endpoint || process.env.AWS_ENDPOINT_URL) }),
    lambda: new LambdaClient(config),
    executions: new SFNClient(config),
    queues: new SQSClient(config),
    secrets: new SecretsManagerClient(config),
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
