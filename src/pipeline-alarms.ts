import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { EtlStateMachine } from './etl-state-machine';
import { MAX_NAME_LENGTH, physicalName } from './names';
import { functionErrors, pipelineMetric } from './pipeline-metric';
import { topicReference } from './resource-reference';

export interface PipelineAlarmsProps {
  readonly environmentSuffix: string;
  readonly stateMachine: EtlStateMachine;
  readonly functions: Readonly<Record<string, lambda.IFunction>>;
  readonly deadLetterQueues: Readonly<Record<string, sqs.IQueue>>;
  readonly rejectRateThreshold: number;
  readonly topic?: sns.ITopic;
}

interface AlarmDefinition {
  readonly id: string;
  readonly metric: cloudwatch.IMetric;
  readonly threshold: number;
  readonly comparisonOperator?: cloudwatch.ComparisonOperator;
  /** What happened, and what to do now. */
  readonly description: string;
}

const FIVE_MINUTES = Duration.minutes(5);

/** The alarms of a pipeline. Each is silent while there is nothing to measure. */
export class PipelineAlarms extends Construct {
  readonly alarms: cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: PipelineAlarmsProps) {
    super(scope, id);
    const definitions = [
      ...executionAlarms(props),
      ...functionAlarms(props),
      ...deadLetterAlarms(props),
      ...dataAlarms(props),
    ];
    const topicArn = props.topic && topicReference(this, props.topic).arn;
    this.alarms = definitions.map((definition) => {
      const alarm = new cloudwatch.Alarm(this, definition.id, {
        alarmName: physicalName(this, props.environmentSuffix, MAX_NAME_LENGTH.alarm, definition.id),
        alarmDescription: definition.description,
        metric: definition.metric,
        threshold: definition.threshold,
        comparisonOperator:
          definition.comparisonOperator ?? cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: 1,
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      });
      if (topicArn) alarm.addAlarmAction({ bind: () => ({ alarmActionArn: topicArn }) });
      return alarm;
    });
  }
}

function executionAlarms({ stateMachine }: PipelineAlarmsProps): AlarmDefinition[] {
  const machine = stateMachine.stateMachine;
  return [
    {
      id: 'ExecutionsFailed',
      metric: machine.metricFailed({ period: FIVE_MINUTES }),
      threshold: 1,
      description:
        'A job failed. Look up FAILED jobs in the job table (index status-timestamp): errorCode and step say why. ' +
        'Correct the file and upload it again, or POST /trigger with replay: true once the cause is gone.',
    },
    {
      id: 'ExecutionsTimedOut',
      metric: machine.metricTimedOut({ period: FIVE_MINUTES }),
      threshold: 1,
      description:
        'A job took longer than the timeout of the state machine. Look at the durations of its steps in the job table; ' +
        'raise the timeout, or the memory of the slow step, then POST /trigger with replay: true.',
    },
  ];
}

function functionAlarms({ stateMachine, functions }: PipelineAlarmsProps): AlarmDefinition[] {
  return Object.entries(functions).map(([name, handler]) => ({
    id: `${name}Errors`,
    metric: functionErrors(stateMachine, handler, { period: FIVE_MINUTES }),
    threshold: 1,
    description:
      `The ${name} function ended with an error. Steps also do so for files that cannot be read; such a job is FAILED ` +
      `with an errorCode. Otherwise search the function's log of the last minutes for level ERROR.`,
  }));
}

function deadLetterAlarms({ deadLetterQueues, functions }: PipelineAlarmsProps): AlarmDefinition[] {
  return Object.entries(deadLetterQueues).flatMap(([name, queue]) => [
    deadLettersAlarm(name, queue),
    lostEventsAlarm(name, functions[name]),
  ]);
}

function deadLettersAlarm(name: string, queue: sqs.IQueue): AlarmDefinition {
  return {
    id: `${name}DeadLetters`,
    metric: queue.metricApproximateNumberOfMessagesVisible({ period: FIVE_MINUTES, statistic: 'Maximum' }),
    threshold: 1,
    description:
      `The ${name} function could not handle an event. Read the messages of its dead-letter queue, remove the cause, ` +
      'invoke the function with each message body, and delete the message. They are kept for 14 days.',
  };
}

function lostEventsAlarm(name: string, handler: lambda.IFunction): AlarmDefinition {
  return {
    id: `${name}EventsLost`,
    metric: handler.metric('DeadLetterErrors', { period: FIVE_MINUTES, statistic: 'Sum' }),
    threshold: 1,
    description:
      `The ${name} function could not handle an event, nor could Lambda send it to the dead-letter queue. Check that the ` +
      "queue is there and that the function's role may send to it; then POST /trigger for the files of that time.",
  };
}

function dataAlarms({ stateMachine, rejectRateThreshold }: PipelineAlarmsProps): AlarmDefinition[] {
  const period = Duration.hours(1);
  return [
    {
      id: 'RejectRate',
      metric: new cloudwatch.MathExpression({
        expression: '100 * rejected / read',
        usingMetrics: {
          rejected: stateMachine.metricRowsRejected({ period }),
          read: stateMachine.metricRowsRead({ period }),
        },
        label: 'Reject rate',
        period,
      }),
      threshold: rejectRateThreshold,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      description:
        `More than ${rejectRateThreshold} % of the rows of an hour were rejected. Open the rejects files under failed/: ` +
        'column and code show what changed in the files. Correct the rows and drop the file back, or adapt the schema.',
    },
    {
      id: 'QualityFindings',
      metric: pipelineMetric(stateMachine.pipeline, 'qualityFindings', { period }),
      threshold: 1,
      description:
        'The daily check found stuck jobs, missing outputs, too many rejects or broken conservation. Open the newest ' +
        'report under reports/quality/ in the bucket: it lists each finding and its job.',
    },
  ];
}
