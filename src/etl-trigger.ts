import { Duration, Stack } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { constructError } from './construct-error';
import { environmentSuffixOf } from './environment-suffix';
import { EtlBucket } from './etl-bucket';
import { AsynchronousFunction, bundledCode } from './etl-function';
import { checkedRuntime } from './function-checks';
import { checkNotificationFilter } from './input-keys';
import { intakeEnvironment, intakeOf } from './intake';
import { MAX_NAME_LENGTH, physicalName } from './names';
import { bucketReference, tableReference } from './resource-reference';
import { allow, tableStatements } from './rights';
import { PIPELINE_METADATA } from './shared/layout';

/** Props of EtlTrigger. */
export interface EtlTriggerProps {
  /**
   * Part of every name, so that several environments fit into one account: 1 to 20 lower-case letters, digits and
   * inner hyphens.
   * @default - the context value `environmentSuffix`, else `dev`
   */
  readonly environmentSuffix?: string;

  /**
   * The bucket whose new files start jobs. One that `EtlBucket` made in the same stack is listened to by bucket
   * notifications. Any other has to send its events to EventBridge: switch that on where the bucket is made.
   */
  readonly bucket: s3.IBucket;

  /** The table of jobs. */
  readonly jobTable: dynamodb.ITable;

  /** The state machine that is started for each file. */
  readonly stateMachine: sfn.IStateMachine;

  /**
   * Identity of the pipeline, part of every job id: 1 to 100 letters, digits, hyphens, underscores and dots. It has to be
   * that of the `EtlStateMachine` which `stateMachine` belongs to.
   * @default - that of the `EtlStateMachine` which `stateMachine` belongs to, else the construct's path and the suffix
   */
  readonly pipeline?: string;

  /**
   * The prefix under which new files start jobs, with its slash at the end.
   * On a bucket that S3 itself notifies for (see `bucket`), prefix and suffixes hold only A to Z, a to z, 0 to 9 and
   * `! - _ . ' ( ) /`.
   * It has to be that of the `EtlStateMachine` which `stateMachine` belongs to.
   * @default - that of the `EtlStateMachine` which `stateMachine` belongs to, else `raw/`
   */
  readonly inputPrefix?: string;

  /**
   * Ends of the keys that start jobs. Corrected rejects files, which end with `.rejects.csv`, always do.
   * @default ['.csv']
   */
  readonly inputSuffixes?: string[];

  /**
   * How long the items of jobs are kept, in whole days, at least 90: so long the name of an ended execution stays taken,
   * and a job that was forgotten before could not begin anew.
   * @default Duration.days(90)
   */
  readonly jobRetention?: Duration;

  /**
   * Node.js runtime of the function.
   * @default lambda.Runtime.NODEJS_24_X
   */
  readonly runtime?: lambda.Runtime;
}

/** Starts an execution for every new file under the input prefix, whether it was put, copied or uploaded in parts. */
export class EtlTrigger extends Construct {
  /** Turns each event into a job. */
  public readonly triggerFunction: lambda.Function;

  /** Holds the events that could not be turned into jobs. */
  public readonly deadLetterQueue: sqs.Queue;

  /** The rule that listens to a bucket which `EtlBucket` did not make in this stack; else undefined. */
  public readonly rule?: events.Rule;

  /** Identity of the pipeline. */
  public readonly pipeline: string;

  /** The prefix under which new files start jobs. */
  public readonly inputPrefix: string;

  /** Ends of the keys that start jobs. */
  public readonly inputSuffixes: string[];

  private readonly description: object;

  public constructor(scope: Construct, id: string, props: EtlTriggerProps) {
    super(scope, id);
    const suffix = environmentSuffixOf(this, props.environmentSuffix);
    const intake = intakeOf(this, props, suffix);
    this.pipeline = intake.pipeline;
    this.inputPrefix = intake.inputPrefix;
    this.inputSuffixes = intake.inputSuffixes;
    const handler = new AsynchronousFunction(this, 'Handler', {
      environmentSuffix: suffix,
      description: 'Starts a job for each new file',
      code: bundledCode('trigger'),
      handler: 'index.handler',
      runtime: checkedRuntime(this, props.runtime),
      memorySize: 256,
      timeout: Duration.minutes(1),
      environment: intakeEnvironment(this, props, this),
      policy: [
        ...tableStatements(this, props.jobTable, { table: ['dynamodb:PutItem', 'dynamodb:GetItem'] }),
        allow(['states:StartExecution'], [props.stateMachine.stateMachineArn]),
      ],
    });
    this.triggerFunction = handler.function;
    this.deadLetterQueue = handler.deadLetterQueue;
    this.rule = this.listen(props.bucket, suffix);
    this.description = {
      environmentSuffix: suffix,
      pipeline: this.pipeline,
      bucketName: bucketReference(this, props.bucket).name,
      inputPrefix: this.inputPrefix,
      inputSuffixes: this.inputSuffixes,
      stateMachineArn: props.stateMachine.stateMachineArn,
      jobTableName: tableReference(this, props.jobTable).name,
    };
    this._describePipeline(this.node.path);
  }

  /** Bucket notifications of a bucket of our own; everything else would overwrite notifications that others set. */
  private listen(bucket: s3.IBucket, suffix: string): events.Rule | undefined {
    const owner = bucket.node.scope;
    if (owner instanceof EtlBucket && Stack.of(owner) === Stack.of(this)) {
      checkNotificationFilter(this, 'inputPrefix', this.inputPrefix);
      for (const inputSuffix of this.inputSuffixes) {
        checkNotificationFilter(this, 'inputSuffixes', inputSuffix);
        owner._listen(this, this.inputPrefix, inputSuffix);
        const destination = new LambdaDestination(this.triggerFunction);
        const filter = { prefix: this.inputPrefix, suffix: inputSuffix };
        bucket.addEventNotification(s3.EventType.OBJECT_CREATED, destination, filter);
      }
      return undefined;
    }
    if (owner instanceof EtlBucket && !owner.eventBridgeEnabled) {
      throw constructError(
        this,
        `the bucket ${bucket.node.path} is in another stack: its EtlBucket needs eventBridgeEnabled: true, got false`,
      );
    }
    return new events.Rule(this, 'Rule', {
      ruleName: physicalName(this, suffix, MAX_NAME_LENGTH.rule),
      description: 'New files of a bucket that is not made here',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: {
          bucket: { name: [bucketReference(this, bucket).name] },
          // Events carry keys as they are, and prefix and suffixes hold neither * nor \\, which a wildcard would escape.
          object: { key: this.inputSuffixes.map((end) => ({ wildcard: `${this.inputPrefix}*${end}` })) },
        },
      },
      targets: [new targets.LambdaFunction(this.triggerFunction, { deadLetterQueue: this.deadLetterQueue })],
    });
  }

  /**
   * Lets tools find the pipeline in a template, under the path of the construct that stands for it.
   * @internal
   */
  public _describePipeline(path: string): void {
    const resource = this.triggerFunction.node.defaultChild as lambda.CfnFunction;
    resource.addMetadata(PIPELINE_METADATA, { path, ...this.description });
  }
}
