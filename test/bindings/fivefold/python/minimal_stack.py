from aws_cdk import Stack
from constructs import Construct
from serverless_csv_etl import ServerlessCsvEtl


class MinimalStack(Stack):
    """No props at all."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        ServerlessCsvEtl(self, "Csv")
