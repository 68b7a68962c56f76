import { createHash } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NotFound,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { JobStore } from '../../src/handlers/jobs/job-store';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../../src/local/services';
import { StateMachines, StepFunctionsService } from '../../src/local/stepfunctions';
import { JOB_TABLE_KEYS, type JobStatus, STATUS_RANK } from '../../src/shared/job';
import type { JobIdentity, SpecPointer } from '../../src/shared/step-contract';
import { DEFAULT_DIALECT } from '../../src/spec/dialect-spec';
import { DEFAULT_LIMITS, type PipelineSpec } from '../../src/spec/pipeline-spec';
import { type LocalServices, startLocalServices } from '../local/local-services';

export const BUCKET = 'orders';
export const ASSETS = 'assets';
export const TABLE = 'jobs';
export const PIPELINE = 'Shop-Orders';
export const MACHINE_ARN = `arn:aws:states:${LOCAL_REGION}:${LOCAL_ACCOUNT}:stateMachine:Orders`;

/** An account with what a pipeline's functions work on: two buckets, the job table, a state machine. */
export class Account {
  static async start(): Promise<Account> {
    const services = await startLocalServices();
    const account = new Account(services);
    services.s3.createBucket(BUCKET, { versioning: 'Enabled' });
    services.s3.createBucket(ASSETS);
    await services.dynamodb.createTable(TABLE_DEFINITION);
    account.setEnvironment();
    return account;
  }

  readonly s3: S3Client;
  readonly table: DynamoDBDocumentClient;
  readonly stepFunctions: SFNClient;
  readonly store: JobStore;
  readonly machines: StateMachines;

  private constructor(readonly services: LocalServices) {
    this.s3 = this.s3At(services.endpoint);
    this.table = this.tableAt(services.endpoint);
    this.stepFunctions = new SFNClient(services.clientConfig);
    this.store = new JobStore(this.table, TABLE);
    const nobody = { put: async () => undefined, invokeAsync: async () => undefined };
    const authorizer = { authorize: () => undefined };
    this.machines = new StateMachines({
      functions: { ...nobody, invoke: async () => ({ payload: '{}' }) },
      tables: services.dynamodb,
      queues: services.sqs,
      events: nobody,
      authorizer,
      journal: services.journal,
    });
    this.machines.add({
      name: 'Orders',
      role: { kind: 'role', name: 'Machine', arn: 'arn:aws:iam::000000000000:role/Machine' },
      definitionText: JSON.stringify({ StartAt: 'Only', States: { Only: { Type: 'Pass', End: true } } }),
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: false },
    });
    services.gateway.register('states', new StepFunctionsService(this.machines, authorizer, services.faults));
  }

  /** A client that asks once: a fault that a test injects is seen as it is. */
  s3At(endpoint: string): S3Client {
    return new S3Client({ ...this.services.clientConfig, endpoint, maxAttempts: 1 });
  }

  tableAt(endpoint: string): DynamoDBDocumentClient {
    const client = new DynamoDBClient({ ...this.services.clientConfig, endpoint, maxAttempts: 1 });
    return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  }

  /** Puts an object, and gives the version that it became. */
  async put(key: string, body: string | Buffer, bucket = BUCKET): Promise<string> {
    const { VersionId } = await this.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
    return VersionId!;
  }

  /** An object's text, or undefined where it is not there. */
  async text(key: string): Promise<string | undefined> {
    if (!(await this.head(key))) return undefined;
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
    return Body!.transformToString();
  }

  async head(key: string) {
    try {
      return await this.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: key }));
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  }

  async keys(prefix: string): Promise<string[]> {
    const { Contents = [] } = await this.s3.send(
      new ListObjectsV2Command({ Bucket: BUCKET, Prefix: prefix }),
    );
    return Contents.map(({ Key }) => Key!);
  }

  /** Puts a spec where CDK would put the asset. */
  async putSpec(spec: Partial<PipelineSpec> = {}): Promise<SpecPointer> {
    const text = JSON.stringify({ ...SPEC, ...spec });
    const sha256 = createHash('sha256').update(text).digest('hex');
    await this.put(`${sha256}.json`, text, ASSETS);
    return { bucket: ASSETS, key: `${sha256}.json`, sha256 };
  }

  /** Puts a source, and gives the identity of a job of it. */
  async putSource(key: string, body: string, jobId = '0'.repeat(32)): Promise<JobIdentity> {
    return { jobId, bucket: BUCKET, key, versionId: await this.put(key, body) };
  }

  /** Changes a job's status, as the state machine does. */
  async setStatus(jobId: string, fileName: string, status: JobStatus): Promise<void> {
    await this.table.send(
      new UpdateCommand({
        TableName: TABLE,
        Key: { jobId, fileName },
        UpdateExpression: 'SET #status = :status, statusRank = :rank',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':status': status, ':rank': STATUS_RANK[status] },
      }),
    );
  }

  /** Names of all executions that were started. */
  executions(): string[] {
    return this.services.journal.entries.flatMap((entry) =>
      entry.kind === 'execution-started' ? [entry.executionArn.split(':').pop()!] : [],
    );
  }

  async stop(): Promise<void> {
    for (const client of [this.s3, this.table, this.stepFunctions]) client.destroy();
    await this.machines.close();
    await this.services.stop();
  }

  /** What the constructs give the functions, and Lambda their clients. */
  private setEnvironment(): void {
    const { accessKeyId, secretAccessKey } = this.services.credentials;
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: this.services.endpoint,
      AWS_REGION: LOCAL_REGION,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ETL_PIPELINE: PIPELINE,
      ETL_JOB_TABLE: TABLE,
      ETL_BUCKET: BUCKET,
      ETL_STATE_MACHINE_ARN: MACHINE_ARN,
      ETL_INPUT_PREFIX: 'raw/',
      ETL_INPUT_SUFFIXES: '.csv',
      ETL_JOB_RETENTION_SECONDS: '7776000',
      ETL_MAX_FILE_SIZE_BYTES: '1000',
      ETL_STUCK_AFTER_MINUTES: '60',
    });
  }
}

/** No schema: structural checks only. */
export const SPEC: PipelineSpec = {
  version: 1,
  dialect: DEFAULT_DIALECT,
  transforms: [],
  enrichments: [],
  rejectPolicy: { type: 'quarantine-all' },
  limits: DEFAULT_LIMITS,
};

const TABLE_DEFINITION = {
  TableName: TABLE,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['jobId', 'fileName', 'status', 'timestamp'].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S',
  })),
  KeySchema: keySchema(JOB_TABLE_KEYS.partitionKey, JOB_TABLE_KEYS.sortKey),
  GlobalSecondaryIndexes: [
    {
      IndexName: JOB_TABLE_KEYS.statusIndex,
      KeySchema: keySchema('status', 'timestamp'),
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

function keySchema(hash: string, range: string) {
  return [
    { AttributeName: hash, KeyType: 'HASH' },
    { AttributeName: range, KeyType: 'RANGE' },
  ];
}
