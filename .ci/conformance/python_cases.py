"""Prints, as JSON, the cases of Python's csv module, of the fields of the Frictionless Framework, and of CleverCSV.

Usage: python_cases.py <folder of the unpacked wheel of frictionless> <folder of the unpacked source of clevercsv>
"""

import csv
import importlib.abc
import importlib.util
import json
import sys
import types
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path

cases = []


def readers_cases():
    """Every call that the tests of Python's csv module make of their reader, with what Python itself makes of it."""
    from test import test_csv

    def record(self, lines, _expected, **options):
        if not all(isinstance(line, str) for line in lines):
            # Lines that are bytes are none to Python, and all there are to us.
            raise csv.Error
        case = {"set": "Python csv", "name": f"{self._testMethodName}: {lines!r} {options!r}", "input": "".join(lines)}
        # A list of lines without their ends is several lines as well.
        if not any(line.endswith(("\n", "\r")) for line in lines) and len(lines) > 1:
            case["input"] = "\n".join(lines)
        case["options"] = {name: value if not isinstance(value, type) else value.__name__ for name, value in options.items()}
        try:
            case["expected"] = list(csv.reader(lines, **options))
        except csv.Error as error:
            case["error"] = str(error)
            cases.append(case)
            raise
        cases.append(case)

    test_csv.Test_Csv._read_test = record
    for name in dir(test_csv.Test_Csv):
        if name.startswith("test_read"):
            getattr(test_csv.Test_Csv(name), name)()


class Marks:
    """Stands for pytest: remembers what a test is to be called with."""

    def __getattr__(self, _name):
        return lambda *args, **_options: lambda test: test if callable(test) and not args else test

    @staticmethod
    def parametrize(names, rows, **_options):
        def decorate(test):
            test.names = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
            test.rows = list(rows)
            return test

        return decorate


class Anything:
    def __getattr__(self, _name):
        return Anything()

    def __call__(self, *_args, **_options):
        return Anything()


class Stubs(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Stands for whatever the tests import beside Python's own modules: what they call with it is not run."""

    def find_spec(self, name, _path, _target=None):
        if name.split(".")[0] not in ("frictionless", "dateutil", "isodate", "pytz", "clevercsv"):
            return None
        return importlib.util.spec_from_loader(name, self, is_package=True)

    def exec_module(self, module):
        module.__getattr__ = lambda _name: Anything()
        module.tzoffset = lambda _name, seconds: timezone(timedelta(seconds=seconds))
        module.tzutc = lambda: timezone.utc
        module.tz = module


def loaded(file):
    spec = importlib.util.spec_from_file_location(file.stem, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def field_cases(folder):
    pytest = types.ModuleType("pytest")
    pytest.mark = Marks()
    pytest.__getattr__ = lambda _name: Anything()
    sys.modules["pytest"] = pytest
    sys.meta_path.insert(0, Stubs())
    for file in sorted(Path(folder, "frictionless", "fields", "__spec__").glob("test_*.py")):
        for name, test in vars(loaded(file)).items():
            if isinstance(test, types.FunctionType) and hasattr(test, "rows"):
                add_fields(file.stem.removeprefix("test_"), name, test)


def add_fields(kind, name, test):
    for row in test.rows:
        given = dict(zip(test.names, row))
        if not {"format", "source", "target"} <= set(given) or not isinstance(given["source"], str):
            continue
        options = {key: value for key, value in given.get("options", {}).items()}
        try:
            json.dumps(options)
        except TypeError:
            continue
        cases.append(
            {
                "set": "Frictionless fields",
                "name": f"{kind}, {name}: {given['source']!r} as {given['format']!r} {options!r}",
                "field": {"type": kind, "format": given["format"], **options},
                "cell": given["source"],
                "valid": given["target"] is not None,
                "value": text_of(given["target"]),
            }
        )


def text_of(value):
    """What the value is in the text of JSON Lines; None where that is not compared."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Decimal)):
        return str(value)
    if isinstance(value, (date, datetime, time)):
        return None
    return None


def parser_cases(file):
    """Every text that the tests of CleverCSV's parser read."""

    def record(self, text, expected, **options):
        given = {name: value if value != "" else None for name, value in options.items()}
        # Neither a delimiter nor a quote is the default there: a character that no text has is none.
        given = {"delimiter": "\x1f", "quotechar": None, **given}
        name = self._testMethodName
        cases.append({"set": "CleverCSV", "name": name, "input": text, "options": given, "expected": expected})

    run_all(loaded(file).ParserTestCase, _parse_test=record)


class Asked:
    """Stands for something that is found out of a text."""

    def __init__(self, text, name):
        self.text, self.name = text, name


class Detector:
    """Stands for CleverCSV's detector: remembers what it is asked."""

    def detect(self, text, delimiters=None):
        self.delimiters = delimiters
        names = ("delimiter", "quotechar", "escapechar")
        asked = {name: Asked(text, name if delimiters is None else f"{name} of {delimiters}") for name in names}
        return types.SimpleNamespace(**asked)

    def has_header(self, text):
        return Asked(text, "header")


def detection_cases(file):
    """Everything that the tests of CleverCSV's detector have found out of a text."""
    properties = {"delimiter": "delimiter", "quotechar": "quoteChar", "header": "header"}

    def record(self, asked, expected):
        # What may stand between cells is not asked here, and escapes are never found out.
        if asked.name not in properties:
            return
        case = {"set": "CleverCSV detection", "input": asked.text, "property": properties[asked.name]}
        case["name"] = f"{self._testMethodName}: {case['property']} of {asked.text[:24]!r}"
        # No quote, and one that no cell stands in, read the same.
        case["expected"] = expected if expected != "" else '"'
        cases.append(case)

    module = loaded(file)
    module.Detector = Detector
    run_all(module.DetectorTestCase, assertEqual=record, assertIn=lambda *_: None)


def run_all(case, **instead):
    for name, method in instead.items():
        setattr(case, name, method)
    for name in dir(case):
        if name.startswith("test_"):
            getattr(case(name), name)()


readers_cases()
field_cases(sys.argv[1])
parser_cases(Path(sys.argv[2], "tests", "test_unit", "test_cparser.py"))
detection_cases(Path(sys.argv[2], "tests", "test_unit", "test_detect.py"))
json.dump(cases, sys.stdout)
