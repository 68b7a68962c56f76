import { CfnOutput, Duration, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import { LogGroupLogDestination } from 'aws-cdk-lib/aws-apigateway';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  ApiAuthorization,
  CsvSchema,
  Dialect,
  Enrichment,
  EtlApi,
  EtlBucket,
  EtlObservability,
  EtlStateMachine,
  EtlTrigger,
  JobTable,
  OutputFormat,
  RejectPolicy,
  StepHandler,
  Transform,
} from 'serverless-csv-etl';

/** The parts of a pipeline, put together by hand, with the props that each has. */
export class PartsStack extends Stack {
  constructor(scope, id) {
    super(scope, id);
    const environmentSuffix = 'parts';
    const runtime = Runtime.NODEJS_22_X;
    const inputPrefix = 'uploads/';
    const inputSuffixes = ['.csv'];
    const jobRetention = Duration.days(100);
    const pipeline = 'orders-by-hand';

    const bucket = new EtlBucket(this, 'Bucket', {
      environmentSuffix,
      inputPrefix,
      rawRetention: Duration.days(7),
      failedRetention: Duration.days(8),
      stagingRetention: Duration.days(2),
      noncurrentVersionRetention: Duration.days(9),
      eventBridgeEnabled: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const jobs = new JobTable(this, 'Jobs', { environmentSuffix, removalPolicy: RemovalPolicy.RETAIN });
    const enrich = new Function(this, 'EnrichFunction', {
      code: Code.fromAsset('files/step'),
      handler: 'index.handler',
      runtime: Runtime.PYTHON_3_13,
    });
    const stateMachine = new EtlStateMachine(this, 'StateMachine', {
      environmentSuffix,
      bucket: bucket.bucket,
      jobTable: jobs.table,
      pipeline,
      inputPrefix,
      schema: CsvSchema.fromJson('{"fields":[{"name":"id","type":"integer"}]}'),
      dialect: Dialect.TSV,
      transforms: [Transform.trim('id')],
      enrichments: [Enrichment.constant('source', 'web')],
      rejectPolicy: RejectPolicy.failOnFirst(),
      outputFormat: OutputFormat.jsonLines(),
      steps: {
        transform: StepHandler.fromCode({
          code: Code.fromAsset('files/step'),
          handler: 'index.handler',
          runtime: Runtime.PYTHON_3_13,
          architecture: Architecture.X86_64,
          memorySize: 512,
          timeout: Duration.minutes(5),
          environment: { MODE: 'fast', DEPTH: '2' },
        }),
        enrich: StepHandler.fromFunction(enrich),
      },
      timeout: Duration.hours(1),
      maxFileSize: Size.mebibytes(100),
      uniqueBudget: Size.mebibytes(64),
      limits: { maxColumns: 10 },
      jobRetention,
      runtime,
    });
    const intake = {
      environmentSuffix,
      bucket: bucket.bucket,
      jobTable: jobs.table,
      stateMachine: stateMachine.stateMachine,
      pipeline,
      inputPrefix,
      inputSuffixes,
      jobRetention,
      runtime,
    };
    const trigger = new EtlTrigger(this, 'Trigger', intake);
    const api = new EtlApi(this, 'Api', {
      ...intake,
      authorization: ApiAuthorization.none(),
      throttlingRateLimit: 1,
      throttlingBurstLimit: 2,
      accessLogDestination: new LogGroupLogDestination(new LogGroup(this, 'AccessLog')),
    });
    const observability = new EtlObservability(this, 'Observability', {
      environmentSuffix,
      stateMachine,
      trigger,
      api,
      topic: new Topic(this, 'Alarms'),
      qualityCheckSchedule: Schedule.cron({ hour: '3', minute: '30' }),
      stuckAfter: Duration.minutes(45),
      rejectRateThreshold: 50,
      runtime,
    });

    const operator = new Role(this, 'Operator', { assumedBy: new AccountRootPrincipal() });
    bucket.grantPutRaw(operator);
    bucket.grantReadFailed(operator);
    jobs.grantReadData(operator);
    stateMachine.grantRead(operator);
    api.grantInvoke(operator);
    stateMachine
      .metricRowsRead({ period: Duration.hours(1) })
      .createAlarm(this, 'Quiet', { threshold: 1, evaluationPeriods: 3 });
    new CfnOutput(this, 'Dashboard', { value: observability.dashboard.dashboardName });
  }
}
