import { type App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EtlBucket, ServerlessCsvEtl, type ServerlessCsvEtlProps, StepHandler } from '../src';
import { appWith } from './synthesis';

const ARN = 'arn:aws:sns:us-east-1:123456789012:alarms';

/** How each kind of resource is made in a stack, with or without a name of its own, and how it is imported. */
const KINDS: Record<
  string,
  {
    /** Part of the ARN by which the named one is spoken of. */
    arn: string;
    made(stack: Stack, name?: string): ServerlessCsvEtlProps;
    imported(stack: Stack): ServerlessCsvEtlProps;
  }
> = {
  bucket: {
    made: (stack, bucketName) => ({
      bucket: new s3.Bucket(stack, 'Bucket', { bucketName, versioned: true }),
    }),
    imported: (stack) => ({ bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'theirs') }),
    arn: ':s3:::theirs',
  },
  table: {
    made: (stack, tableName) => {
      const string = dynamodb.AttributeType.STRING;
      const jobTable = new dynamodb.Table(stack, 'Table', {
        tableName,
        partitionKey: { name: 'jobId', type: string },
        sortKey: { name: 'fileName', type: string },
      });
      jobTable.addGlobalSecondaryIndex({
        indexName: 'status-timestamp',
        partitionKey: { name: 'status', type: string },
        sortKey: { name: 'timestamp', type: string },
      });
      return { jobTable };
    },
    imported: (stack) => ({ jobTable: dynamodb.Table.fromTableName(stack, 'Table', 'theirs') }),
    arn: ':table/theirs',
  },
  function: {
    made: (stack, functionName) => {
      const handler = new lambda.Function(stack, 'Function', {
        functionName,
        code: lambda.Code.fromInline('exports.handler = async () => {}'),
        handler: 'index.handler',
        runtime: lambda.Runtime.NODEJS_24_X,
      });
      return { steps: { transform: StepHandler.fromFunction(handler) } };
    },
    imported: (stack) => {
      const handler = lambda.Function.fromFunctionName(stack, 'Function', 'theirs');
      return { steps: { transform: StepHandler.fromFunction(handler) } };
    },
    arn: ':function:theirs',
  },
  topic: {
    made: (stack, topicName) => ({ topic: new sns.Topic(stack, 'Topic', { topicName }) }),
    imported: (stack) => ({ topic: sns.Topic.fromTopicArn(stack, 'Topic', ARN) }),
    arn: ':theirs',
  },
};

/** Synthesises all stacks, and fails where they form a cycle. */
function templatesOf(app: App): Record<string, object> {
  return Object.fromEntries(app.synth().stacks.map((stack) => [stack.stackName, stack.template]));
}

const dependenciesOf = (stack: Stack) => stack.dependencies.map((other) => other.stackName);

const importsOf = (template: object) => JSON.stringify(template).match(/Fn::ImportValue/g)?.length ?? 0;

