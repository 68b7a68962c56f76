import { CfnOutput, type Duration, type RemovalPolicy, type Size } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { ApiAuthorization } from './api-authorization';
import type { CsvSchema } from './csv-schema';
import type { Dialect } from './dialect';
import type { Enrichment } from './enrichment';
import { environmentSuffixOf } from './environment-suffix';
import { EtlApi } from './etl-api';
import { EtlBucket } from './etl-bucket';
import { EtlObservability } from './etl-observability';
import { EtlStateMachine, type EtlSteps } from './etl-state-machine';
import { EtlTrigger } from './etl-trigger';
import { JobTable } from './job-table';
import { MAX_NAME_LENGTH, outputId, physicalName } from './names';
import type { OutputFormat } from './output-format';
import type { PipelineLimits } from './pipeline-limits';
import type { RejectPolicy } from './reject-policy';
import { bucketReference, functionReference, tableReference } from './resource-reference';
import type { Transform } from './transform';

/** Props of ServerlessCsvEtl. */
export interface ServerlessCsvEtlProps {
  /**
   * Part of every name, so that several environments fit into one account: 1 to 20 lower-case letters, digits and
   * inner hyphens.
   * @default - the context value `environmentSuffix`, else `dev`
   */
  readonly environmentSuffix?: string;

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
   * Who does the steps Validate, Transform and Enrich.
   * @default - the built-in functions
   */
  readonly steps?: EtlSteps;

  /**
   * A bucket that exists already. It needs versioning, and EventBridge notifications switched on; its lifecycle stays
   * as it is.
   * @default - a bucket is made
   */
  readonly bucket?: s3.IBucket;

  /**
   * A table that exists already, with the keys and the index of `JobTable`.
   * @default - a table is made
   */
  readonly jobTable?: dynamodb.ITable;

  /**
   * Gets a message from every alarm.
   * @default - alarms change their state and send nothing
   */
  readonly topic?: sns.ITopic;

  /**
   * The prefix under which new files start jobs, with its slash at the end.
   * On a bucket that is made here, prefix and suffixes hold only A to Z, a to z, 0 to 9 and `! - _ . ' ( ) /`.
   * @default 'raw/'
   */
  readonly inputPrefix?: string;

  /**
   * Ends of the keys that start jobs. Corrected rejects files, which end with `.rejects.csv`, always do.
   * @default ['.csv']
   */
  readonly inputSuffixes?: string[];

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
   * Time for one job, all its retries included. A job that takes longer fails as `execution-timed-out`. It cannot be longer
   * than `stagingRetention` and `noncurrentVersionRetention` of a bucket that is made here.
   * @default Duration.hours(6)
   */
  readonly timeout?: Duration;

  /**
   * How long source files are kept, in whole days.
   * @default Duration.days(30)
   */
  readonly rawRetention?: Duration;

  /**
   * How long rejects files under `failed/` are kept, in whole days.
   * @default Duration.days(90)
   */
  readonly failedRetention?: Duration;

  /**
   * How long the files between the steps, under `staging/`, are kept, in whole days. It has to be longer than a job runs.
   * @default Duration.days(1)
   */
  readonly stagingRetention?: Duration;

  /**
   * How long replaced, deleted and expired objects can still be brought back, in whole days. After this time S3 deletes
   * them for good.
   * @default Duration.days(7)
   */
  readonly noncurrentVersionRetention?: Duration;

  /**
   * How long the items of jobs are kept, in whole days, at least 90: so long the name of an ended execution stays taken,
   * and a job that was forgotten before could not begin anew.
   * @default Duration.days(90)
   */
  readonly jobRetention?: Duration;

  /**
   * Who may call the API.
   * @default ApiAuthorization.iam()
   */
  readonly apiAuthorization?: ApiAuthorization;

  /**
   * Requests per second that the API lets through over time, for all callers together.
   * @default 50
   */
  readonly throttlingRateLimit?: number;

  /**
   * Requests that the API lets through at once.
   * @default 100
   */
  readonly throttlingBurstLimit?: number;

  /**
   * Where the API's access log goes. It needs the CloudWatch role that API Gateway has once per account and region; see
   * `EtlApiProps.accessLogDestination`.
   * @default - no access log
   */
  readonly accessLogDestination?: apigateway.IAccessLogDestination;

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
   * Node.js runtime of the built-in functions.
   * @default lambda.Runtime.NODEJS_24_X
   */
  readonly runtime?: lambda.Runtime;

  /**
   * What happens to the bucket, its objects, and the table of jobs when they leave the stack.
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A pipeline for CSV files: a file put under `raw/` is validated, transformed and enriched; the result stands under
 * `processed/`, each rejected row with its reasons under `failed/`.
 *
 * Without props it checks the structure of the files (header, number of cells, encoding) and passes the rows on as they
 * are. By default nothing outlives the stack: bucket, objects and jobs are deleted with it (`removalPolicy`).
 */
export class ServerlessCsvEtl extends Construct {
  /** The bucket. */
  public readonly bucket: EtlBucket;

