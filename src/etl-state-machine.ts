import { type Duration, Size, Tokenization } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { CsvSchema } from './csv-schema';
import type { Dialect } from './dialect';
import type { Enrichment } from './enrichment';
import { environmentSuffixOf } from './environment-suffix';
import { FinishFunction } from './finish-function';
import { checkedRuntime } from './function-checks';
import { hashKeyEnvironment } from './hash-key';
import { checkedInputPrefix } from './input-keys';
import {
  checkedBytes,
  checkedJobRetention,
  checkedJobTimeout,
  checkedPipeline,
  checkOutlivesJobs,
  limitsOf,
} from './job-limits';
import { MAX_NAME_LENGTH, physicalName } from './names';
import type { OutputFormat } from './output-format';
import { definePipeline } from './pipeline-definition';
import type { PipelineLimits } from './pipeline-limits';
import { pipelineMetric } from './pipeline-metric';
import { PipelineSpecAsset } from './pipeline-spec-asset';
import type { RejectPolicy } from './reject-policy';
import { assetStatement } from './rights';
import { ENV } from './shared/environment';
import type { StepName } from './shared/step-contract';
import { StepHandler } from './step-handler';
import { stepStatements } from './step-rights';
import type { Transform } from './transform';
import { Workflow } from './workflow';

/** Who does each of the three steps. */
export interface EtlSteps {
  /**
   * Checks the source and hands on its good rows.
   * @default StepHandler.builtIn()
   */
  readonly validate?: StepHandler;

  /**
   * Changes, derives and filters.
   * @default StepHandler.builtIn()
   */
  readonly transform?: StepHandler;

  /**
   * Adds columns from elsewhere.
   * @default StepHandler.builtIn()
   */
  readonly enrich?: StepHandler;
}

/** Props of EtlStateMachine. */
export interface EtlStateMachineProps {
  /**
   * Part of every name, so that several environments fit into one account: 1 to 20 lower-case letters, digits and
   * inner hyphens.
   * @default - the context value `environmentSuffix`, else `dev`
   */
  readonly environmentSuffix?: string;

  /** The bucket that holds sources, staging and results. */
  readonly bucket: s3.IBucket;

  /** The table of jobs, with the keys and the index of `JobTable`. */
  readonly jobTable: dynamodb.ITable;

  /**
   * Identity of the pipeline: part of every job id, and the dimension `Pipeline` of its metrics. 1 to 100 letters, digits,
   * hyphens, underscores and dots.
   * @default - made of the construct's path and the suffix
   */
  readonly pipeline?: string;

  /**
   * The prefix under which source files lie, with its slash at the end.
   * @default 'raw/'
   */
  readonly inputPrefix?: string;

  /**
   * What the files have to look like.
   * @default - only their structure is checked: header, number of cells, encoding
   */
  readonly schema?: CsvSchema;

  /**
   * How the files are written.
   * @default Dialect.CSV
   */
  readonly dialect?: Dialect;

  /**
   * What the step Transform does, in this order.
   * @default - nothing
   */
  readonly transforms?: Transform[];

  /**
   * What the step Enrich adds, in this order.
   * @default - nothing
   */
  readonly enrichments?: Enrichment[];

  /**
   * When rejected rows fail the job as a whole.
   * @default RejectPolicy.quarantineAll()
   */
  readonly rejectPolicy?: RejectPolicy;

  /**
   * The format of what is published.
   * @default OutputFormat.csv()
   */
  readonly outputFormat?: OutputFormat;

  /**
   * Who does the steps.
   * @default - the built-in functions
   */
  readonly steps?: EtlSteps;

  /**
   * Time for one job, all its retries included. A job that takes longer fails as `execution-timed-out`. It cannot be longer
   * than `stagingRetention` and `noncurrentVersionRetention` of a bucket that `EtlBucket` made.
   * @default Duration.hours(6)
   */
  readonly timeout?: Duration;

  /**
   * The largest source file. A larger one fails as `file-too-large` before it is read.
   * @default Size.gibibytes(10)
   */
  readonly maxFileSize?: Size;

