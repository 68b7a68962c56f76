import { mkdirSync, mkdtempSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetBucketVersioningCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  App,
  CfnOutput,
  CfnResource,
  Duration,
  Stack,
  aws_apigateway as apigateway,
  aws_dynamodb as dynamodb,
  aws_ec2 as ec2,
  aws_events as events,
  aws_events_targets as targets,
  aws_iam as iam,
  aws_lambda as lambda,
  aws_s3 as s3,
  aws_s3_assets as assets,
  aws_s3_notifications as notifications,
  aws_sqs as sqs,
  aws_stepfunctions as sfn,
  aws_stepfunctions_tasks as tasks,
} from 'aws-cdk-lib';
import { LocalRun } from '../../src/local/local-run';
import { PIPELINE_METADATA } from '../../src/shared/layout';

let directory: string;
let run: LocalRun | undefined;
beforeEach(() => (directory = mkdtempSync(path.join(tmpdir(), 'local-run-'))));
afterEach(async () => {
  await run?.stop();
  run = undefined;
  rmSync(directory, { recursive: true, force: true });
});

/** Synthesises an app in a folder, as `cdk synth` would. */
function synthesise(define: (app: App) => void): string {
  const app = new App({ outdir: path.join(directory, 'cdk.out') });
  define(app);
  app.synth();
  return path.join(directory, 'cdk.out');
}

function inline(
  scope: Stack,
  id: string,
  code: string,
  props: Partial<lambda.FunctionProps> = {},
): lambda.Function {
  return new lambda.Function(scope, id, {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline(code),
    timeout: Duration.seconds(30),
    ...props,
  });
}

const config = () => ({ endpoint: run!.endpoint, region: run!.region, credentials: run!.credentials });

describe('a run of an app', () => {
  it('carries an object from the bucket to a function and its result over stacks to a queue', async () => {
    const assembly = synthesise((app) => {
      const first = new Stack(app, 'First');
      const bucket = new s3.Bucket(first, 'Bucket');
      const second = new Stack(app, 'Second');
      const queue = new sqs.Queue(first, 'Queue');
      const fn = inline(
        first,
        'Fn',
        `const { S3Client, GetObjectCommand } = require('@aws-sdk/client-s3');
         const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');
         exports.handler = async ({ Records: [{ s3 }] }) => {
           const { Body } = await new S3Client({}).send(new GetObjectCommand({ Bucket: s3.bucket.name, Key: s3.object.key }));
           const MessageBody = await Body.transformToString();
           await new SQSClient({}).send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody }));
         }`,
        { environment: { QUEUE_URL: queue.queueUrl } },
      );
      bucket.grantRead(fn);
      queue.grantSendMessages(fn);
      bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new notifications.LambdaDestination(fn), {
        prefix: 'raw/',
      });
      new CfnOutput(first, 'BucketName', { value: bucket.bucketName });
      new CfnOutput(second, 'QueueUrl', { value: queue.queueUrl });
    });
    run = await LocalRun.start({ assembly, appDirectory: __dirname });
    await new S3Client(config()).send(
      new PutObjectCommand({ Bucket: run.outputs.First!.BucketName, Key: 'raw/a.txt', Body: 'content' }),
    );
    const { QueueUrl } = run.outputs.Second!;
    const { Messages } = await new SQSClient(config()).send(
      new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }),
    );
    expect(Messages![0]!.Body).toBe('content');
    expect(run.pipelines).toEqual([]);
  });

  it('serves the API at the address that its output gives', async () => {
    const assembly = synthesise((app) => {
      const stack = new Stack(app, 'Main');
      const fn = inline(stack, 'Fn', 'exports.handler = async (e) => ({ statusCode: 200, body: e.path })');
      new apigateway.LambdaRestApi(stack, 'Api', { handler: fn, cloudWatchRole: false });
    });
    run = await LocalRun.start({ assembly });
    const [url] = Object.values(run.outputs.Main!);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/prod\/$/);
    expect(await (await fetch(`${url}some/path`)).text()).toBe('/some/path');
  });

  it('has the assets where the functions look for them', async () => {
    writeFileSync(path.join(directory, 'spec.json'), '{"a":1}');
    mkdirSync(path.join(directory, 'code'));
    writeFileSync(path.join(directory, 'code/index.js'), 'exports.handler = async () => process.env.BUCKET');
    const assembly = synthesise((app) => {
      const stack = new Stack(app, 'Main');
      const asset = new assets.Asset(stack, 'Spec', { path: path.join(directory, 'spec.json') });
      inline(stack, 'Fn', 'unused', {
        functionName: 'reads',
        code: lambda.Code.fromAsset(path.join(directory, 'code')),
        environment: { BUCKET: asset.s3BucketName },
      });
      new CfnOutput(stack, 'Key', { value: asset.s3ObjectKey });
    });
    run = await LocalRun.start({ assembly });
    const { Payload } = await new LambdaClient(config()).send(new InvokeCommand({ FunctionName: 'reads' }));
    const Bucket = JSON.parse(Payload!.transformToString());
    expect(Bucket).toBe('cdk-hnb659fds-assets-000000000000-us-east-1');
    const { Body } = await new S3Client(config()).send(
      new GetObjectCommand({ Bucket, Key: run.outputs.Main!.Key }),
    );
    expect(await Body!.transformToString()).toBe('{"a":1}');
  });

  it('does what a schedule would do, when it is asked to', async () => {
    const assembly = synthesise((app) => {
      const stack = new Stack(app, 'Main');
      const fn = inline(stack, 'Fn', 'exports.handler = async (e) => console.log(e.source)');
      new events.Rule(stack, 'Daily', {
        schedule: events.Schedule.cron({ hour: '2' }),
        targets: [new targets.LambdaFunction(fn)],
      });
    });
    run = await LocalRun.start({ assembly });
    await run.fireSchedule('Main/Daily/Resource');
    const line = await run.journal.waitFor(({ kind }) => kind === 'log');
    expect(line).toMatchObject({ line: expect.stringContaining('aws.events') });
  });

  it('gives failures of functions to the event bus, where they say so', async () => {
    const assembly = synthesise((app) => {
      const stack = new Stack(app, 'Main');
      const fn = inline(stack, 'Fn', 'exports.handler = async () => 7', { functionName: 'source' });
      events.EventBus.fromEventBusName(stack, 'Bus', 'default').grantPutEventsTo(fn);
      new CfnResource(stack, 'Config', {
        type: 'AWS::Lambda::EventInvokeConfig',
        properties: {
          FunctionName: fn.functionName,
          Qualifier: '$LATEST',
          DestinationConfig: {
            OnSuccess: { Destination: `arn:aws:events:${stack.region}:${stack.account}:event-bus/default` },
          },
        },
      });
      const heard = inline(
        stack,
        'Heard',
        'exports.handler = async (e) => console.log(e.detail.responsePayload)',
      );
      new events.Rule(stack, 'Rule', {
        eventPattern: { source: ['lambda'] },
        targets: [new targets.LambdaFunction(heard)],
      });
    });
    run = await LocalRun.start({ assembly });
    await new LambdaClient(config()).send(
      new InvokeCommand({ FunctionName: 'source', InvocationType: 'Event' }),
    );
    expect(await run.journal.waitFor(({ kind }) => kind === 'log')).toMatchObject({
      line: expect.stringContaining('7'),
    });
  });
});

