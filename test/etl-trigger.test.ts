import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { EtlBucket, EtlTrigger, type EtlTriggerProps } from '../src';
import { appWith, errorOf, functionNamed, resourceOfType, rightsOf, templateOf } from './synthesis';

type Own = Partial<EtlTriggerProps>;

/** A trigger alone, for a state machine that somebody else has made. */
function triggerIn(stack: Stack, props: Own = {}): EtlTrigger {
  return new EtlTrigger(stack, 'Intake', {
    bucket: props.bucket ?? s3.Bucket.fromBucketName(stack, 'Bucket', 'data'),
    jobTable: dynamodb.Table.fromTableName(stack, 'Table', 'jobs'),
    stateMachine: sfn.StateMachine.fromStateMachineName(stack, 'Machine', 'machine'),
    ...props,
  });
}

const notificationsOf = (template: Template) =>
  resourceOfType(template, 'Custom::S3BucketNotifications').Properties.NotificationConfiguration
    .LambdaFunctionConfigurations;

const filtersOf = (template: Template) =>
  notificationsOf(template).map(({ Filter }: any) =>
    Object.fromEntries(Filter.Key.FilterRules.map(({ Name, Value }: any) => [Name, Value])),
  );

describe('a bucket that EtlBucket made in the same stack', () => {
  const withOwnBucket = (props: Own = {}) =>
    templateOf((stack) => {
      const { bucket } = new EtlBucket(stack, 'Data');
      expect(triggerIn(stack, { bucket, ...props }).rule).toBeUndefined();
    });

  it('notifies the function of every kind of creation, under raw/ and ending with .csv', () => {
    const template = withOwnBucket();
    expect(notificationsOf(template)).toHaveLength(1);
    expect(notificationsOf(template)[0].Events).toEqual(['s3:ObjectCreated:*']);
    expect(filtersOf(template)).toEqual([{ prefix: 'raw/', suffix: '.csv' }]);
    template.hasResourceProperties('AWS::Lambda::Permission', { Principal: 's3.amazonaws.com' });
    template.resourceCountIs('AWS::Events::Rule', 0);
  });

  it('has one notification for each suffix, and one for corrected rejects', () => {
    expect(filtersOf(withOwnBucket({ inputPrefix: 'in/', inputSuffixes: ['.txt', '.tsv'] }))).toEqual([
      { prefix: 'in/', suffix: '.txt' },
      { prefix: 'in/', suffix: '.tsv' },
      { prefix: 'in/', suffix: '.rejects.csv' },
    ]);
  });

  it('has one notification in place of those that the one for corrected rejects covers', () => {
    expect(filtersOf(withOwnBucket({ inputSuffixes: ['.txt', 'x.rejects.csv'] }))).toEqual([
      { prefix: 'raw/', suffix: '.txt' },
      { prefix: 'raw/', suffix: '.rejects.csv' },
    ]);
  });

  it.each<[Own, string]>([
    [{ inputPrefix: 'new files/' }, 'inputPrefix must hold only .*, got "new files/"'],
    [{ inputPrefix: 'büro/' }, 'inputPrefix must hold only .*, got "büro/"'],
    [{ inputSuffixes: ['+.csv'] }, 'inputSuffixes must hold only .*, got "[+].csv"'],
    [{ inputSuffixes: ['.csv', '%20.txt'] }, 'inputSuffixes must hold only .*, got "%20.txt"'],
  ])('cannot listen by %j, which S3 compares with encoded keys', (props, message) => {
    const add = (stack: Stack) => triggerIn(stack, { bucket: new EtlBucket(stack, 'Data').bucket, ...props });
    expect(errorOf(add)).toMatch(
      new RegExp(
        `^Shop/Intake: ${message}; a bucket that sends its events to EventBridge takes every character$`,
      ),
    );
  });

  it('listens by every character that needs no encoding, and by a prefix that is not known yet', () => {
    const prefix = `aZ0!-_.'()/`;
    expect(filtersOf(withOwnBucket({ inputPrefix: prefix }))).toEqual([{ prefix, suffix: '.csv' }]);
    const inputPrefix = Lazy.string({ produce: () => 'late/' });
    expect(filtersOf(withOwnBucket({ inputPrefix }))).toEqual([{ prefix: 'late/', suffix: '.csv' }]);
  });
});

