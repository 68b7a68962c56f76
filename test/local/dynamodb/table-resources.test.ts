import { TableResources } from '../../../src/local/dynamodb/table-resources';
import type { Principal, TemplateResource } from '../../../src/local/services';
import { startLocalServices, type LocalServices } from '../local-services';

const USER: Principal = { kind: 'user', name: 'local', arn: 'arn:aws:iam::000000000000:user/local' };
let services: LocalServices;
let resources: TableResources;
beforeAll(async () => {
  services = await startLocalServices();
  resources = new TableResources(services.dynamodb);
});
afterAll(() => services.stop());

function resource(type: string, logicalId: string, properties: Record<string, unknown>): TemplateResource {
  return { type, logicalId, properties, metadata: {}, stackName: 'Stack', path: `Stack/${logicalId}` };
}

const keys = {
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
};
const describeTable = async (TableName: string): Promise<any> => ({
  ...(await services.dynamodb.call('DescribeTable', { TableName }, USER)),
  ...(await services.dynamodb.call('DescribeTimeToLive', { TableName }, USER)),
  ...(await services.dynamodb.call('DescribeContinuousBackups', { TableName }, USER)),
});

it('makes a table with indexes, time to live and recovery', async () => {
  const provided = await resources.provide(
    resource('AWS::DynamoDB::Table', 'Jobs', {
      ...keys,
      TableName: 'jobs-dev',
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: '5', WriteCapacityUnits: '5' },
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-id',
          KeySchema: keys.KeySchema,
          Projection: { ProjectionType: 'KEYS_ONLY' },
          ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
        },
      ],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
    }),
  );
  expect(provided).toEqual({
    ref: 'jobs-dev',
    attributes: { Arn: 'arn:aws:dynamodb:us-east-1:000000000000:table/jobs-dev', TableId: 'Jobs' },
  });
  expect(await describeTable('jobs-dev')).toMatchObject({
    Table: { TableStatus: 'ACTIVE', GlobalSecondaryIndexes: [{ IndexName: 'by-id', IndexStatus: 'ACTIVE' }] },
    TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' },
    ContinuousBackupsDescription: {
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' },
    },
  });
});

it('makes a table of one replica, with a name of its own', async () => {
  const { ref } = await resources.provide(
    resource('AWS::DynamoDB::GlobalTable', 'Global', {
      ...keys,
      BillingMode: 'PAY_PER_REQUEST',
      Replicas: [
        { Region: 'us-east-1', PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: 'true' } },
      ],
    }),
  );
  expect(ref).toMatch(/^Stack-Global-[0-9a-f]{12}$/);
  expect(await describeTable(ref)).toMatchObject({
    TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' },
    ContinuousBackupsDescription: {
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' },
    },
  });
});

it.each<[string, Record<string, unknown>, string]>([
  [
    'AWS::DynamoDB::Table',
    { ...keys, StreamSpecification: {} },
    'the property StreamSpecification of AWS::DynamoDB::Table, used at Stack/Bad',
  ],
  [
    'AWS::DynamoDB::GlobalTable',
    { ...keys, Replicas: [{}, {}] },
    'replicas of a table in further regions, used at Stack/Bad',
  ],
  [
    'AWS::DynamoDB::GlobalTable',
    { ...keys, Replicas: [{ KinesisStreamSpecification: {} }] },
    'the property KinesisStreamSpecification of AWS::DynamoDB::GlobalTable Replicas, used at Stack/Bad',
  ],
])('names what it does not provide of %s', async (type, properties, message) => {
  await expect(resources.provide(resource(type, 'Bad', properties))).rejects.toThrow(
    `the local run does not provide ${message}`,
  );
});
