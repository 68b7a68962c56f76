import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessKeyRegistry, type AccessKey } from '../../src/local/access-keys';
import { DynamoDbService } from '../../src/local/dynamodb/dynamodb-service';
import { CallFaults } from '../../src/local/faults/call-faults';
import { Gateway } from '../../src/local/gateway';
import { RunJournal } from '../../src/local/journal';
import { S3Service } from '../../src/local/s3/s3-service';
import { SecretsService } from '../../src/local/secretsmanager/secrets-service';
import {
  LOCAL_ACCOUNT,
  LOCAL_REGION,
  type Authorizer,
  type BusEvent,
  type EventSender,
  type FunctionInvoker,
} from '../../src/local/services';
import { SqsService } from '../../src/local/sqs/sqs-service';

/** An asynchronous invocation that a service asked for. */
export interface Invocation {
  readonly functionArn: string;
  readonly payload: string;
}

/** The services on one port of 127.0.0.1, with everything a test sets up and looks at. */
export interface LocalServices {
  readonly endpoint: string;
  readonly credentials: AccessKey;
  /** For the constructors of SDK clients: `new S3Client(services.clientConfig)`. */
  readonly clientConfig: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: AccessKey;
    readonly forcePathStyle: boolean;
  };
  readonly gateway: Gateway;
  readonly keys: AccessKeyRegistry;
  readonly journal: RunJournal;
  readonly s3: S3Service;
  readonly dynamodb: DynamoDbService;
  readonly sqs: SqsService;
  readonly secrets: SecretsService;
  /** Faults of calls of S3 and DynamoDB. */
  readonly faults: CallFaults;
  /** Asynchronous invocations so far: no function runs here. */
  readonly invocations: Invocation[];
  /** Events that were sent to the bus. */
  readonly busEvents: BusEvent[];
  /** Folder that the objects' bytes are in. */
  readonly dataDir: string;
  stop(): Promise<void>;
}

/**
 * Starts S3, DynamoDB, SQS and Secrets Manager as the local run has them, on an ephemeral port:
 *
 * ```ts
 * const services = await startLocalServices();
 * services.s3.createBucket('orders', { versioning: 'Enabled' });
 * await services.dynamodb.createTable({ TableName: 'jobs', ... });
 * const s3 = new S3Client(services.clientConfig);
 * ...
 * await services.stop();
 * ```
 */
export async function startLocalServices(
  options: {
    readonly authorizer?: Authorizer;
    readonly functions?: Partial<FunctionInvoker>;
    readonly eventBus?: EventSender;
  } = {},
): Promise<LocalServices> {
  const dataDir = await mkdtemp(join(tmpdir(), 'local-services-'));
  const journal = new RunJournal();
  const keys = new AccessKeyRegistry();
  const gateway = new Gateway(keys, journal);
  const endpoint = await gateway.listen();
  const authorizer: Authorizer = options.authorizer ?? { authorize: () => undefined };
  const invocations: Invocation[] = [];
  const busEvents: BusEvent[] = [];

  const faults = new CallFaults();
  const dynamodb = new DynamoDbService(authorizer, faults);
  const secrets = new SecretsService(authorizer, faults);
  const sqs = new SqsService({ endpoint, authorizer });
  const s3 = new S3Service({
    dataDir,
    authorizer,
    journal,
    queues: sqs,
    faults,
    functions: {
      invoke: () => Promise.reject(new Error('no function runs here')),
      invokeAsync: (functionArn, payload) => {
        invocations.push({ functionArn, payload });
        return Promise.resolve();
      },
      ...options.functions,
    },
    eventBus: options.eventBus ?? {
      put: (event) => {
        busEvents.push(event);
        return Promise.resolve();
      },
    },
  });
  gateway.register('dynamodb', dynamodb);
  gateway.register('sqs', sqs);
  gateway.register('secretsmanager', secrets);
  gateway.register('s3', s3);
  const credentials = keys.issue({
    kind: 'user',
    name: 'local',
    arn: `arn:aws:iam::${LOCAL_ACCOUNT}:user/local`,
  });

  return {
    endpoint,
    credentials,
    clientConfig: { endpoint, region: LOCAL_REGION, credentials, forcePathStyle: true },
    gateway,
    keys,
    journal,
    s3,
    dynamodb,
    sqs,
    secrets,
    faults,
    invocations,
    busEvents,
    dataDir,
    stop: async () => {
      await s3.settled();
      await gateway.stop();
      sqs.stop();
      await dynamodb.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