describe('the policies of an app', () => {
  it('let services call and send only where they say so', async () => {
    const assembly = synthesise((app) => {
      const stack = new Stack(app, 'Main');
      const bucket = new s3.Bucket(stack, 'Bucket');
      const queue = new sqs.Queue(stack, 'Queue', { enforceSSL: true });
      bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new notifications.SqsDestination(queue));
      const closed = new sqs.Queue(stack, 'Closed');
      new events.CfnRule(stack, 'Rule', {
        scheduleExpression: 'rate(1 day)',
        targets: [{ id: 'closed', arn: closed.queueArn }],
      });
      new CfnOutput(stack, 'BucketName', { value: bucket.bucketName });
      new CfnOutput(stack, 'QueueUrl', { value: queue.queueUrl });
    });
    run = await LocalRun.start({ assembly });
    const { BucketName, QueueUrl } = run.outputs.Main!;
    await new S3Client(config()).send(new PutObjectCommand({ Bucket: BucketName, Key: 'a', Body: 'x' }));
    const { Messages } = await new SQSClient(config()).send(
      new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }),
    );
    expect(Messages).toHaveLength(1);
    await run.fireSchedule('Main/Rule');
    expect(run.journal.entries.filter(({ kind }) => kind === 'denied')).toEqual([
      expect.objectContaining({ principal: 'events.amazonaws.com', action: 'sqs:SendMessage' }),
    ]);
  });

  it('keep the rights on what the run has, beside those on what it does not have', async () => {
    const assembly = synthesise((app) => {
      const stack = new Stack(app, 'Main');
      const bucket = new s3.Bucket(stack, 'Bucket');
      const fn = inline(stack, 'Trigger', 'exports.handler = async () => 1', { functionName: 'trigger' });
      (fn.node.defaultChild as lambda.CfnFunction).addMetadata(PIPELINE_METADATA, {
        path: 'Main/Etl',
        bucketName: bucket.bucketName,
        jobTableName: 'their-table',
      });
      const parameter = new CfnResource(stack, 'Parameter', { type: 'AWS::SSM::Parameter' });
      const allow = (actions: string[], resources: string[]): void =>
        fn.addToRolePolicy(new iam.PolicyStatement({ actions, resources }));
      allow(['s3:PutObject'], [bucket.arnForObjects('*'), parameter.ref]);
      allow(['ssm:GetParameter'], [parameter.ref]);
      allow(['sqs:*'], ['*']);
    });
    run = await LocalRun.start({ assembly });
    const role = 'Main/Trigger/ServiceRole';
    const { bucketName } = run.pipelines[0]!;
    expect(run.allows(role, 's3:PutObject', `arn:aws:s3:::${bucketName}/k`)).toBe(true);
    expect(run.allows(role, 'sqs:SendMessage', 'arn:aws:sqs:us-east-1:000000000000:q')).toBe(true);
    expect(run.allows(role, 'ssm:GetParameter', 'arn:aws:x:::y')).toBe(false);
    expect(run.notRun).toEqual([{ path: 'Main/Parameter', type: 'AWS::SSM::Parameter' }]);
  });

  it.each<[string, string, (role: iam.CfnRole, stack: Stack) => void]>([
    [
      'a role that Lambda may not use',
      'lambda.amazonaws.com may not assume the role Main/Fn/ServiceRole/Resource',
      (role) =>
        role.addPropertyOverride(
          'AssumeRolePolicyDocument.Statement.0.Principal.Service',
          'ec2.amazonaws.com',
        ),
    ],
    [
      'a managed policy of unknown text',
      'the managed policy arn:aws:iam::aws:policy/PowerUserAccess, attached at Main/Fn/ServiceRole/Resource',
      (role) => role.addPropertyOverride('ManagedPolicyArns', ['arn:aws:iam::aws:policy/PowerUserAccess']),
    ],
    [
      'a condition that cannot be judged',
      'the condition key aws:SourceIp, used at Main/Shared/Resource, statement 1',
      (_, stack) =>
        new iam.ManagedPolicy(stack, 'Shared', {
          statements: [
            new iam.PolicyStatement({
              actions: ['s3:GetObject'],
              resources: ['*'],
              conditions: { StringEquals: { 'aws:SourceIp': '10.0.0.1' } },
            }),
          ],
        }),
    ],
  ])('stop a run at its start: %s', async (_, message, change) => {
    const assembly = synthesise((app) => {
      const stack = new Stack(app, 'Main');
      const fn = inline(stack, 'Fn', 'exports.handler = async () => 1');
      change(fn.role!.node.defaultChild as iam.CfnRole, stack);
    });
    await expect(LocalRun.start({ assembly })).rejects.toThrow(message);
  });
});

