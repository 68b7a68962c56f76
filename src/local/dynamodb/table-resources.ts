import { checkProperties } from '../known-properties';
import { physicalName } from '../physical-name';
import {
  LOCAL_ACCOUNT,
  NotProvidedError,
  type Principal,
  type ProvidedResource,
  type ResourceProvider,
  type TemplateResource,
} from '../services';
import type { DynamoDbService } from './dynamodb-service';
import { tableArn } from './table-actions';

/** Properties of both kinds of table that the run acts on. */
const SHARED = [
  'AttributeDefinitions',
  'BillingMode',
  'GlobalSecondaryIndexes',
  'KeySchema',
  'LocalSecondaryIndexes',
  'TableName',
  'TimeToLiveSpecification',
];

/** Capacity, encryption at rest and the like: nothing of it shows in a run on a laptop. */
const WITHOUT_EFFECT = ['SSESpecification', 'WarmThroughput'];

const TABLE_PROPERTIES = [
  ...SHARED,
  ...WITHOUT_EFFECT,
  'ContributorInsightsSpecification',
  'DeletionProtectionEnabled',
  'OnDemandThroughput',
  'PointInTimeRecoverySpecification',
  'ProvisionedThroughput',
  'TableClass',
  'Tags',
];

const GLOBAL_TABLE_PROPERTIES = [
  ...SHARED,
  ...WITHOUT_EFFECT,
  'Replicas',
  'WriteOnDemandThroughputSettings',
  'WriteProvisionedThroughputSettings',
];

/** Of the replica in the stack's own region. */
const REPLICA_PROPERTIES = [
  'ContributorInsightsSpecification',
  'DeletionProtectionEnabled',
  'GlobalSecondaryIndexes',
  'PointInTimeRecoverySpecification',
  'ReadOnDemandThroughputSettings',
  'ReadProvisionedThroughputSettings',
  'Region',
  'SSESpecification',
  'TableClass',
  'Tags',
];

type Properties = Readonly<Record<string, any>>;

/** Makes the tables of the template, be they CDK's `Table` or `TableV2`. */
export class TableResources implements ResourceProvider {
  readonly types = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];

  constructor(private readonly tables: DynamoDbService) {}

  async provide(resource: TemplateResource): Promise<ProvidedResource> {
    const global = resource.type === 'AWS::DynamoDB::GlobalTable';
    checkProperties(resource, global ? GLOBAL_TABLE_PROPERTIES : TABLE_PROPERTIES);
    const replica: Properties = global ? onlyReplica(resource) : resource.properties;
    const { properties } = resource;
    const name: string = properties.TableName ?? physicalName(resource, 255);
    await this.tables.createTable({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: properties.AttributeDefinitions,
      KeySchema: properties.KeySchema,
      ...indexes(properties, 'GlobalSecondaryIndexes'),
      ...indexes(properties, 'LocalSecondaryIndexes'),
    });
    if (isTrue(properties.TimeToLiveSpecification?.Enabled)) {
      await this.update('UpdateTimeToLive', name, {
        TimeToLiveSpecification: {
          AttributeName: properties.TimeToLiveSpecification.AttributeName,
          Enabled: true,
        },
      });
    }
    await this.update('UpdateContinuousBackups', name, {
      PointInTimeRecoverySpecification: {
        PointInTimeRecoveryEnabled: isTrue(
          replica.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled,
        ),
      },
    });
    return { ref: name, attributes: { Arn: tableArn(name), TableId: resource.logicalId } };
  }

  private async update(operation: string, table: string, input: object): Promise<void> {
    await this.tables.call(operation, { TableName: table, ...input }, DEPLOYER);
  }
}

/** A stack is made in the name of whoever deploys it, who may do everything. */
const DEPLOYER: Principal = {
  kind: 'user',
  name: 'local',
  arn: `arn:aws:iam::${LOCAL_ACCOUNT}:user/local`,
};

function onlyReplica(resource: TemplateResource): Properties {
  const replicas = resource.properties.Replicas as Properties[];
  if (replicas.length !== 1) {
    throw new NotProvidedError(`replicas of a table in further regions, used at ${resource.path}`);
  }
  checkProperties(
    { ...resource, properties: replicas[0], type: `${resource.type} Replicas` },
    REPLICA_PROPERTIES,
  );
  return replicas[0];
}

/** Indexes without their capacity. */
function indexes(properties: Properties, name: string): object {
  const given = properties[name] as Properties[] | undefined;
  if (!given) return {};
  return {
    [name]: given.map(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection })),
  };
}

function isTrue(value: unknown): boolean {
  return String(value) === 'true';
}
