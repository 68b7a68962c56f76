from aws_cdk import App, Duration, Stack
from serverless_csv_etl import CsvSchema, Dialect, SchemaField, ServerlessCsvEtl, Transform

stack = Stack(App(), "Refused")


def refused(mistake) -> None:
    """Prints what each mistake is told, as whoever made it in this language sees it."""
    try:
        mistake()
    except RuntimeError as error:
        print(str(error).splitlines()[0])


refused(lambda: ServerlessCsvEtl(stack, "Suffix", environment_suffix="Not Allowed"))
refused(lambda: ServerlessCsvEtl(stack, "Retention", job_retention=Duration.days(1)))
refused(lambda: ServerlessCsvEtl(stack, "Dialect", dialect=Dialect.of(delimiter="--")))
refused(
    lambda: ServerlessCsvEtl(
        stack,
        "Column",
        schema=CsvSchema.of(fields=[SchemaField(name="id")]),
        transforms=[Transform.trim("nowhere")],
    )
)