describe('a run of a pipeline', () => {
  /** An app whose pipeline stands on a bucket and a table from elsewhere. */
  const imports = (app: App): void => {
    const stack = new Stack(app, 'Main');
    const fn = inline(stack, 'Trigger', 'exports.handler = async () => 1');
    const bucket = s3.Bucket.fromBucketName(stack, 'Theirs', 'their-bucket');
    const table = dynamodb.Table.fromTableName(stack, 'TheirTable', 'their-table');
    s3.Bucket.fromBucketName(stack, 'Lookup', 'their-lookups').grantRead(fn);
    bucket.grantRead(fn);
    dynamodb.Table.fromTableName(stack, 'Prices', 'their-prices').grantReadData(fn);
    table.grantReadData(fn);
    (fn.node.defaultChild as lambda.CfnFunction).addMetadata(PIPELINE_METADATA, {
      path: 'Main/Etl',
      environmentSuffix: 'dev',
      pipeline: 'main-etl',
      bucketName: bucket.bucketName,
      inputPrefix: 'raw/',
      inputSuffixes: ['.csv'],
      stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:none',
      jobTableName: table.tableName,
    });
    new ec2.Vpc(stack, 'Unrelated', { natGateways: 0 });
    new Stack(app, 'Other');
  };

  it('makes imported buckets and tables, empty, and says so', async () => {
    run = await LocalRun.start({ assembly: synthesise(imports), stacks: ['Main'] });
    expect(run.pipelines).toMatchObject([
      { path: 'Main/Etl', stackName: 'Main', bucketName: 'their-bucket' },
    ]);
    expect(run.imported).toEqual([
      { name: 'their-bucket', type: 'AWS::S3::Bucket', made: true },
      { name: 'their-lookups', type: 'AWS::S3::Bucket', made: true },
      { name: 'their-table', type: 'AWS::DynamoDB::Table', made: true },
      { name: 'their-prices', type: 'AWS::DynamoDB::Table', made: false },
    ]);
    const { Status } = await new S3Client(config()).send(
      new GetBucketVersioningCommand({ Bucket: 'their-bucket' }),
    );
    expect(Status).toBe('Enabled');
    const { Table } = await new DynamoDBClient(config()).send(
      new DescribeTableCommand({ TableName: 'their-table' }),
    );
    expect(Table!.KeySchema!.map(({ AttributeName }) => AttributeName)).toEqual(['jobId', 'fileName']);
  });

  it('lists what it does not run', async () => {
    run = await LocalRun.start({ assembly: synthesise(imports) });
    expect(run.notRun.map(({ type }) => type)).toContain('AWS::EC2::VPC');
    expect(run.notRun.find(({ type }) => type === 'AWS::EC2::VPC')!.path).toBe('Main/Unrelated/Resource');
  });

  it('makes no table twice', async () => {
    run = await LocalRun.start({
      assembly: synthesise((app) => {
        imports(app);
        const stack = app.node.findChild('Main') as Stack;
        const table = new dynamodb.Table(stack, 'Own', {
          tableName: 'their-table',
          partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
        });
        new s3.Bucket(stack, 'OwnBucket', { bucketName: 'their-bucket' });
        table.grantReadData(stack.node.findChild('Trigger') as lambda.Function);
        (stack.node.findChild('Trigger') as lambda.Function).addToRolePolicy(
          new iam.PolicyStatement({
            actions: ['s3:ListBucket'],
            resources: [(stack.node.findChild('OwnBucket') as s3.Bucket).bucketArn],
          }),
        );
      }),
    });
    expect(run.imported).toEqual([
      { name: 'their-lookups', type: 'AWS::S3::Bucket', made: true },
      { name: 'their-prices', type: 'AWS::DynamoDB::Table', made: false },
    ]);
  });
});