describe.each(Object.entries(KINDS))('an existing %s', (_, kind) => {
  it('may be in the same stack', () => {
    const stack = new Stack(appWith(), 'Pipeline');
    new ServerlessCsvEtl(stack, 'Orders', kind.made(stack));
    // Finds cycles between resources.
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  it('may be in a stack that is deployed before', () => {
    const app = appWith();
    const upstream = new Stack(app, 'Theirs');
    const pipeline = new Stack(app, 'Pipeline');
    new ServerlessCsvEtl(pipeline, 'Orders', kind.made(upstream));
    expect(importsOf(templatesOf(app).Pipeline)).toBeGreaterThan(0);
    expect(dependenciesOf(pipeline)).toEqual(['Theirs']);
  });

  it('with a name may be in a stack that is deployed afterwards', () => {
    const app = appWith();
    const downstream = new Stack(app, 'Theirs');
    const pipeline = new Stack(app, 'Pipeline');
    downstream.addDependency(pipeline);
    new ServerlessCsvEtl(pipeline, 'Orders', kind.made(downstream, 'theirs'));
    const template = templatesOf(app).Pipeline;
    expect(importsOf(template)).toBe(0);
    expect(JSON.stringify(template)).toContain(kind.arn);
  });

  it('may be in a stack that uses what the pipeline makes', () => {
    const app = appWith();
    const pipeline = new Stack(app, 'Pipeline');
    const user = new Stack(app, 'Theirs');
    const etl = new ServerlessCsvEtl(pipeline, 'Orders', kind.made(user, 'theirs'));
    const reader = new lambda.Function(user, 'Reader', {
      code: lambda.Code.fromInline('exports.handler = async () => {}'),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      environment: { MACHINE: etl.stateMachine.stateMachine.stateMachineArn },
    });
    etl.jobTable.grantReadData(reader);
    etl.grantReadProcessed(reader);
    templatesOf(app);
    expect(dependenciesOf(user)).toEqual(['Pipeline']);
  });

  it('may be imported by name', () => {
    const app = appWith();
    const pipeline = new Stack(app, 'Pipeline');
    new ServerlessCsvEtl(pipeline, 'Orders', kind.imported(pipeline));
    expect(importsOf(templatesOf(app).Pipeline)).toBe(0);
  });
});

describe('a resource of another environment', () => {
  it('is an ordinary reference, for CDK to carry over or refuse', () => {
    const app = appWith();
    const theirs = new Stack(app, 'Theirs', { env: { account: '123456789012', region: 'eu-west-1' } });
    const pipeline = new Stack(app, 'Pipeline', { env: { account: '123456789012', region: 'us-east-1' } });
    new ServerlessCsvEtl(pipeline, 'Orders', KINDS.bucket.made(theirs, 'theirs'));
    expect(JSON.stringify(templatesOf(app).Pipeline)).toContain('theirs');
  });
});

describe('a table of the newer kind', () => {
  it('is spoken of by its name, too', () => {
    // CDK's own constructor warns about options that it sets itself.
    jest.spyOn(console, 'warn').mockImplementation();
    const app = appWith();
    const downstream = new Stack(app, 'Theirs');
    const pipeline = new Stack(app, 'Pipeline');
    downstream.addDependency(pipeline);
    const string = dynamodb.AttributeType.STRING;
    const jobTable = new dynamodb.TableV2(downstream, 'Table', {
      tableName: 'theirs',
      partitionKey: { name: 'jobId', type: string },
      sortKey: { name: 'fileName', type: string },
    });
    new ServerlessCsvEtl(pipeline, 'Orders', { jobTable });
    expect(JSON.stringify(templatesOf(app).Pipeline)).toContain(':table/theirs');
    jest.restoreAllMocks();
  });
});

describe('all at once', () => {
  it('from four stacks synthesises, and makes no bucket and no table', () => {
    const app = appWith();
    const props = Object.entries(KINDS).map(([id, kind]) => kind.made(new Stack(app, id)));
    const pipeline = new Stack(app, 'Pipeline');
    new ServerlessCsvEtl(pipeline, 'Orders', Object.assign({}, ...props));
    app.synth();
    const template = Template.fromStack(pipeline);
    template.resourceCountIs('AWS::S3::Bucket', 0);
    template.resourceCountIs('AWS::DynamoDB::Table', 0);
    template.resourceCountIs('Custom::S3BucketNotifications', 0);
  });

  it('two pipelines share one bucket, each with a prefix of its own', () => {
    const app = appWith();
    const { bucket } = new EtlBucket(new Stack(app, 'Stores'), 'Data', { eventBridgeEnabled: true });
    for (const id of ['One', 'Two']) {
      new ServerlessCsvEtl(new Stack(app, id), 'Orders', { bucket, inputPrefix: `${id.toLowerCase()}/` });
    }
    expect(() => templatesOf(app)).not.toThrow();
  });
});
