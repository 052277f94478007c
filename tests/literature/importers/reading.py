"""How the tests of importers read."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from literature.importers.model import Entry, Severity
from literature.importers.registry import IMPORTERS


def read_all(format_: str, content: str | bytes) -> list[Entry]:
    raw = content.encode() if isinstance(content, str) else content
    return list(IMPORTERS[format_].read(BytesIO(raw)))


def read_one(format_: str, content: str | bytes) -> Entry:
    [entry] = read_all(format_, content)
    return entry


def has(entry: Entry, expected: Mapping[str, Any]) -> None:
    """The fields expected are there; None stands for a field that is not."""
    assert {field: entry.csl.get(field) for field in expected} == dict(expected)


def said(entry: Entry, severity: Severity) -> set[str]:
    return {problem.field for problem in entry.problems if problem.severity is severity}


def errors(entry: Entry) -> set[str]:
    return said(entry, Severity.ERROR)


def warnings(entry: Entry) -> set[str]:
    return said(entry, Severity.WARNING)
