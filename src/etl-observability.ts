import { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { environmentSuffixOf } from './environment-suffix';
import type { EtlApi } from './etl-api';
import type { EtlStateMachine } from './etl-state-machine';
import type { EtlTrigger } from './etl-trigger';
import { checkedRuntime } from './function-checks';
import { MAX_NAME_LENGTH, physicalName } from './names';
import { PipelineAlarms } from './pipeline-alarms';
import { PipelineDashboard } from './pipeline-dashboard';
import { pipelineMetric } from './pipeline-metric';
import { checkedMinutes, checkedPercent } from './prop-checks';
import { QualityCheckFunction } from './quality-check-function';

/** Props of EtlObservability. */
export interface EtlObservabilityProps {
  /**
   * Part of every name, so that several environments fit into one account: 1 to 20 lower-case letters, digits and
   * inner hyphens.
   * @default - the context value `environmentSuffix`, else `dev`
   */
  readonly environmentSuffix?: string;

  /** The state machine that is watched, with its functions, its bucket and its table of jobs. */
  readonly stateMachine: EtlStateMachine;

  /**
   * The trigger that is watched.
   * @default - none
   */
  readonly trigger?: EtlTrigger;

  /**
   * The API that is watched.
   * @default - none
   */
  readonly api?: EtlApi;

  /**
   * Gets a message from every alarm. A topic with encryption needs a customer-managed key that lets
   * `cloudwatch.amazonaws.com` use it.
   * @default - alarms change their state and send nothing
   */
  readonly topic?: sns.ITopic;

  /**
   * When the quality check runs.
   * @default - daily at 02:00 UTC
   */
  readonly qualityCheckSchedule?: events.Schedule;

  /**
   * Time without a change after which the quality check calls an unfinished job stuck, in whole minutes.
   * @default Duration.hours(2)
   */
  readonly stuckAfter?: Duration;

  /**
   * Percentage of an hour's rows that may be rejected before the alarm.
   * @default 20
   */
  readonly rejectRateThreshold?: number;

  /**
   * Node.js runtime of the function.
   * @default lambda.Runtime.NODEJS_24_X
   */
  readonly runtime?: lambda.Runtime;
}

/**
 * A dashboard, alarms that say what to do, and a daily check for what alarms do not see: stuck jobs, missing outputs,
 * reject rates above normal, broken conservation. The check writes `reports/quality/<pipeline>/<date>.html` and `.json`.
 */
export class EtlObservability extends Construct {
  /** Six widgets on one page. */
  public readonly dashboard: cloudwatch.Dashboard;

  /** All alarms: executions, functions, dead-letter queues, reject rate, quality findings. */
  public readonly alarms: cloudwatch.Alarm[];

  /** Does the daily check. */
  public readonly qualityCheckFunction: lambda.Function;

  /** Starts the daily check. */
  public readonly qualityCheckRule: events.Rule;

  /** Holds the events of checks that failed. */
  public readonly deadLetterQueue: sqs.Queue;

  private readonly pipeline: string;

  public constructor(scope: Construct, id: string, props: EtlObservabilityProps) {
    super(scope, id);
    const suffix = environmentSuffixOf(this, props.environmentSuffix);
    const { stateMachine, trigger, api } = props;
    this.pipeline = stateMachine.pipeline;
    const qualityCheck = new QualityCheckFunction(this, 'QualityCheck', {
      environmentSuffix: suffix,
      pipeline: this.pipeline,
      bucket: stateMachine.bucket,
      jobTable: stateMachine.jobTable,
      stuckAfter: checkedMinutes(this, 'stuckAfter', props.stuckAfter ?? Duration.hours(2)),
      runtime: checkedRuntime(this, props.runtime),
    });
    this.qualityCheckFunction = qualityCheck.function;
    this.deadLetterQueue = qualityCheck.deadLetterQueue;
    this.qualityCheckRule = new events.Rule(this, 'QualityCheckRule', {
      ruleName: physicalName(this, suffix, MAX_NAME_LENGTH.rule),
      description: `Quality check of ${this.pipeline}`,
      schedule: props.qualityCheckSchedule ?? events.Schedule.cron({ hour: '2', minute: '0' }),
      targets: [
        new targets.LambdaFunction(this.qualityCheckFunction, { deadLetterQueue: this.deadLetterQueue }),
      ],
    });

    const watched = {
      environmentSuffix: suffix,
      stateMachine,
      functions: {
        ...(trigger && { Trigger: trigger.triggerFunction }),
        Validate: stateMachine.validateFunction,
        Transform: stateMachine.transformFunction,
        Enrich: stateMachine.enrichFunction,
        Finish: stateMachine.finishFunction,
        QualityCheck: this.qualityCheckFunction,
        ...(api && { Api: api.apiFunction }),
      },
      deadLetterQueues: {
        ...(trigger && { Trigger: trigger.deadLetterQueue }),
        Finish: stateMachine.failureDeadLetterQueue,
        QualityCheck: this.deadLetterQueue,
      },
    };
    this.dashboard = new PipelineDashboard(this, 'Dashboard', watched);
    this.alarms = new PipelineAlarms(this, 'Alarms', {
      ...watched,
      topic: props.topic,
      rejectRateThreshold: checkedPercent(this, 'rejectRateThreshold', props.rejectRateThreshold ?? 20),
    }).alarms;
  }

  /**
   * Findings of the quality check.
   * @default - maximum over 5 minutes
   */
  public metricQualityFindings(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return pipelineMetric(this.pipeline, 'qualityFindings', options);
  }
}
