#!/usr/bin/env python3
"""Orders of a shop: checked, worked out, and their article numbers verified by a function of our own."""

from aws_cdk import App, CfnOutput, RemovalPolicy, Stack
from aws_cdk.aws_lambda import Code, Runtime
from aws_cdk.aws_s3 import Bucket
from aws_cdk.aws_sns import Topic
from constructs import Construct
from serverless_csv_etl import (
    CsvSchema,
    EtlSteps,
    RejectPolicy,
    ServerlessCsvEtl,
    StepHandler,
    Transform,
)


class OrdersStack(Stack):
    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)

        # The bucket is somebody else's: it is versioned, and sends its events to EventBridge.
        bucket_name = self.node.try_get_context("bucketName") or "shop-files"
        bucket = Bucket.from_bucket_name(self, "Files", bucket_name)
        # Whoever subscribes to it hears of every alarm.
        alarms = Topic(self, "Alarms")

        orders = ServerlessCsvEtl(
            self,
            "Orders",
            bucket=bucket,
            topic=alarms,
            input_prefix="orders/",
            schema=CsvSchema.from_file("orders.schema.json"),
            transforms=[
                Transform.trim("product"),
                Transform.format_date("ordered_on", "%d/%m/%Y", "%Y-%m-%d"),
                Transform.derive("total", "quantity * unit_price", scale=2),
            ],
            reject_policy=RejectPolicy.tolerate_percent(50),
            steps=EtlSteps(
                # In the place of the built-in step Enrich.
                enrich=StepHandler.from_code(
                    code=Code.from_asset("step"),
                    handler="article_numbers.handler",
                    runtime=Runtime.PYTHON_3_13,
                    memory_size=512,
                ),
            ),
            removal_policy=RemovalPolicy.RETAIN,
        )
        CfnOutput(self, "AlarmTopicArn", value=alarms.topic_arn)
        CfnOutput(self, "Pipeline", value=orders.pipeline)


app = App()
OrdersStack(app, "Shop")
app.synth()
