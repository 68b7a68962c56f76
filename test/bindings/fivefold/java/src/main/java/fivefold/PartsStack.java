package fivefold;

import io.github.serverlesscsvetl.ApiAuthorization;
import io.github.serverlesscsvetl.CsvSchema;
import io.github.serverlesscsvetl.Dialect;
import io.github.serverlesscsvetl.Enrichment;
import io.github.serverlesscsvetl.EtlApi;
import io.github.serverlesscsvetl.EtlBucket;
import io.github.serverlesscsvetl.EtlObservability;
import io.github.serverlesscsvetl.EtlStateMachine;
import io.github.serverlesscsvetl.EtlSteps;
import io.github.serverlesscsvetl.EtlTrigger;
import io.github.serverlesscsvetl.JobTable;
import io.github.serverlesscsvetl.OutputFormat;
import io.github.serverlesscsvetl.PipelineLimits;
import io.github.serverlesscsvetl.RejectPolicy;
import io.github.serverlesscsvetl.StepCodeProps;
import io.github.serverlesscsvetl.StepHandler;
import io.github.serverlesscsvetl.Transform;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigateway.LogGroupLogDestination;
import software.amazon.awscdk.services.cloudwatch.CreateAlarmOptions;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.events.CronOptions;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** The parts of a pipeline, put together by hand, with the props that each has. */
final class PartsStack extends Stack {
  private static final String SUFFIX = "parts";
  private static final String PREFIX = "uploads/";
  private static final String PIPELINE = "orders-by-hand";
  private static final List<String> SUFFIXES = List.of(".csv");

  PartsStack(final Construct scope, final String id) {
    super(scope, id);
    Runtime runtime = Runtime.NODEJS_22_X;
    Duration jobRetention = Duration.days(100);

    EtlBucket bucket =
        EtlBucket.Builder.create(this, "Bucket")
            .environmentSuffix(SUFFIX)
            .inputPrefix(PREFIX)
            .rawRetention(Duration.days(7))
            .failedRetention(Duration.days(8))
            .stagingRetention(Duration.days(2))
            .noncurrentVersionRetention(Duration.days(9))
            .eventBridgeEnabled(true)
            .removalPolicy(RemovalPolicy.RETAIN)
            .build();
    JobTable jobs =
        JobTable.Builder.create(this, "Jobs")
            .environmentSuffix(SUFFIX)
            .removalPolicy(RemovalPolicy.RETAIN)
            .build();
    Function enrich =
        Function.Builder.create(this, "EnrichFunction")
            .code(Code.fromAsset("files/step"))
            .handler("index.handler")
            .runtime(Runtime.PYTHON_3_13)
            .build();
    EtlStateMachine stateMachine =
        EtlStateMachine.Builder.create(this, "StateMachine")
            .environmentSuffix(SUFFIX)
            .bucket(bucket.getBucket())
            .jobTable(jobs.getTable())
            .pipeline(PIPELINE)
            .inputPrefix(PREFIX)
            .schema(CsvSchema.fromJson("{\"fields\":[{\"name\":\"id\",\"type\":\"integer\"}]}"))
            .dialect(Dialect.TSV)
            .transforms(List.of(Transform.trim("id")))
            .enrichments(List.of(Enrichment.constant("source", "web")))
            .rejectPolicy(RejectPolicy.failOnFirst())
            .outputFormat(OutputFormat.jsonLines())
            .steps(
                EtlSteps.builder()
                    .transform(
                        StepHandler.fromCode(
                            StepCodeProps.builder()
                                .code(Code.fromAsset("files/step"))
                                .handler("index.handler")
                                .runtime(Runtime.PYTHON_3_13)
                                .architecture(Architecture.X86_64)
                                .memorySize(512)
                                .timeout(Duration.minutes(5))
                                .environment(Map.of("MODE", "fast", "DEPTH", "2"))
                                .build()))
                    .enrich(StepHandler.fromFunction(enrich))
                    .build())
            .timeout(Duration.hours(1))
            .maxFileSize(Size.mebibytes(100))
            .uniqueBudget(Size.mebibytes(64))
            .limits(PipelineLimits.builder().maxColumns(10).build())
            .jobRetention(jobRetention)
            .runtime(runtime)
            .build();
    EtlTrigger trigger =
        EtlTrigger.Builder.create(this, "Trigger")
            .environmentSuffix(SUFFIX)
            .bucket(bucket.getBucket())
            .jobTable(jobs.getTable())
            .stateMachine(stateMachine.getStateMachine())
            .pipeline(PIPELINE)
            .inputPrefix(PREFIX)
            .inputSuffixes(SUFFIXES)
            .jobRetention(jobRetention)
            .runtime(runtime)
            .build();
    EtlApi api =
        EtlApi.Builder.create(this, "Api")
            .environmentSuffix(SUFFIX)
            .bucket(bucket.getBucket())
            .jobTable(jobs.getTable())
            .stateMachine(stateMachine.getStateMachine())
            .pipeline(PIPELINE)
            .inputPrefix(PREFIX)
            .inputSuffixes(SUFFIXES)
            .jobRetention(jobRetention)
            .runtime(runtime)
            .authorization(ApiAuthorization.none())
            .throttlingRateLimit(1)
            .throttlingBurstLimit(2)
            .accessLogDestination(new LogGroupLogDestination(new LogGroup(this, "AccessLog")))
            .build();
    EtlObservability observability =
        EtlObservability.Builder.create(this, "Observability")
            .environmentSuffix(SUFFIX)
            .stateMachine(stateMachine)
            .trigger(trigger)
            .api(api)
            .topic(new Topic(this, "Alarms"))
            .qualityCheckSchedule(
                Schedule.cron(CronOptions.builder().hour("3").minute("30").build()))
            .stuckAfter(Duration.minutes(45))
            .rejectRateThreshold(50)
            .runtime(runtime)
            .build();

    Role operator =
        Role.Builder.create(this, "Operator").assumedBy(new AccountRootPrincipal()).build();
    bucket.grantPutRaw(operator);
    bucket.grantReadFailed(operator);
    jobs.grantReadData(operator);
    stateMachine.grantRead(operator);
    api.grantInvoke(operator);
    stateMachine
        .metricRowsRead(MetricOptions.builder().period(Duration.hours(1)).build())
        .createAlarm(
            this,
            "Quiet",
            CreateAlarmOptions.builder().threshold(1).evaluationPeriods(3).build());
    CfnOutput.Builder.create(this, "Dashboard")
        .value(observability.getDashboard().getDashboardName())
        .build();
  }
}
