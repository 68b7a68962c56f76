from aws_cdk import CfnOutput, Duration, RemovalPolicy, Size, Stack
from aws_cdk.aws_apigateway import LogGroupLogDestination
from aws_cdk.aws_events import Schedule
from aws_cdk.aws_iam import AccountRootPrincipal, Role
from aws_cdk.aws_lambda import Architecture, Code, Function, Runtime
from aws_cdk.aws_logs import LogGroup
from aws_cdk.aws_sns import Topic
from constructs import Construct
from serverless_csv_etl import (
    ApiAuthorization,
    CsvSchema,
    Dialect,
    Enrichment,
    EtlApi,
    EtlBucket,
    EtlObservability,
    EtlStateMachine,
    EtlSteps,
    EtlTrigger,
    JobTable,
    OutputFormat,
    PipelineLimits,
    RejectPolicy,
    StepHandler,
    Transform,
)


class PartsStack(Stack):
    """The parts of a pipeline, put together by hand, with the props that each has."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        suffix = "parts"
        runtime = Runtime.NODEJS_22_X
        input_prefix = "uploads/"
        job_retention = Duration.days(100)
        pipeline = "orders-by-hand"

        bucket = EtlBucket(
            self,
            "Bucket",
            environment_suffix=suffix,
            input_prefix=input_prefix,
            raw_retention=Duration.days(7),
            failed_retention=Duration.days(8),
            staging_retention=Duration.days(2),
            noncurrent_version_retention=Duration.days(9),
            event_bridge_enabled=True,
            removal_policy=RemovalPolicy.RETAIN,
        )
        jobs = JobTable(
            self, "Jobs", environment_suffix=suffix, removal_policy=RemovalPolicy.RETAIN
        )
        enrich = Function(
            self,
            "EnrichFunction",
            code=Code.from_asset("files/step"),
            handler="index.handler",
            runtime=Runtime.PYTHON_3_13,
        )
        state_machine = EtlStateMachine(
            self,
            "StateMachine",
            environment_suffix=suffix,
            bucket=bucket.bucket,
            job_table=jobs.table,
            pipeline=pipeline,
            input_prefix=input_prefix,
            schema=CsvSchema.from_json('{"fields":[{"name":"id","type":"integer"}]}'),
            dialect=Dialect.TSV,
            transforms=[Transform.trim("id")],
            enrichments=[Enrichment.constant("source", "web")],
            reject_policy=RejectPolicy.fail_on_first(),
            output_format=OutputFormat.json_lines(),
            steps=EtlSteps(
                transform=StepHandler.from_code(
                    code=Code.from_asset("files/step"),
                    handler="index.handler",
                    runtime=Runtime.PYTHON_3_13,
                    architecture=Architecture.X86_64,
                    memory_size=512,
                    timeout=Duration.minutes(5),
                    environment={"DEPTH": "2", "MODE": "fast"},
                ),
                enrich=StepHandler.from_function(enrich),
            ),
            timeout=Duration.hours(1),
            max_file_size=Size.mebibytes(100),
            unique_budget=Size.mebibytes(64),
            limits=PipelineLimits(max_columns=10),
            job_retention=job_retention,
            runtime=runtime,
        )
        intake = dict(
            environment_suffix=suffix,
            bucket=bucket.bucket,
            job_table=jobs.table,
            state_machine=state_machine.state_machine,
            pipeline=pipeline,
            input_prefix=input_prefix,
            input_suffixes=[".csv"],
            job_retention=job_retention,
            runtime=runtime,
        )
        trigger = EtlTrigger(self, "Trigger", **intake)
        api = EtlApi(
            self,
            "Api",
            **intake,
            authorization=ApiAuthorization.none(),
            throttling_rate_limit=1,
            throttling_burst_limit=2,
            access_log_destination=LogGroupLogDestination(LogGroup(self, "AccessLog")),
        )
        observability = EtlObservability(
            self,
            "Observability",
            environment_suffix=suffix,
            state_machine=state_machine,
            trigger=trigger,
            api=api,
            topic=Topic(self, "Alarms"),
            quality_check_schedule=Schedule.cron(hour="3", minute="30"),
            stuck_after=Duration.minutes(45),
            reject_rate_threshold=50,
            runtime=runtime,
        )

        operator = Role(self, "Operator", assumed_by=AccountRootPrincipal())
        bucket.grant_put_raw(operator)
        bucket.grant_read_failed(operator)
        jobs.grant_read_data(operator)
        state_machine.grant_read(operator)
        api.grant_invoke(operator)
        state_machine.metric_rows_read(period=Duration.hours(1)).create_alarm(
            self, "Quiet", threshold=1, evaluation_periods=3
        )
        CfnOutput(self, "Dashboard", value=observability.dashboard.dashboard_name)