describe('code that is given for a function', () => {
  it('runs in the place of its own', async () => {
    const here = path.join(directory, 'here');
    mkdirSync(here);
    writeFileSync(path.join(here, 'index.js'), "exports.handler = async () => 'here'");
    const assembly = synthesise(
      (app) =>
        void inline(new Stack(app, 'Main'), 'Fn', "exports.handler = async () => 'deployed'", {
          functionName: 'fn',
        }),
    );
    run = await LocalRun.start({ assembly, code: { 'Main/Fn': here } });
    const { Payload } = await new LambdaClient(config()).send(new InvokeCommand({ FunctionName: 'fn' }));
    expect(Payload!.transformToString()).toBe('"here"');
  });
});

describe('the end of a run', () => {
  const one = (app: App): void =>
    void inline(new Stack(app, 'Main'), 'Fn', 'exports.handler = async () => process.pid', {
      functionName: 'pid',
    });

  it('leaves no process, listener or file', async () => {
    const dataDir = path.join(directory, 'data');
    run = await LocalRun.start({ assembly: synthesise(one), dataDir });
    const { Payload } = await new LambdaClient(config()).send(new InvokeCommand({ FunctionName: 'pid' }));
    const pid = JSON.parse(Payload!.transformToString()) as number;
    await run.stop();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    await expect(fetch(run.endpoint)).rejects.toThrow();
    expect(existsSync(dataDir)).toBe(true);
    run = undefined;
  });

  it('comes at once where the app cannot be run', async () => {
    const assembly = synthesise((app) => void new ec2.Vpc(new Stack(app, 'Main'), 'Vpc', { natGateways: 0 }));
    await expect(LocalRun.start({ assembly })).rejects.toThrow(
      'the local run does not provide the resource type AWS::EC2::VPC, which the pipeline needs at Main/Vpc/Resource',
    );
    await expect(LocalRun.start({ assembly, stacks: ['None'] })).rejects.toThrow(
      'the app has no stack None; it has Main',
    );
  });

  it('comes at once where a function cannot run, before a file fails on it', async () => {
    const assembly = synthesise((app) => {
      const stack = new Stack(app, 'Main');
      const code = lambda.Code.fromAsset(__dirname, { exclude: ['**', '!local-run.test.ts'] });
      const lambdaFunction = inline(stack, 'Fn', '-', { runtime: lambda.Runtime.RUBY_3_4, code });
      new sfn.StateMachine(stack, 'Machine', {
        definitionBody: sfn.DefinitionBody.fromChainable(
          new tasks.LambdaInvoke(stack, 'Call', { lambdaFunction }),
        ),
      });
    });
    await expect(LocalRun.start({ assembly })).rejects.toThrow(
      'the local run does not provide the Lambda runtime ruby3.4, needed by Main/Fn/Resource',
    );
  });

  it('comes at once where code is given for a function that is not there', async () => {
    const assembly = synthesise(one);
    await expect(LocalRun.start({ assembly, code: { 'Main/F': directory } })).rejects.toThrow(
      'the local run does not provide code for Main/F: the functions are Main/Fn/Resource',
    );
  });
});
