import { Duration, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as cxapi from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import type { Body } from './draft';
import {
  ApiAuthorization,
  CsvSchema,
  Dialect,
  Enrichment,
  FieldType,
  LookupSource,
  RejectPolicy,
  ServerlessCsvEtl,
  StepHandler,
  Transform,
  WhenMissing,
} from '../../src';
import { appWith } from '../synthesis';

/** Feature flags are the user's to choose. */
export const FLAGS: Readonly<Record<string, Record<string, unknown>>> = {
  'no feature flags': {},
  'all recommended feature flags': Object.fromEntries(
    Object.entries(cxapi.FLAGS)
      .filter(([flag]) => !cxapi.CURRENT_VERSION_EXPIRED_FLAGS.includes(flag))
      .map(([flag, { recommendedValue }]) => [flag, recommendedValue]),
  ),
  'policies that are made one by one': { [cxapi.LAMBDA_CREATE_NEW_POLICIES_WITH_ADDTOROLEPOLICY]: true },
};

export type AppName = keyof typeof APPS;

/** What users make of the library, as far as it changes which resources there are. */
export const APPS = {
  'default props': (stack: Stack) => {
    new ServerlessCsvEtl(stack, 'Orders');
  },

  'all props': allProps,

  'two pipelines': (stack: Stack) => {
    new ServerlessCsvEtl(stack, 'Orders');
    new ServerlessCsvEtl(stack, 'Refunds');
  },

  'imported resources': (stack: Stack) => {
    new ServerlessCsvEtl(stack, 'Orders', {
      bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'theirs'),
      jobTable: dynamodb.Table.fromTableName(stack, 'Table', 'theirs'),
      topic: sns.Topic.fromTopicArn(stack, 'Topic', stack.formatArn({ service: 'sns', resource: 'alarms' })),
      steps: {
        transform: StepHandler.fromFunction(lambda.Function.fromFunctionName(stack, 'Function', 'theirs')),
      },
    });
  },

  'customer-managed keys': customerManagedKeys,

  'longest names': (stack: Stack) => {
    const far = Array.from({ length: 3 }).reduce<Construct>(
      (scope, _, depth) => new Construct(scope, `AConstructWhoseNameIsLongerThanAnyNameOfAResource${depth}`),
      stack,
    );
    new ServerlessCsvEtl(far, 'Orders', { environmentSuffix: 'a-suffix-of-20-chars' });
  },
};

