"""Has DuckDB, pyarrow and Python read the output files, and compares every value. Usage: read_back.py <folder>"""

import csv
import json
import sys
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.csv
import pyarrow.json
import pyarrow.parquet as pq

from cases import OUTPUTS, SOURCES

folder = Path(sys.argv[1])
UTC = timezone.utc
EPOCH = datetime(1970, 1, 1)
compared = 0


def microseconds(moment):
    return (moment.replace(tzinfo=None) - EPOCH) // timedelta(microseconds=1)


def plain(value):
    """A value in a form that every reader gives alike: times as microseconds, dates as days."""
    if isinstance(value, datetime):
        return microseconds(value.astimezone(UTC) if value.tzinfo and value.utcoffset() else value)
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, time):
        return ((value.hour * 60 + value.minute) * 60 + value.second) * 1_000_000 + value.microsecond
    return value


def expect(what, got, expected):
    global compared
    compared += 1
    if type(got) is not type(expected) or got != expected:
        raise SystemExit(f"{what}: got {got!r}, expected {expected!r}")


def expect_columns(what, names, columns, source, value_of=plain):
    expect(f"{what}: columns", list(names), [column[0] for column in source])
    for (name, *_, cells), got in zip(source, columns):
        expect(f"{what}: rows of {name}", len(got), len(cells))
        for row, (value, (_, expected)) in enumerate(zip(got, cells)):
            expect(f"{what}: row {row} of {name}", plain(value), value_of(expected))


def arrow_values(column):
    """Times by their numbers: Python's own would not hold all of them."""
    kind = column.type
    if pa.types.is_timestamp(kind) or pa.types.is_time64(kind):
        return column.cast(pa.int64()).to_pylist()
    return column.to_pylist()


def parquet_by_arrow(output, source, form):
    file = pq.ParquetFile(folder / output)
    table = file.read()
    expect(f"{output}: Arrow types", [str(field.type) for field in table.schema], [column[2] for column in source])
    expect_columns(f"{output} by pyarrow", table.column_names, [arrow_values(column) for column in table.columns], source)
    parquet_groups(output, file.metadata, source, form)


def parquet_groups(output, metadata, source, form):
    rows = len(source[0][-1])
    expect(f"{output}: rows in the footer", metadata.num_rows, rows)
    if rows > 100_000 and metadata.num_row_groups < 3:
        raise SystemExit(f"{output}: {metadata.num_row_groups} row groups, expected several")
    codec = {"none": "UNCOMPRESSED"}.get(form.get("compression"), form.get("compression", "snappy").upper())
    start = 0
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        for index, (name, *_, cells) in enumerate(source):
            chunk = group.column(index)
            what = f"{output}: row group {number}, {name}"
            expect(f"{what}: codec", chunk.compression, codec)
            statistics(what, chunk, [value for _, value in cells[start : start + group.num_rows]])
        start += group.num_rows
    expect(f"{output}: rows in groups", start, rows)
    if rows > 100_000:
        encodings = {source[index][0]: group.column(index).encodings for index in range(len(source))}
        expect(f"{output}: word has a dictionary", "RLE_DICTIONARY" in encodings["word"], True)
        expect(f"{output}: id has none", "RLE_DICTIONARY" in encodings["id"], False)


def statistics(what, chunk, values):
    there = [value for value in values if value is not None]
    found = chunk.statistics
    expect(f"{what}: nulls", found.null_count, len(values) - len(there))
    if not there or not found.has_min_max:
        # A bound that is absent is true of everything; bounds of nothing would not be.
        expect(f"{what}: bounds of nothing", bool(found.has_min_max and not there), False)
        return
    if isinstance(there[0], str):
        bounds = [min(value.encode() for value in there), max(value.encode() for value in there)]
        got = [bytes(bound, "utf-8") if isinstance(bound, str) else bound for bound in (found.min_raw, found.max_raw)]
    else:
        bounds = [plain(min(there)), plain(max(there))]
        got = [plain(found.min), plain(found.max)]
    if isinstance(there[0], str) and (got[0] > bounds[0] or got[1] < bounds[1]):
        raise SystemExit(f"{what}: bounds {got!r} do not hold {bounds!r}")
    if not isinstance(there[0], str):
        expect(f"{what}: bounds", got, bounds)


