import type { DynamoDbService } from './dynamodb/dynamodb-service';
import type { S3Service } from './s3/s3-service';
import type { SecretsService } from './secretsmanager/secrets-service';
import { LOCAL_ACCOUNT, LOCAL_REGION, type Principal, type TemplateResource } from './services';
import type { Pipeline } from './template/pipelines';
import { JOB_TABLE_KEYS } from '../shared/job';

/** Something that the app uses and does not make itself. */
export interface ImportedResource {
  readonly name: string;
  readonly type: 'AWS::S3::Bucket' | 'AWS::DynamoDB::Table' | 'AWS::SecretsManager::Secret';
  /** False for a table whose keys nothing in the app tells: it could not be made. */
  readonly made: boolean;
}

export interface Stores {
  readonly s3: S3Service;
  readonly dynamodb: DynamoDbService;
  readonly secrets: SecretsService;
  /** In whose name they are asked. */
  readonly user: Principal;
}

/**
 * Makes, empty, what the app only imports: the pipelines' own buckets and job tables, and every bucket that a policy
 * names, and every secret. Tables that only policies name are told of, but not made. Buckets are versioned and send events to EventBridge, as a pipeline needs it of a bucket that it did not make.
 */
export async function makeImported(
  pipelines: readonly Pipeline[],
  resources: readonly TemplateResource[],
  { s3, dynamodb, secrets, user }: Stores,
): Promise<ImportedResource[]> {
  const { TableNames } = await dynamodb.call('ListTables', {}, user);
  const buckets = new Set([
    ...pipelines.map(({ bucketName }) => bucketName),
    ...namesInPolicies(resources, BUCKET_ARN),
  ]);
  const tables = new Set(pipelines.map(({ jobTableName }) => jobTableName));
  const made: ImportedResource[] = [];
  for (const name of buckets) {
    if (s3.hasBucket(name)) continue;
    s3.createBucket(name, { versioning: 'Enabled', notifications: { EventBridgeConfiguration: {} } });
    made.push({ name, type: 'AWS::S3::Bucket', made: true });
  }
  for (const name of tables) {
    if ((TableNames as string[]).includes(name)) continue;
    await dynamodb.createTable(jobTable(name));
    made.push({ name, type: 'AWS::DynamoDB::Table', made: true });
  }
  for (const name of namesInPolicies(resources, TABLE_ARN)) {
    if ((TableNames as string[]).includes(name) || tables.has(name)) continue;
    made.push({ name, type: 'AWS::DynamoDB::Table', made: false });
  }
  for (const arn of namesInPolicies(resources, SECRET_ARN)) {
    // Behind the name stand six characters, or as many question marks where it is imported by its name.
    const partial = arn.replace(/-(\?{6}|[A-Za-z0-9]{6})$/, '');
    if (secrets.find(partial) ?? secrets.find(arn)) continue;
    const name = partial.split(':').at(-1)!;
    secrets.create(name, arn.replace('??????', 'aaaaaa'));
    made.push({ name, type: 'AWS::SecretsManager::Secret', made: true });
  }
  return made;
}

/** ARNs such as `arn:aws:s3:::name/*`; a wildcard in the name itself names nothing. */
const BUCKET_ARN = /"arn:aws:s3:::([a-z0-9.-]{3,63})[/"]/g;
const TABLE_ARN = /"arn:aws:dynamodb:[a-z0-9-]+:\d+:table\/([A-Za-z0-9_.-]{3,255})[/"]/g;
const SECRET_ARN = /"(arn:aws:secretsmanager:[a-z0-9-]+:\d+:secret:[A-Za-z0-9/_+=.@?-]+)"/g;

function namesInPolicies(resources: readonly TemplateResource[], arn: RegExp): Set<string> {
  const documents = resources
    .filter(({ type }) => /^AWS::IAM::(Policy|ManagedPolicy|Role)$/.test(type))
    .map(({ properties }) => JSON.stringify(properties));
  return new Set(documents.flatMap((text) => [...text.matchAll(arn)].map(([, name]) => name!)));
}

function jobTable(TableName: string): object {
  const { partitionKey, sortKey, statusIndex } = JOB_TABLE_KEYS;
  const attribute = (AttributeName: string): object => ({ AttributeName, AttributeType: 'S' });
  const keys = (hash: string, range: string): object[] => [
    { AttributeName: hash, KeyType: 'HASH' },
    { AttributeName: range, KeyType: 'RANGE' },
  ];
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [partitionKey, sortKey, 'status', 'timestamp'].map(attribute),
    KeySchema: keys(partitionKey, sortKey),
    GlobalSecondaryIndexes: [
      {
        IndexName: statusIndex,
        KeySchema: keys('status', 'timestamp'),
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  };
}

/** Bucket that `cdk bootstrap` would have made for the app's assets, once the placeholders of its name are filled. */
export function assetsBucketName(name: string): string {
  return name
    .replaceAll('${AWS::AccountId}', LOCAL_ACCOUNT)
    .replaceAll('${AWS::Region}', LOCAL_REGION)
    .replaceAll('${AWS::Partition}', 'aws');
}