  /**
   * Memory for the distinct values of unique fields and primary keys, and for each `Transform.deDuplicate`. A job that
   * needs more fails as `unique-budget-exceeded`. Give the steps' functions memory for it.
   * @default Size.mebibytes(512)
   */
  readonly uniqueBudget?: Size;

  /**
   * Further bounds on what one job takes in.
   * @default - those of `PipelineLimits`
   */
  readonly limits?: PipelineLimits;

  /**
   * How long the items of finished jobs are kept, in whole days, at least 90: so long the name of an ended execution stays taken,
   * and a job that was forgotten before could not begin anew.
   * @default Duration.days(90)
   */
  readonly jobRetention?: Duration;

  /**
   * Node.js runtime of the built-in functions.
   * @default lambda.Runtime.NODEJS_24_X
   */
  readonly runtime?: lambda.Runtime;
}

/**
 * The way of one file: Validate, Transform, Enrich, Finish. Each has retries for errors that pass by themselves, and a
 * Catch that records the failure and ends in a Fail state of its own. An execution that dies without reaching a Catch
 * (stopped, timed out, too much data in its state) is recorded by a rule on failed executions.
 *
 * Start it with `{ "contract": 1, "job": { jobId, bucket, key, versionId } }`; `EtlTrigger` and `EtlApi` do.
 */
export class EtlStateMachine extends Construct {
  /** The state machine, of type STANDARD. */
  public readonly stateMachine: sfn.StateMachine;

  /** The role of the state machine. */
  public readonly role: iam.Role;

  /** Log of executions, without the data that they carry. */
  public readonly logGroup: logs.LogGroup;

  /** Does Validate. */
  public readonly validateFunction: lambda.IFunction;

  /** Does Transform. */
  public readonly transformFunction: lambda.IFunction;

  /** Does Enrich. */
  public readonly enrichFunction: lambda.IFunction;

  /** Publishes, and records how each job ended. */
  public readonly finishFunction: lambda.Function;

  /** Calls finish for executions that failed, timed out or were stopped. */
  public readonly failureRule: events.Rule;

  /** Holds the events of failed executions that finish could not record. */
  public readonly failureDeadLetterQueue: sqs.Queue;

  /** The pipeline's spec as JSON. */
  public readonly specAsset: Asset;

  /** Lookup files that are shipped with the stack: of lookups, then of foreign keys. */
  public readonly lookupAssets: Asset[];

  /** Identity of the pipeline: part of every job id, and the dimension `Pipeline` of its metrics. */
  public readonly pipeline: string;

  /** The bucket that holds sources, staging and results. */
  public readonly bucket: s3.IBucket;

  /** The table of jobs. */
  public readonly jobTable: dynamodb.ITable;

  /** The prefix under which source files lie. */
  public readonly inputPrefix: string;

