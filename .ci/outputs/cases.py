"""What the output files have to hold: values made up here, and the texts that stand for them in the sources.

A column is (name, field of the Table Schema, type in Arrow, type in DuckDB, [(text in the source, value), ...]). Values are
those of Python: int, Decimal, bool, date, time, datetime, str, or None where nothing is.
"""

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal, localcontext

UTC = timezone.utc
NONE = ("", None)

# The largest of 38 digits, 20 of them before and 18 after the point.
NINES = "9" * 20 + "." + "9" * 18
WHOLE_NINES = "9" * 38
SMALL_NINES = "0." + "9" * 38

TYPES = [
    ("integer", {"type": "integer"}, "int64", "BIGINT", [
        ("0", 0), ("-1", -1), ("007", 7), ("+5", 5), ("9223372036854775807", 2**63 - 1),
        ("-9223372036854775808", -2**63), NONE, ("9007199254740993", 2**53 + 1)]),
    ("grouped", {"type": "integer", "groupChar": "."}, "int64", "BIGINT", [
        ("1.234.567", 1234567), ("-1.000", -1000), NONE]),
    ("number", {"type": "number"}, "decimal128(38, 18)", "DECIMAL(38,18)", [
        ("0", Decimal(0)), ("1.50", Decimal("1.5")), ("-0.000000000000000001", Decimal("-1E-18")),
        (NINES, Decimal(NINES)), ("-" + NINES, Decimal("-" + NINES)), ("1e-3", Decimal("0.001")),
        ("1.5E2", Decimal(150)), NONE, ("0.1", Decimal("0.1"))]),
    ("german", {"type": "number", "decimalChar": ",", "groupChar": ".", "bareNumber": False},
     "decimal128(38, 18)", "DECIMAL(38,18)", [
        ("1.234,50", Decimal("1234.5")), ("€ -3,05", Decimal("-3.05")), ("95 %", Decimal(95)), NONE]),
    ("cents", {"type": "number"}, "decimal128(38, 2)", "DECIMAL(38,2)", [
        ("2.345", Decimal("2.34")), ("2.355", Decimal("2.36")), ("-2.345", Decimal("-2.34")),
        ("123456789012345678901234567890123456.785", Decimal("123456789012345678901234567890123456.78")), NONE]),
    ("whole", {"type": "number"}, "decimal128(38, 0)", "DECIMAL(38,0)", [
        (WHOLE_NINES, Decimal(WHOLE_NINES)), ("-" + WHOLE_NINES, Decimal("-" + WHOLE_NINES)), ("0.5", Decimal(0)),
        ("1.5", Decimal(2)), NONE]),
    ("boolean", {"type": "boolean", "trueValues": ["yes", "1"], "falseValues": ["no", "0"]}, "bool", "BOOLEAN", [
        ("yes", True), ("no", False), ("1", True), ("0", False), NONE]),
    ("date", {"type": "date"}, "date32[day]", "DATE", [
        ("1970-01-01", date(1970, 1, 1)), ("1969-12-31", date(1969, 12, 31)), ("2024-02-29", date(2024, 2, 29)),
        ("0001-01-01", date(1, 1, 1)), ("9999-12-31", date(9999, 12, 31)), ("1900-02-28", date(1900, 2, 28)), NONE]),
    ("day", {"type": "date", "format": "%d.%m.%y"}, "date32[day]", "DATE", [
        ("29.02.24", date(2024, 2, 29)), ("01.01.69", date(1969, 1, 1)), ("31.12.68", date(2068, 12, 31)), NONE]),
    ("time", {"type": "time"}, "time64[us]", "TIME", [
        ("00:00:00", time(0)), ("23:59:59", time(23, 59, 59)), ("12:34:56.789012", time(12, 34, 56, 789012)), NONE]),
    ("instant", {"type": "datetime"}, "timestamp[us, tz=UTC]", "TIMESTAMP WITH TIME ZONE", [
        ("1970-01-01T00:00:00Z", datetime(1970, 1, 1, tzinfo=UTC)),
        ("2024-10-27T02:30:00+02:00", datetime(2024, 10, 27, 0, 30, tzinfo=UTC)),
        ("1969-12-31T23:59:59.999999Z", datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", datetime(1, 1, 1, tzinfo=UTC)),
        ("9999-12-31T23:59:59-00:00", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)), NONE]),
    ("local", {"type": "datetime", "format": "%d/%m/%Y %H:%M:%S"}, "timestamp[us]", "TIMESTAMP", [
        ("27/10/2024 02:30:00", datetime(2024, 10, 27, 2, 30)), ("01/01/1970 00:00:01", datetime(1970, 1, 1, 0, 0, 1)),
        NONE]),
    ("year", {"type": "year"}, "int64", "BIGINT", [("2024", 2024), ("-0044", -44), ("0000", 0), NONE]),
    ("yearmonth", {"type": "yearmonth"}, "string", "VARCHAR", [("2024-02", "2024-02"), NONE]),
    ("duration", {"type": "duration"}, "string", "VARCHAR", [("P1DT2H", "P1DT2H"), NONE]),
    ("point", {"type": "geopoint"}, "string", "VARCHAR", [("13.4, 52.5", "13.4, 52.5"), NONE]),
    ("object", {"type": "object"}, "string", "VARCHAR", [('{"a": [1, "b"]}', '{"a": [1, "b"]}'), NONE]),
    ("list", {"type": "list"}, "string", "VARCHAR", [("a,b", "a,b"), NONE]),
    ("text", {"type": "string"}, "string", "VARCHAR", [
        ("plain", "plain"), ("Grüße, 😀", "Grüße, 😀"), ('"quoted"', '"quoted"'), ("two\nlines", "two\nlines"),
        ("\r\nand\ttab", "\r\nand\ttab"), (" blanks ", " blanks "), ("NULL", "NULL"), ("\\", "\\"), NONE,
        ("x" * 70_000, "x" * 70_000), ("\ufeff", "\ufeff"), ("=1+1", "=1+1")]),
    ("email", {"type": "string", "format": "email"}, "string", "VARCHAR", [("ada@example.org", "ada@example.org"), NONE]),
]