function allProps(stack: Stack): void {
  const accessLog = new logs.LogGroup(stack, 'AccessLog', {
    retention: logs.RetentionDays.ONE_WEEK,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  new ServerlessCsvEtl(stack, 'Orders', {
    environmentSuffix: 'prod',
    schema: CsvSchema.of({ fields: [{ name: 'id', type: FieldType.INTEGER }, { name: 'place' }] }),
    dialect: Dialect.TSV,
    transforms: [
      Transform.trim('place'),
      Transform.hash('place', {
        key: secretsmanager.Secret.fromSecretNameV2(stack, 'Key', 'prod/hash-keys'),
        jsonField: 'place',
      }),
    ],
    enrichments: [
      Enrichment.lookup({
        source: LookupSource.fromBucket('reference/places.csv'),
        on: { place: 'code' },
        columns: { name: 'place_name' },
        whenMissing: WhenMissing.reject(),
      }),
    ],
    rejectPolicy: RejectPolicy.toleratePercent(5),
    steps: {
      validate: StepHandler.builtIn({
        memorySize: 3008,
        timeout: Duration.minutes(10),
        environment: { LEVEL: 'DEBUG' },
        initialPolicy: [
          new iam.PolicyStatement({
            actions: ['ssm:GetParameter'],
            resources: [stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName: 'level' })],
          }),
        ],
      }),
      transform: StepHandler.fromCode({
        code: lambda.Code.fromInline('def handler(event, context): pass'),
        handler: 'index.handler',
        runtime: lambda.Runtime.PYTHON_3_14,
        architecture: lambda.Architecture.X86_64,
      }),
    },
    topic: sns.Topic.fromTopicArn(stack, 'Alarms', stack.formatArn({ service: 'sns', resource: 'alarms' })),
    inputPrefix: 'incoming/',
    inputSuffixes: ['.csv', '.txt'],
    maxFileSize: Size.mebibytes(100),
    uniqueBudget: Size.mebibytes(256),
    timeout: Duration.hours(1),
    rawRetention: Duration.days(10),
    failedRetention: Duration.days(20),
    stagingRetention: Duration.days(2),
    noncurrentVersionRetention: Duration.days(3),
    jobRetention: Duration.days(365),
    apiAuthorization: ApiAuthorization.iam(),
    throttlingRateLimit: 5,
    throttlingBurstLimit: 10,
    accessLogDestination: new apigateway.LogGroupLogDestination(accessLog),
    qualityCheckSchedule: events.Schedule.cron({ hour: '6', minute: '30' }),
    stuckAfter: Duration.minutes(30),
    rejectRateThreshold: 1,
    runtime: lambda.Runtime.NODEJS_24_X,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

/** Bucket, table, topic and secret of the user's own, each under a key of the user's own. */
function customerManagedKeys(stack: Stack): void {
  const removalPolicy = RemovalPolicy.DESTROY;
  const key = (id: string) => new kms.Key(stack, id, { removalPolicy, enableKeyRotation: true });
  const string = dynamodb.AttributeType.STRING;
  const jobTable = new dynamodb.Table(stack, 'Table', {
    partitionKey: { name: 'jobId', type: string },
    sortKey: { name: 'fileName', type: string },
    billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
    encryptionKey: key('TableKey'),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    timeToLiveAttribute: 'expiresAt',
    removalPolicy,
  });
  jobTable.addGlobalSecondaryIndex({
    indexName: 'status-timestamp',
    partitionKey: { name: 'status', type: string },
    sortKey: { name: 'timestamp', type: string },
  });
  const topicKey = key('TopicKey');
  topicKey.grantEncryptDecrypt(new iam.ServicePrincipal('cloudwatch.amazonaws.com'));
  new ServerlessCsvEtl(stack, 'Orders', {
    bucket: new s3.Bucket(stack, 'Bucket', {
      versioned: true,
      eventBridgeEnabled: true,
      encryptionKey: key('BucketKey'),
      enforceSSL: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      lifecycleRules: [
        {
          noncurrentVersionExpiration: Duration.days(7),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      removalPolicy,
    }),
    jobTable,
    transforms: [
      Transform.hash('email', {
        key: new secretsmanager.Secret(stack, 'Key', { encryptionKey: key('SecretKey'), removalPolicy }),
      }),
    ],
    topic: new sns.Topic(stack, 'Topic', { masterKey: topicKey, enforceSSL: true }),
  });
}

/** An app under a set of feature flags. */
export interface Combination {
  readonly app: AppName;
  readonly flags: string;
  readonly name: string;
}

export const COMBINATIONS: readonly Combination[] = (Object.keys(APPS) as AppName[]).flatMap((app) =>
  Object.keys(FLAGS).map((flags) => ({ app, flags, name: `${app}, ${flags}` })),
);

const synthesised = new Map<string, Body>();

/** The template of a combination. It is synthesised once, so copy it before you change it. */
export function templateBody({ app, flags }: Pick<Combination, 'app' | 'flags'>): Body {
  const name = `${app}, ${flags}`;
  const known = synthesised.get(name);
  if (known) return known;
  // A stack's name may be that long, and stands in the names of its resources. Their logical ids begin below it.
  const id = app === 'longest names' ? 'S'.repeat(128) : 'Shop';
  const stack = new Stack(appWith(FLAGS[flags]), id);
  APPS[app](stack);
  const body = Template.fromStack(stack).toJSON() as Body;
  synthesised.set(name, body);
  return body;
}
