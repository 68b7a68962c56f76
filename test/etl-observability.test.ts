import { Duration, Token, type Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EtlApi, EtlObservability, type EtlObservabilityProps, EtlStateMachine, EtlTrigger } from '../src';
import { errorOf, functionNamed, resourceOfType, resourcesOfType, rightsOf, templateOf } from './synthesis';

type Own = Partial<EtlObservabilityProps>;

function machineIn(stack: Stack): EtlStateMachine {
  return new EtlStateMachine(stack, 'Machine', {
    bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'data'),
    jobTable: dynamodb.Table.fromTableName(stack, 'Table', 'jobs'),
    pipeline: 'orders',
  });
}

/** Observability alone, of a state machine whose trigger and API are somebody else's. */
function watchIn(stack: Stack, props: Own = {}): EtlObservability {
  return new EtlObservability(stack, 'Watch', {
    ...props,
    stateMachine: props.stateMachine ?? machineIn(stack),
  });
}

const templateWith = (props?: Own) => templateOf((stack) => watchIn(stack, props));

const alarmsOf = (template: Template) =>
  resourcesOfType(template, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);

const idsOf = (template: Template) =>
  alarmsOf(template).map(({ AlarmName }) => AlarmName.replace(/^shop-watch-alarms-|-dev-[0-9a-f]{8}$/g, ''));

describe('the dashboard', () => {
  it('has six widgets, and the region in its name, since dashboards are global', () => {
    const { DashboardBody, DashboardName } = resourceOfType(
      templateWith(),
      'AWS::CloudWatch::Dashboard',
    ).Properties;
    const text = DashboardBody['Fn::Join'][1].map((part: unknown) => (typeof part === 'string' ? part : 'x'));
    const titles = JSON.parse(text.join('')).widgets.map((widget: any) => widget.properties.title);
    expect(titles).toEqual([
      'Jobs: success and failure rate',
      'Jobs: processing latency',
      'Rows read, written, rejected, filtered',
      'Steps: duration',
      'Executions',
      'Function errors and dead letters',
    ]);
    expect(JSON.stringify(DashboardName)).toMatch(/shop-watch-dev-[0-9a-f]{8}-.*AWS::Region/);
  });
});

describe('the alarms', () => {
  it('cover executions, every function, every dead-letter queue, and the data', () => {
    expect(idsOf(templateWith())).toEqual([
      'executionsfailed',
      'executionstimedout',
      'validateerrors',
      'transformerrors',
      'enricherrors',
      'finisherrors',
      'qualitycheckerrors',
      'finishdeadletters',
      'finisheventslost',
      'qualitycheckdeadletters',
      'qualitycheckeventslost',
      'rejectrate',
      'qualityfindings',
    ]);
  });

  it('cover trigger and API where they are given', () => {
    const template = templateOf((stack) => {
      const stateMachine = machineIn(stack);
      const { bucket, jobTable } = stateMachine;
      const intake = { bucket, jobTable, stateMachine: stateMachine.stateMachine };
      watchIn(stack, {
        stateMachine,
        trigger: new EtlTrigger(stack, 'Trigger', intake),
        api: new EtlApi(stack, 'Api', intake),
      });
    });
    expect(idsOf(template)).toEqual(
      expect.arrayContaining(['triggererrors', 'triggerdeadletters', 'apierrors']),
    );
  });

  it('say what to do, and are silent while there is nothing to measure', () => {
    for (const alarm of alarmsOf(templateWith())) {
      expect(alarm.AlarmDescription.length).toBeGreaterThan(80);
      expect(alarm.TreatMissingData).toBe('notBreaching');
      expect(alarm.AlarmActions).toBeUndefined();
    }
  });

  it('send to the topic', () => {
    const template = templateOf((stack) => {
      const topic = sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:us-east-1:123456789012:alarms');
      expect(watchIn(stack, { topic }).alarms).toHaveLength(13);
    });
    for (const alarm of alarmsOf(template)) {
      expect(alarm.AlarmActions).toEqual(['arn:aws:sns:us-east-1:123456789012:alarms']);
    }
  });

  it('ring above the reject rate that is given', () => {
    const alarm = alarmsOf(templateWith({ rejectRateThreshold: 3.5 })).find(({ AlarmName }) =>
      AlarmName.includes('rejectrate'),
    );
    expect(alarm).toMatchObject({ Threshold: 3.5, ComparisonOperator: 'GreaterThanThreshold' });
    expect(alarm!.AlarmDescription).toMatch(/^More than 3.5 %/);
    expect(
      alarm!.Metrics.map((metric: any) => metric.Expression ?? metric.MetricStat.Metric.MetricName),
    ).toEqual(['100 * rejected / read', 'RowsRejected', 'RowsRead']);
  });
});

