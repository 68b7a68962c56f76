from aws_cdk import Stack
from aws_cdk.aws_dynamodb import Table
from aws_cdk.aws_lambda import Function
from aws_cdk.aws_s3 import Bucket
from aws_cdk.aws_sns import Topic
from constructs import Construct
from serverless_csv_etl import (
    ApiAuthorization,
    CsvQuoting,
    CsvSchema,
    Dialect,
    EtlSteps,
    JobTable,
    LookupSource,
    OutputFormat,
    RejectPolicy,
    ServerlessCsvEtl,
    StepHandler,
    Transform,
)

ACCOUNT = "111122223333"
REGION = "eu-central-1"


class ExistingStack(Stack):
    """Resources that exist already: bucket, table, topic and the function of a step."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        enrich = Function.from_function_attributes(
            self,
            "Enrich",
            function_arn=f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:enrich",
            same_environment=True,
        )
        jobs = JobTable(
            self,
            "Jobs",
            table=Table.from_table_attributes(
                self,
                "Table",
                table_arn=f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/jobs",
                global_indexes=["status-timestamp"],
            ),
        )
        ServerlessCsvEtl(
            self,
            "Orders",
            bucket=Bucket.from_bucket_name(self, "Bucket", "orders-of-the-shop"),
            job_table=jobs.table,
            topic=Topic.from_topic_arn(
                self, "Alarms", f"arn:aws:sns:{REGION}:{ACCOUNT}:alarms"
            ),
            schema=CsvSchema.from_file(
                "files/orders.schema.json",
                resources={
                    "customers": LookupSource.from_asset("files/customers.csv"),
                    "countries": LookupSource.from_asset("files/countries.csv"),
                },
            ),
            dialect=Dialect.detect(
                double_quote=True,
                header=False,
                column_names=["id", "customer", "country"],
            ),
            transforms=[Transform.keep("id", "country")],
            reject_policy=RejectPolicy.tolerate_rows(10),
            output_format=OutputFormat.csv(quoting=CsvQuoting.ALL, neutralize_formulas=True),
            api_authorization=ApiAuthorization.none(),
            steps=EtlSteps(enrich=StepHandler.from_function(enrich)),
        )