  public constructor(scope: Construct, id: string, props: EtlStateMachineProps) {
    super(scope, id);
    const suffix = environmentSuffixOf(this, props.environmentSuffix);
    const runtime = checkedRuntime(this, props.runtime);
    const timeout = checkedJobTimeout(this, props.timeout);
    checkOutlivesJobs(this, props.bucket, timeout);
    this.bucket = props.bucket;
    this.jobTable = props.jobTable;
    this.inputPrefix = checkedInputPrefix(this, props.inputPrefix);
    this.pipeline = checkedPipeline(
      this,
      props.pipeline ?? physicalName(this, suffix, MAX_NAME_LENGTH.pipeline),
    );
    const definition = definePipeline(this, {
      ...props,
      limits: limitsOf(this, props),
    });
    const spec = new PipelineSpecAsset(this, 'Spec', definition.spec);
    this.specAsset = spec.asset;
    this.lookupAssets = [...definition.lookups.assets, ...definition.references.assets];

    const bindStep = (step: StepName, stepId: string, environment: Record<string, string> = {}) => {
      const places = {
        bucket: this.bucket,
        inputPrefix: this.inputPrefix,
        lookups: definition.lookups,
        references: definition.references,
        hashKeys: definition.hashKeys,
      };
      return (props.steps?.[step] ?? StepHandler.builtIn())._bind(this, stepId, {
        step,
        environmentSuffix: suffix,
        runtime,
        environment,
        policy: (grantee) => [...stepStatements(grantee, step, places), assetStatement(this.specAsset)],
      });
    };
    const maxFileSize = props.maxFileSize ?? Size.gibibytes(10);
    this.validateFunction = bindStep('validate', 'Validate', {
      [ENV.maxFileSizeBytes]: Tokenization.stringifyNumber(checkedBytes(this, 'maxFileSize', maxFileSize)),
    });
    this.transformFunction = bindStep(
      'transform',
      'Transform',
      hashKeyEnvironment(this, definition.hashKeys),
    );
    this.enrichFunction = bindStep('enrich', 'Enrich');
    const finish = new FinishFunction(this, 'Finish', {
      environmentSuffix: suffix,
      pipeline: this.pipeline,
      bucket: this.bucket,
      jobTable: this.jobTable,
      inputPrefix: this.inputPrefix,
      jobRetention: checkedJobRetention(this, props.jobRetention),
      runtime,
      specStatement: assetStatement(this.specAsset),
    });
    this.finishFunction = finish.function;
    this.failureDeadLetterQueue = finish.deadLetterQueue;

    const workflow = new Workflow(this, 'Workflow', {
      environmentSuffix: suffix,
      jobTable: this.jobTable,
      timeout,
      stepFunctions: {
        validate: this.validateFunction,
        transform: this.transformFunction,
        enrich: this.enrichFunction,
      },
      finishFunction: this.finishFunction,
      spec: spec.pointer,
    });
    this.stateMachine = workflow.stateMachine;
    this.role = workflow.role;
    this.logGroup = workflow.logGroup;
    this.failureRule = this.recordUncaughtFailures(suffix);
  }

  /** Lets the grantee start executions. */
  public grantStartExecution(grantee: iam.IGrantable): iam.Grant {
    return this.stateMachine.grantStartExecution(grantee);
  }

  /** Lets the grantee look at executions and their history. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return this.stateMachine.grantRead(grantee);
  }

  /**
   * Milliseconds from a job's creation to its end.
   * @default - average over 5 minutes
   */
  public metricProcessingLatency(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return pipelineMetric(this.pipeline, 'processingLatency', options);
  }

  /**
   * Percentage of finished jobs that succeeded.
   * @default - average over 5 minutes
   */
  public metricSuccessRate(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return pipelineMetric(this.pipeline, 'successRate', options);
  }

  /**
   * Percentage of finished jobs that failed.
   * @default - average over 5 minutes
   */
  public metricFailureRate(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return pipelineMetric(this.pipeline, 'failureRate', options);
  }

  /**
   * Rows read from source files.
   * @default - sum over 5 minutes
   */
  public metricRowsRead(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return pipelineMetric(this.pipeline, 'rowsRead', options);
  }

  /**
   * Rows published.
   * @default - sum over 5 minutes
   */
  public metricRowsWritten(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return pipelineMetric(this.pipeline, 'rowsWritten', options);
  }

  /**
   * Rows rejected.
   * @default - sum over 5 minutes
   */
  public metricRowsRejected(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return pipelineMetric(this.pipeline, 'rowsRejected', options);
  }

  /**
   * Rows that a filter left out.
   * @default - sum over 5 minutes
   */
  public metricRowsFiltered(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return pipelineMetric(this.pipeline, 'rowsFiltered', options);
  }

  /** Executions that are stopped, time out, or outgrow their state never reach a Catch. */
  private recordUncaughtFailures(suffix: string): events.Rule {
    const target = new targets.LambdaFunction(this.finishFunction, {
      deadLetterQueue: this.failureDeadLetterQueue,
    });
    return new events.Rule(this, 'FailureRule', {
      ruleName: physicalName(this, suffix, MAX_NAME_LENGTH.rule),
      description: 'Records executions that ended without a Catch',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
          stateMachineArn: [this.stateMachine.stateMachineArn],
        },
      },
      targets: [target],
    });
  }
}