describe('the quality check', () => {
  it('runs daily at 02:00 UTC, with a queue for events that it fails on', () => {
    const template = templateWith();
    const rule = resourcesOfType(template, 'AWS::Events::Rule').find(
      (each) => each.Properties.ScheduleExpression,
    )!;
    expect(rule.Properties).toMatchObject({
      ScheduleExpression: 'cron(0 2 * * ? *)',
      Name: expect.stringMatching(/^shop-watch-dev-[0-9a-f]{8}$/),
    });
    const queue = 'WatchQualityCheckDeadLetterQueue';
    expect(rule.Properties.Targets[0].DeadLetterConfig.Arn['Fn::GetAtt'][0]).toContain(queue);
    const { DeadLetterConfig } = functionNamed(template, 'watch-qualitycheck').Properties;
    expect(DeadLetterConfig.TargetArn['Fn::GetAtt'][0]).toContain(queue);
  });

  it('runs on another schedule', () => {
    const template = templateWith({ qualityCheckSchedule: events.Schedule.rate(Duration.hours(1)) });
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 hour)' });
  });

  it('may query jobs by status, look at outputs and write reports', () => {
    const rights = rightsOf(templateWith(), 'watch-qualitycheck') as any[];
    expect(rights.map((right) => right.Action)).toEqual([
      'dynamodb:Query',
      's3:GetObject',
      's3:PutObject',
      's3:ListBucket',
    ]);
    expect(JSON.stringify(rights[0].Resource)).toContain('table/jobs/index/status-timestamp');
    expect(JSON.stringify(rights[2].Resource)).toContain(':s3:::data/reports/*');
  });

  it('knows after which time a job is stuck', () => {
    const minutes = (props?: Own) =>
      functionNamed(templateWith(props), 'watch-qualitycheck').Properties.Environment.Variables
        .ETL_STUCK_AFTER_MINUTES;
    expect(minutes()).toBe('120');
    expect(minutes({ stuckAfter: Duration.hours(3) })).toBe('180');
    expect(minutes({ stuckAfter: Duration.minutes(Token.asNumber({ Ref: 'Minutes' })) })).toEqual({
      Ref: 'Minutes',
    });
  });

  it('counts its findings', () => {
    templateOf((stack) => {
      expect(watchIn(stack).metricQualityFindings()).toMatchObject({
        namespace: 'ServerlessCsvEtl',
        metricName: 'QualityFindings',
        dimensions: { Pipeline: 'orders' },
        statistic: 'Maximum',
      });
    });
  });
});

describe('wrong props', () => {
  it.each<[Own, string]>([
    [
      { stuckAfter: Duration.seconds(90) },
      'stuckAfter must be a whole number of minutes, at least 1, got 1 minute 30 seconds',
    ],
    [
      { stuckAfter: Duration.minutes(0) },
      'stuckAfter must be a whole number of minutes, at least 1, got 0 minutes',
    ],
    [{ rejectRateThreshold: 101 }, 'rejectRateThreshold must be a percentage from 0 to 100, got 101'],
    [{ rejectRateThreshold: Number.NaN }, 'rejectRateThreshold must be a percentage from 0 to 100, got NaN'],
    [{ environmentSuffix: 'A' }, 'environmentSuffix must be 1 to 20'],
    [{ runtime: lambda.Runtime.PYTHON_3_12 }, 'runtime must be a Node.js runtime, got python3.12'],
  ])('%j are refused', (props, message) => {
    expect(errorOf((stack) => watchIn(stack, props))).toContain(`Shop/Watch: ${message}`);
  });

  it('a threshold may be a token', () => {
    const template = templateWith({ rejectRateThreshold: Token.asNumber({ Ref: 'Percent' }) });
    expect(JSON.stringify(alarmsOf(template))).toContain('"Threshold":{"Ref":"Percent"}');
  });
});
