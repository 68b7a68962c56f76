from typing import List

from aws_cdk.aws_secretsmanager import Secret
from constructs import Construct
from serverless_csv_etl import (
    CastType,
    Disambiguation,
    ExtraParts,
    KeptDuplicate,
    LetterCase,
    OtherValue,
    RoundingMode,
    Transform,
)


def every_transform(scope: Construct) -> List[Transform]:
    """Every transform, with every option."""
    key = Secret.from_secret_name_v2(scope, "HashKey", "shop/hash-key")
    return [
        Transform.trim("product", "unit"),
        Transform.cast(
            "price", CastType.NUMBER, decimal_char=",", group_char=".", bare_number=False
        ),
        Transform.cast("quantity", CastType.INTEGER, group_char="."),
        Transform.cast("paid", CastType.BOOLEAN, true_values=["ja"], false_values=["nein"]),
        Transform.cast("ordered", CastType.DATE, input_format="%d.%m.%Y"),
        Transform.filter("quantity > 0"),
        Transform.fill_missing("unit", "piece"),
        Transform.replace("product", " & ", " and "),
        Transform.replace_pattern("product", "\\s+", " "),
        Transform.change_case("country", LetterCase.UPPER),
        Transform.derive("total", "quantity * price", scale=2, rounding=RoundingMode.HALF_UP),
        Transform.round("price", scale=3, rounding=RoundingMode.HALF_DOWN),
        Transform.format_date("ordered", "%Y-%m-%d", "%d %b %Y"),
        Transform.convert_time_zone(
            "called",
            source="Europe/Berlin",
            target="UTC",
            input_format="%Y-%m-%dT%H:%M:%S",
            output_format="%Y-%m-%d %H:%M:%S%z",
            disambiguation=Disambiguation.COMPATIBLE,
        ),
        Transform.split(
            "tags", separator="|", into=["first_tag", "other_tags"], extra=ExtraParts.DROP
        ),
        Transform.concatenate("label", columns=["product", "unit"], separator=" / "),
        Transform.map_values(
            "unit",
            values={"kg": "kilogram", "piece": "pc", "l": "litre"},
            otherwise=OtherValue.value("?"),
        ),
        Transform.mask("contact", keep_first=1, keep_last=2, character="#"),
        Transform.hash("label", key=key, json_field="current"),
        Transform.de_duplicate(columns=["id"], keep=KeptDuplicate.LAST),
        Transform.rename("unit", "sold_by"),
        Transform.drop("tags", "replaces"),
    ]