# What a column's cells become, in the order of the list.
TRANSFORMS = [
    {"type": "round", "column": "cents", "scale": 2, "rounding": "half-even"},
    {"type": "round", "column": "whole", "scale": 0, "rounding": "half-even"},
]

FRACTIONS = [
    ("fraction", {"type": "number"}, "decimal128(38, 38)", "DECIMAL(38,38)", [
        (SMALL_NINES, Decimal(SMALL_NINES)), ("-" + SMALL_NINES, Decimal("-" + SMALL_NINES)),
        ("0." + "0" * 37 + "1", Decimal("1E-38")), ("0", Decimal(0)), NONE]),
    # CSV without quotes has no way to write a record whose only cell is missing.
    ("row", {"type": "integer"}, "int64", "BIGINT", [(str(row), row) for row in range(5)]),
]

MANY = 120_000
WORDS = ["red", "green", "blue", "Grün", ""]


def _many():
    """Rows enough for several row groups. Every kind of column repeats itself differently."""
    start = date(2020, 1, 1)
    noon = datetime(2024, 3, 31, 0, 59, 59, 999_000, tzinfo=UTC)
    ids, prices, words, days, times, flags, texts = [], [], [], [], [], [], []
    for row in range(MANY):
        ids.append((str(row - 1000), row - 1000))
        cents = row * 7919 % 1_000_003 - 500_000
        price = None if row % 11 == 0 else Decimal(cents) / 100
        prices.append(NONE if price is None else (str(price), price))
        word = WORDS[row * row % len(WORDS)]
        words.append((word, word or None))
        day = start + timedelta(days=row // 500)
        days.append((day.isoformat(), day))
        at = noon + timedelta(microseconds=row * 1001)
        times.append((at.isoformat().replace("+00:00", "Z"), at))
        flags.append(NONE if row % 3 == 0 else (("true", True) if row % 2 else ("false", False)))
        text = f"note {row * 104729 % 999_983}, \"{row}\""
        texts.append((text, text))
    # The first row group has no value in it at all.
    late = [NONE if row < 40_000 else (str(row), row) for row in range(MANY)]
    return [
        ("id", {"type": "integer"}, "int64", "BIGINT", ids),
        ("price", {"type": "number"}, "decimal128(38, 18)", "DECIMAL(38,18)", prices),
        ("word", {"type": "string"}, "string", "VARCHAR", words),
        ("day", {"type": "date"}, "date32[day]", "DATE", days),
        ("at", {"type": "datetime"}, "timestamp[us, tz=UTC]", "TIMESTAMP WITH TIME ZONE", times),
        ("flag", {"type": "boolean"}, "bool", "BOOLEAN", flags),
        ("text", {"type": "string"}, "string", "VARCHAR", texts),
        ("late", {"type": "integer"}, "int64", "BIGINT", late),
    ]


def _padded(columns):
    rows = max(len(cells) for *_, cells in columns)
    return [(*head, cells + [NONE] * (rows - len(cells))) for *head, cells in columns]


with localcontext() as context:
    context.prec = 60
    SOURCES = {"types": _padded(TYPES), "fractions": _padded(FRACTIONS), "many": _many()}


def _parquet(**options):
    return {"type": "parquet", **options}


def _csv(**options):
    return {"type": "csv", **options}


# Output file: its source, its format, and the transforms.
OUTPUTS = {
    **{f"types.{codec}.parquet": ("types", _parquet(compression=codec), TRANSFORMS) for codec in ("snappy", "gzip", "none")},
    "fractions.parquet": ("fractions", _parquet(decimalScale=38), []),
    **{f"many.{codec}.parquet": ("many", _parquet(compression=codec, rowGroupBytes=2**20), [])
       for codec in ("snappy", "gzip")},
    "types.minimal.csv": ("types", _csv(), TRANSFORMS),
    "types.all.csv": ("types", _csv(quoting="all"), TRANSFORMS),
    "types.neutral.csv": ("types", _csv(neutralizeFormulas=True), TRANSFORMS),
    "fractions.none.csv": ("fractions", _csv(quoting="none"), []),
    "many.minimal.csv": ("many", _csv(), []),
    "types.jsonl": ("types", {"type": "json-lines"}, TRANSFORMS),
    "many.jsonl": ("many", {"type": "json-lines"}, []),
}