def parquet_by_duckdb(output, source, _form):
    query = duckdb.connect()
    query.execute("SET TimeZone = 'UTC'")
    path = str(folder / output)
    described = query.execute("DESCRIBE SELECT * FROM read_parquet(?)", [path]).fetchall()
    expect(f"{output}: DuckDB types", [column[1] for column in described], [column[3] for column in source])
    # Times by their numbers, since Python's datetimes end before DuckDB's do.
    names = [
        f'epoch_us("{name}")' if "TIMESTAMP" in kind else f'"{name}"' for name, _, _, kind, _ in source
    ]
    rows = query.execute(f"SELECT {', '.join(names)} FROM read_parquet(?)", [path]).fetchall()
    expect_columns(f"{output} by DuckDB", [column[0] for column in source], list(zip(*rows)), source)
    # A filter that reads the statistics finds what a scan finds.
    name, *_, cells = source[0]
    for _, value in cells[:: max(1, len(cells) // 50)]:
        if value is None:
            continue
        found = query.execute(f'SELECT count(*) FROM read_parquet(?) WHERE "{name}" = ?', [path, value]).fetchone()[0]
        expect(f"{output} by DuckDB: rows with {value}", found, sum(1 for _, other in cells if other == value))


def published_text(name, transforms, neutral):
    """The text that a cell becomes: that of the source, but for those that are rounded."""
    scale = next((each["scale"] for each in transforms if each["column"] == name), None)

    def text_of(cell):
        text, value = cell
        if scale is not None and value is not None:
            return f"{value:.{scale}f}"
        number = text.lstrip("+-").replace(".", "").replace("e", "").replace("E", "").replace("-", "").isdigit()
        if neutral and text[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") and not number:
            return "'" + text
        return text

    return text_of


def csv_texts(output, source, form, transforms):
    neutral = form.get("neutralizeFormulas", False)
    expected = [
        (name, None, None, None, [(None, published_text(name, transforms, neutral)(cell)) for cell in cells])
        for name, *_, cells in source
    ]
    path = folder / output
    with open(path, encoding="utf-8", newline="") as file:
        csv.field_size_limit(1 << 30)
        header, *rows = csv.reader(file, strict=True)
    expect_columns(f"{output} by Python", header, list(zip(*rows)), expected, lambda text: text)
    quoted = path.read_text(encoding="utf-8")[0] == '"'
    expect(f"{output}: the header stands in quotes", quoted, form.get("quoting") == "all")

    table = pyarrow.csv.read_csv(
        path,
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types={column[0]: pa.string() for column in source}, strings_can_be_null=False
        ),
        read_options=pyarrow.csv.ReadOptions(block_size=1 << 24),
    )
    columns = [column.to_pylist() for column in table.columns]
    expect_columns(f"{output} by pyarrow", table.column_names, columns, expected, lambda text: text)

    rows = duckdb.connect().execute(
        "SELECT * FROM read_csv(?, all_varchar = true, header = true, delim = ',', quote = '\"', escape = '\"', "
        "nullstr = 'a text that stands nowhere', max_line_size = 4000000, parallel = false)",
        [str(path)],
    )
    names = [column[0] for column in rows.description]
    expect_columns(f"{output} by DuckDB", names, list(zip(*rows.fetchall())), expected, lambda text: text)


def json_value(name, kind, transforms):
    text_of = published_text(name, transforms, False)

    def value_of(cell):
        text, value = cell
        if value is None:
            return None
        if kind in ("integer", "number", "boolean"):
            return value
        return text_of(cell)

    return value_of


def json_lines(output, source, _form, transforms):
    expected = [
        (name, None, None, None, [(None, json_value(name, field["type"], transforms)(cell)) for cell in cells])
        for name, field, _, _, cells in source
    ]
    path = folder / output
    lines = path.read_text(encoding="utf-8").split("\n")
    expect(f"{output}: ends with a line end", lines.pop(), "")
    objects = [json.loads(line, parse_float=Decimal) for line in lines]
    for row, members in enumerate(objects):
        expect(f"{output}: members of row {row}", list(members), [column[0] for column in source])
    numbers = {name for name, field, *_ in source if field["type"] == "number"}
    columns = [
        [Decimal(one[name]) if name in numbers and isinstance(one[name], int) else one[name] for one in objects]
        for name, *_ in source
    ]
    expect_columns(f"{output} by Python", [column[0] for column in source], columns, expected, lambda value: value)

    # Without the numbers: pyarrow and DuckDB make floats of them, but of integers of 64 bits.
    whole = [each for each in expected if each[0] not in numbers]
    names = [each[0] for each in whole]
    table = pyarrow.json.read_json(
        path,
        read_options=pyarrow.json.ReadOptions(block_size=1 << 26),
        parse_options=pyarrow.json.ParseOptions(
            explicit_schema=pa.schema(
                [(name, ARROW_JSON.get(field["type"], pa.string())) for name, field, *_ in source if name in names]
            ),
            unexpected_field_behavior="ignore",
        ),
    )
    expect_columns(
        f"{output} by pyarrow", table.column_names, [column.to_pylist() for column in table.columns], whole, lambda v: v
    )
    types = {name: DUCKDB_JSON.get(field["type"], "VARCHAR") for name, field, *_ in source if name in names}
    rows = duckdb.connect().execute(
        f"SELECT {', '.join(chr(34) + name + chr(34) for name in names)} FROM read_json(?, columns = {types}, "
        "format = 'newline_delimited', maximum_object_size = 4000000)",
        [str(path)],
    )
    expect_columns(f"{output} by DuckDB", names, list(zip(*rows.fetchall())), whole, lambda v: v)


ARROW_JSON = {"integer": pa.int64(), "boolean": pa.bool_()}
DUCKDB_JSON = {"integer": "BIGINT", "boolean": "BOOLEAN"}

for output, (source, form, transforms) in OUTPUTS.items():
    columns = SOURCES[source]
    before = compared
    if form["type"] == "parquet":
        parquet_by_arrow(output, columns, form)
        parquet_by_duckdb(output, columns, form)
    elif form["type"] == "csv":
        csv_texts(output, columns, form, transforms)
    else:
        json_lines(output, columns, form, transforms)
    print(f"{output}: {compared - before} comparisons")
print(f"{len(OUTPUTS)} files, {compared} comparisons, no difference: DuckDB {duckdb.__version__}, pyarrow {pa.__version__}")
