import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { environmentSuffixOf } from './environment-suffix';
import { MAX_NAME_LENGTH, physicalName } from './names';
import { tableReference } from './resource-reference';
import { JOB_TABLE_KEYS } from './shared/job';

/** Props of JobTable. */
export interface JobTableProps {
  /**
   * Part of every name, so that several environments fit into one account: 1 to 20 lower-case letters, digits and
   * inner hyphens.
   * @default - the context value `environmentSuffix`, else `dev`
   */
  readonly environmentSuffix?: string;

  /**
   * A table that exists already, instead of one that is made here. It needs the partition key `jobId` and the sort key
   * `fileName`, and an index `status-timestamp` with partition key `status` and sort key `timestamp` that projects all
   * attributes; all keys are strings. Items expire by the attribute `expiresAt` where time to live is on.
   * @default - a table is made
   */
  readonly table?: dynamodb.ITable;

  /**
   * What happens to the table and its jobs when it leaves the stack.
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * The jobs of a pipeline, one item a job. The index `status-timestamp` finds jobs by status. Items are deleted by time to
 * live; capacity is on demand; point-in-time recovery is on.
 */
export class JobTable extends Construct {
  /** The table, made here or passed in. */
  public readonly table: dynamodb.ITable;

  public constructor(scope: Construct, id: string, props: JobTableProps = {}) {
    super(scope, id);
    this.table = props.table ?? this.make(props);
  }

  /** Lets the grantee read jobs, also by status. */
  public grantReadData(grantee: iam.IGrantable): iam.Grant {
    const { arn } = tableReference(this, this.table);
    const read = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:Scan'];
    const query = ['dynamodb:Query', 'dynamodb:Scan'];
    const items = iam.Grant.addToPrincipal({ grantee, actions: read, resourceArns: [arn] }).combine(
      iam.Grant.addToPrincipal({
        grantee,
        actions: query,
        resourceArns: [`${arn}/index/${JOB_TABLE_KEYS.statusIndex}`],
      }),
    );
    const key = this.table.encryptionKey;
    if (!key) return items;
    // DynamoDB uses the key in the caller's name.
    return items.combine(
      iam.Grant.addToPrincipal({ grantee, actions: ['kms:Decrypt'], resourceArns: [key.keyArn] }),
    );
  }

  private make(props: JobTableProps): dynamodb.Table {
    const suffix = environmentSuffixOf(this, props.environmentSuffix);
    const string = dynamodb.AttributeType.STRING;
    const table = new dynamodb.Table(this, 'Table', {
      tableName: physicalName(this, suffix, MAX_NAME_LENGTH.table),
      partitionKey: { name: JOB_TABLE_KEYS.partitionKey, type: string },
      sortKey: { name: JOB_TABLE_KEYS.sortKey, type: string },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      encryption: dynamodb.TableEncryption.DEFAULT,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: JOB_TABLE_KEYS.timeToLive,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.DESTROY,
    });
    table.addGlobalSecondaryIndex({
      indexName: JOB_TABLE_KEYS.statusIndex,
      partitionKey: { name: 'status', type: string },
      sortKey: { name: 'timestamp', type: string },
    });
    return table;
  }
}