  /** The table of jobs. */
  public readonly jobTable: JobTable;

  /** The state machine with the functions of its steps. */
  public readonly stateMachine: EtlStateMachine;

  /** Starts a job for each new file. */
  public readonly trigger: EtlTrigger;

  /** The REST API. */
  public readonly api: EtlApi;

  /** Dashboard, alarms and quality check. */
  public readonly observability: EtlObservability;

  /** Identity of the pipeline: part of every job id, and the dimension `Pipeline` of its metrics. */
  public readonly pipeline: string;

  /** The suffix that names carry. */
  public readonly environmentSuffix: string;

  public constructor(scope: Construct, id: string, props: ServerlessCsvEtlProps = {}) {
    super(scope, id);
    this.environmentSuffix = environmentSuffixOf(this, props.environmentSuffix);
    this.pipeline = physicalName(this, this.environmentSuffix, MAX_NAME_LENGTH.pipeline);
    const named = { environmentSuffix: this.environmentSuffix };

    this.bucket = new EtlBucket(this, 'Bucket', { ...props, ...named });
    this.jobTable = new JobTable(this, 'JobTable', {
      ...named,
      table: props.jobTable,
      removalPolicy: props.removalPolicy,
    });
    const stores = { bucket: this.bucket.bucket, jobTable: this.jobTable.table };
    this.stateMachine = new EtlStateMachine(this, 'StateMachine', {
      ...props,
      ...named,
      ...stores,
      pipeline: this.pipeline,
    });
    const intake = { ...props, ...named, ...stores, stateMachine: this.stateMachine.stateMachine };
    this.trigger = new EtlTrigger(this, 'Trigger', intake);
    this.trigger._describePipeline(this.node.path);
    this.api = new EtlApi(this, 'Api', { ...intake, authorization: props.apiAuthorization });
    this.observability = new EtlObservability(this, 'Observability', {
      ...props,
      ...named,
      stateMachine: this.stateMachine,
      trigger: this.trigger,
      api: this.api,
    });
    this.addOutputs();
  }

  /** Lets the grantee put source files, each of which starts a job. */
  public grantPutRaw(grantee: iam.IGrantable): iam.Grant {
    return this.bucket.grantPutRaw(grantee);
  }

  /** Lets the grantee read the published results. */
  public grantReadProcessed(grantee: iam.IGrantable): iam.Grant {
    return this.bucket.grantReadProcessed(grantee);
  }

  /** Lets the grantee read the rejected rows. */
  public grantReadFailed(grantee: iam.IGrantable): iam.Grant {
    return this.bucket.grantReadFailed(grantee);
  }

  /**
   * Milliseconds from a job's creation to its end.
   * @default - average over 5 minutes
   */
  public metricProcessingLatency(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stateMachine.metricProcessingLatency(options);
  }

  /**
   * Percentage of finished jobs that succeeded.
   * @default - average over 5 minutes
   */
  public metricSuccessRate(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stateMachine.metricSuccessRate(options);
  }

  /**
   * Percentage of finished jobs that failed.
   * @default - average over 5 minutes
   */
  public metricFailureRate(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stateMachine.metricFailureRate(options);
  }

  /** One output for each thing that a test or an operator needs; the logical id is the construct's path and the name. */
  private addOutputs(): void {
    const outputs: Record<string, string> = {
      BucketName: bucketReference(this, this.bucket.bucket).name,
      JobTableName: tableReference(this, this.jobTable.table).name,
      StateMachineArn: this.stateMachine.stateMachine.stateMachineArn,
      ApiUrl: this.api.restApi.url,
      DashboardName: this.observability.dashboard.dashboardName,
      TriggerFunctionName: this.trigger.triggerFunction.functionName,
      ValidateFunctionName: functionReference(this, this.stateMachine.validateFunction).name,
      TransformFunctionName: functionReference(this, this.stateMachine.transformFunction).name,
      EnrichFunctionName: functionReference(this, this.stateMachine.enrichFunction).name,
      FinishFunctionName: this.stateMachine.finishFunction.functionName,
      QualityCheckFunctionName: this.observability.qualityCheckFunction.functionName,
      ApiFunctionName: this.api.apiFunction.functionName,
      TriggerQueueUrl: this.trigger.deadLetterQueue.queueUrl,
      FinishQueueUrl: this.stateMachine.failureDeadLetterQueue.queueUrl,
      QualityCheckQueueUrl: this.observability.deadLetterQueue.queueUrl,
    };
    for (const [name, value] of Object.entries(outputs)) {
      new CfnOutput(this, name, { value }).overrideLogicalId(outputId(this, name));
    }
  }
}
