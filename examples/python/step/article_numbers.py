"""The step Enrich: adds the country of each article number (GS1 prefix), and rejects numbers with a wrong check digit.

It holds the step contract: pointers come in, pointers and counts go out. Rows are streamed, so memory does not grow
with the file.
"""

import csv
import io
import tempfile

import boto3

s3 = boto3.client("s3")

# A few prefixes of https://www.gs1.org/standards/id-keys/company-prefix
COUNTRIES = {"400": "Germany", "590": "Poland", "978": "Books"}


def handler(event, context):
    source = event["data"]
    body = s3.get_object(Bucket=source["bucket"], Key=source["key"])["Body"]
    rows = csv.reader(io.TextIOWrapper(body, encoding="utf-8", newline=""))
    header = next(rows)
    ean = header.index("ean")

    read = rejected = 0
    with tempfile.TemporaryFile("w+", newline="", encoding="utf-8") as good, tempfile.TemporaryFile(
        "w+", newline="", encoding="utf-8"
    ) as bad:
        data, rejects = (csv.writer(file, lineterminator="\n") for file in (good, bad))
        data.writerow([*header, "registered_in"])
        rejects.writerow(["_row", "_column", "_code", "_message"])
        for row in rows:
            read += 1
            if is_article_number(row[ean]):
                data.writerow([*row, COUNTRIES.get(row[ean][:3], "")])
            else:
                rejected += 1
                rejects.writerow([row[0], "ean", "wrong-check-digit", "ean has a wrong check digit"])
        result = {
            "data": put(good, source["bucket"], event["outputPrefix"] + "data.csv"),
            "counts": {
                "rowsRead": read,
                "rowsWritten": read - rejected,
                "rowsRejected": rejected,
                "rowsFiltered": 0,
            },
        }
        if rejected:
            result["rejects"] = put(bad, source["bucket"], event["outputPrefix"] + "rejects.csv")
    return result


def is_article_number(text):
    """Whether the digits of an EAN-13, weighted 1 and 3 in turn, add up to a multiple of ten."""
    return sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(text)) % 10 == 0


def put(file, bucket, key):
    file.flush()
    file.buffer.seek(0)
    s3.upload_fileobj(file.buffer, bucket, key)
    return {"bucket": bucket, "key": key}
