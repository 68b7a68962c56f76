from aws_cdk import Duration, RemovalPolicy, Size, Stack
from aws_cdk.aws_apigateway import LogGroupLogDestination
from aws_cdk.aws_events import Schedule
from aws_cdk.aws_iam import PolicyStatement
from aws_cdk.aws_lambda import Runtime
from aws_cdk.aws_logs import LogGroup
from aws_cdk.aws_sns import Topic
from constructs import Construct
from serverless_csv_etl import (
    ApiAuthorization,
    Dialect,
    Encoding,
    Enrichment,
    EtlSteps,
    LookupSource,
    OutputFormat,
    ParquetCompression,
    PipelineLimits,
    RejectPolicy,
    ServerlessCsvEtl,
    StepHandler,
    WhenMissing,
)

from every_transform import every_transform
from orders_schema import orders_schema


class EverythingStack(Stack):
    """Every prop of a pipeline that makes its own bucket and table."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        ServerlessCsvEtl(
            self,
            "Orders",
            environment_suffix="test",
            schema=orders_schema(),
            dialect=Dialect.of(
                delimiter=";",
                quote_char="'",
                escape_char="\\",
                header=True,
                comment_char="#",
                skip_initial_space=True,
                encoding=Encoding.WINDOWS_1252,
                skip_lines=2,
                header_rows=[1, 2],
                header_join="_",
                null_sequence="\\N",
            ),
            transforms=every_transform(self),
            enrichments=[
                Enrichment.lookup(
                    source=LookupSource.from_asset("files/countries.csv"),
                    on={"country": "code"},
                    columns={"name": "country_name", "currency": "country_currency"},
                    when_missing=WhenMissing.value("unknown"),
                ),
                Enrichment.lookup(
                    source=LookupSource.from_bucket("reference/products.csv"),
                    on={"product": "product", "sold_by": "unit"},
                    columns={"weight": "weight"},
                    when_missing=WhenMissing.reject(),
                ),
                Enrichment.constant("shop", "Größe & Söhne"),
                Enrichment.lineage(),
            ],
            reject_policy=RejectPolicy.tolerate_percent(12.5),
            output_format=OutputFormat.parquet(
                compression=ParquetCompression.GZIP,
                row_group_size=Size.mebibytes(32),
                decimal_precision=18,
                decimal_scale=6,
            ),
            steps=EtlSteps(
                validate=StepHandler.built_in(
                    memory_size=2048,
                    timeout=Duration.minutes(10),
                    environment={"LEVEL": "3", "AREA": "sales", "ZONE": "north"},
                    initial_policy=[
                        PolicyStatement(actions=["kms:Decrypt"], resources=["*"])
                    ],
                ),
            ),
            topic=Topic(self, "Alarms"),
            input_prefix="in/",
            input_suffixes=[".csv", ".txt"],
            max_file_size=Size.gibibytes(2),
            unique_budget=Size.mebibytes(256),
            limits=PipelineLimits(
                max_record_size=Size.mebibytes(1),
                max_field_size=Size.kibibytes(64),
                max_columns=100,
                max_rows=1_000_000,
                max_inflated_size=Size.gibibytes(4),
                max_rejects_kept=5000,
            ),
            timeout=Duration.hours(2),
            raw_retention=Duration.days(14),
            failed_retention=Duration.days(60),
            staging_retention=Duration.days(2),
            noncurrent_version_retention=Duration.days(3),
            job_retention=Duration.days(120),
            api_authorization=ApiAuthorization.iam(),
            throttling_rate_limit=5.5,
            throttling_burst_limit=20,
            access_log_destination=LogGroupLogDestination(LogGroup(self, "AccessLog")),
            quality_check_schedule=Schedule.rate(Duration.hours(12)),
            stuck_after=Duration.minutes(90),
            reject_rate_threshold=7.5,
            runtime=Runtime.NODEJS_22_X,
            removal_policy=RemovalPolicy.RETAIN,
        )
