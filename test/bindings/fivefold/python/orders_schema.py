from serverless_csv_etl import (
    CsvSchema,
    FieldConstraints,
    FieldsMatch,
    FieldType,
    ForeignKey,
    LookupSource,
    SchemaField,
)


def orders_schema() -> CsvSchema:
    """A schema with every property of fields and constraints."""
    return CsvSchema.of(
        fields=[
            SchemaField(
                name="id",
                type=FieldType.INTEGER,
                constraints=FieldConstraints(required=True, unique=True, minimum="1"),
            ),
            SchemaField(
                name="product",
                title="Product",
                description="What was sold",
                constraints=FieldConstraints(min_length=2, max_length=80, pattern="[A-Z].*"),
            ),
            SchemaField(
                name="unit",
                constraints=FieldConstraints(allowed_values=["piece", "kg", "l"]),
            ),
            SchemaField(
                name="quantity",
                type=FieldType.INTEGER,
                group_char=".",
                constraints=FieldConstraints(maximum="100000"),
            ),
            SchemaField(
                name="price",
                type=FieldType.NUMBER,
                decimal_char=",",
                group_char=".",
                bare_number=False,
                missing_values=["", "n/a"],
                constraints=FieldConstraints(exclusive_minimum="0", exclusive_maximum="10000"),
            ),
            SchemaField(
                name="paid",
                type=FieldType.BOOLEAN,
                true_values=["ja"],
                false_values=["nein"],
            ),
            SchemaField(name="ordered", type=FieldType.DATE, format="%d.%m.%Y"),
            SchemaField(name="called", type=FieldType.DATETIME),
            SchemaField(
                name="tags", type=FieldType.LIST, delimiter="|", item_type=FieldType.STRING
            ),
            SchemaField(name="country"),
            SchemaField(name="replaces", type=FieldType.INTEGER),
            SchemaField(name="contact"),
        ],
        missing_values=["", "-"],
        primary_key=["id"],
        unique_keys=[["product", "ordered"], ["called"]],
        foreign_keys=[
            ForeignKey(
                fields=["country"],
                source=LookupSource.from_asset("files/countries.csv"),
                source_fields=["code"],
            ),
            ForeignKey(fields=["replaces"], source_fields=["id"]),
        ],
        fields_match=FieldsMatch.EQUAL,
    )