describe('two triggers on one bucket', () => {
  const twoOn = (one: Own, two: Own) => (stack: Stack) => {
    const { bucket } = new EtlBucket(stack, 'Data');
    const jobTable = dynamodb.Table.fromTableName(stack, 'Table', 'jobs');
    const stateMachine = sfn.StateMachine.fromStateMachineName(stack, 'Machine', 'machine');
    new EtlTrigger(stack, 'One', { bucket, jobTable, stateMachine, ...one });
    new EtlTrigger(stack, 'Two', { bucket, jobTable, stateMachine, ...two });
  };

  it('have each a prefix of their own', () => {
    expect(filtersOf(templateOf(twoOn({ inputPrefix: 'a/' }, { inputPrefix: 'b/' })))).toHaveLength(2);
  });

  it('cannot listen to the same keys, which S3 would refuse', () => {
    expect(errorOf(twoOn({}, { inputPrefix: 'raw/eu/' }))).toBe(
      'Shop/Two: inputPrefix and inputSuffixes must not overlap with those of Shop/One on the same bucket, ' +
        'got raw/eu/*.csv beside raw/*.csv',
    );
    expect(errorOf(twoOn({ inputPrefix: 'raw/eu/', inputSuffixes: ['s.csv'] }, {}))).toContain(
      'got raw/*.csv beside raw/eu/*s.csv',
    );
  });
});

describe('any other bucket', () => {
  it('is listened to by a rule, with a dead-letter queue, and is itself left alone', () => {
    const template = templateOf((stack) => {
      const trigger = triggerIn(stack, {
        bucket: new s3.Bucket(stack, 'Theirs'),
        inputSuffixes: ['.csv', '.txt'],
      });
      expect(trigger.rule).toBeDefined();
    });
    const rule = resourceOfType(template, 'AWS::Events::Rule').Properties;
    expect(rule.EventPattern).toMatchObject({
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { object: { key: [{ wildcard: 'raw/*.csv' }, { wildcard: 'raw/*.txt' }] } },
    });
    expect(rule.EventPattern.detail.bucket.name[0].Ref).toContain('Theirs');
    expect(rule.Targets[0].DeadLetterConfig.Arn['Fn::GetAtt'][0]).toContain('HandlerDeadLetterQueue');
    template.resourceCountIs('Custom::S3BucketNotifications', 0);
  });

  it('is listened to by keys as they are, since EventBridge does not encode them', () => {
    const template = templateOf((stack) =>
      triggerIn(stack, { inputPrefix: 'büro/new files/', inputSuffixes: [' + 100%.csv'] }),
    );
    const { detail } = resourceOfType(template, 'AWS::Events::Rule').Properties.EventPattern;
    expect(detail.object.key).toEqual([
      { wildcard: 'büro/new files/* + 100%.csv' },
      { wildcard: 'büro/new files/*.rejects.csv' },
    ]);
  });

  it('of EtlBucket in another stack has to send its events to EventBridge', () => {
    const app = appWith();
    const { bucket } = new EtlBucket(new Stack(app, 'Stores'), 'Data');
    const { bucket: sending } = new EtlBucket(new Stack(app, 'Senders'), 'Data', {
      eventBridgeEnabled: true,
    });
    expect(() => triggerIn(new Stack(app, 'Silent'), { bucket })).toThrow(
      'Silent/Intake: the bucket Stores/Data/Bucket is in another stack: its EtlBucket needs eventBridgeEnabled: true, got false',
    );
    expect(triggerIn(new Stack(app, 'Heard'), { bucket: sending }).rule).toBeDefined();
    app.synth();
  });
});

