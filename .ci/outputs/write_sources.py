"""Writes the sources of the cases as CSV, and what the engine is to make of them. Usage: write_sources.py <folder>"""

import csv
import json
import sys
from pathlib import Path

from cases import OUTPUTS, SOURCES

folder = Path(sys.argv[1])
folder.mkdir(parents=True)

for name, columns in SOURCES.items():
    with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column[0] for column in columns])
        writer.writerows(zip(*([text for text, _ in cells] for *_, cells in columns)))

conversions = [
    {
        "source": f"{source}.csv",
        "output": output,
        "pipeline": {
            "schema": {"fields": [{"name": column[0], **column[1]} for column in SOURCES[source]]},
            "transforms": transforms,
            "output": form,
        },
    }
    for output, (source, form, transforms) in OUTPUTS.items()
]
(folder / "conversions.json").write_text(json.dumps(conversions), encoding="utf-8")