describe('the function', () => {
  it('knows its pipeline and may put jobs and start executions, no more', () => {
    const template = templateOf((stack) =>
      triggerIn(stack, { jobRetention: Duration.days(100), pipeline: 'orders' }),
    );
    expect(functionNamed(template, 'intake').Properties).toMatchObject({
      MemorySize: 256,
      Environment: {
        Variables: {
          ETL_PIPELINE: 'orders',
          ETL_JOB_TABLE: 'jobs',
          ETL_BUCKET: 'data',
          ETL_INPUT_PREFIX: 'raw/',
          ETL_INPUT_SUFFIXES: '.csv',
          ETL_JOB_RETENTION_SECONDS: '8640000',
        },
      },
    });
    expect(rightsOf(template, 'intake').map((right: any) => right.Action)).toEqual([
      ['dynamodb:PutItem', 'dynamodb:GetItem'],
      'states:StartExecution',
    ]);
  });

  it('has an encrypted, TLS-only queue for the events that it fails on', () => {
    const template = templateOf((stack) => triggerIn(stack));
    const queueId = functionNamed(template, 'intake').Properties.DeadLetterConfig.TargetArn['Fn::GetAtt'][0];
    expect(template.findResources('AWS::SQS::Queue')[queueId].Properties).toMatchObject({
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 24 * 3600,
      QueueName: expect.stringMatching(/^shop-intake-handlerdeadletterqueue-dev-[0-9a-f]{8}$/),
    });
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: [{ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }, {}],
      },
    });
  });

  it('says in the template which pipeline it belongs to', () => {
    const template = templateOf((stack) => triggerIn(stack, { environmentSuffix: 'test' }));
    expect(functionNamed(template, 'intake').Metadata!['serverless-csv-etl:pipeline']).toMatchObject({
      path: 'Shop/Intake',
      environmentSuffix: 'test',
      pipeline: expect.stringMatching(/^shop-intake-test-[0-9a-f]{8}$/),
      bucketName: 'data',
      inputPrefix: 'raw/',
      inputSuffixes: ['.csv'],
      jobTableName: 'jobs',
    });
  });
});

describe('wrong props', () => {
  const messageOf = (props: Own) => errorOf((stack) => triggerIn(stack, props));

  it.each<[string[], string]>([
    [[], "inputSuffixes must be one or more texts without commas, * or backslashes, such as '.csv', got []"],
    [
      [''],
      `inputSuffixes must be one or more texts without commas, * or backslashes, such as '.csv', got [""]`,
    ],
    [
      ['.csv,.txt'],
      `inputSuffixes must be one or more texts without commas, * or backslashes, such as '.csv', got [".csv,.txt"]`,
    ],
    [['.csv', 'orders.csv'], 'inputSuffixes must not overlap, and orders.csv ends with .csv'],
    [['.csv', '.csv'], 'inputSuffixes must not overlap, and .csv ends with .csv'],
  ])('the suffixes cannot be %j', (inputSuffixes, message) => {
    expect(messageOf({ inputSuffixes })).toBe(`Shop/Intake: ${message}`);
  });

  it('the suffixes cannot be a token', () => {
    expect(messageOf({ inputSuffixes: Lazy.list({ produce: () => ['.csv'] }) })).toBe(
      'Shop/Intake: inputSuffixes must be known at synthesis; got a token',
    );
  });

  it('the input prefix cannot lie where the pipeline writes', () => {
    expect(messageOf({ inputPrefix: 'failed/' })).toContain(
      'Shop/Intake: inputPrefix must not overlap with failed/',
    );
  });

  it('the retention of jobs is whole days', () => {
    expect(messageOf({ jobRetention: Duration.hours(30) })).toBe(
      'Shop/Intake: jobRetention must be a whole number of days, at least 1, got 1 day 6 hours',
    );
  });

  it('jobs are kept as long as the names of their executions stay taken', () => {
    expect(messageOf({ jobRetention: Duration.days(30) })).toBe(
      'Shop/Intake: jobRetention must be at least 90 days, as long as the names of ended executions stay taken, got 30 days',
    );
  });

  it('the function runs on Node.js', () => {
    expect(messageOf({ runtime: lambda.Runtime.JAVA_21 })).toBe(
      'Shop/Intake: runtime must be a Node.js runtime, got java21',
    );
  });

  it('the pipeline has a name', () => {
    expect(messageOf({ pipeline: '' })).toBe(
      'Shop/Intake: pipeline must be 1 to 100 letters, digits, hyphens, underscores and dots, got ""',
    );
  });
});
