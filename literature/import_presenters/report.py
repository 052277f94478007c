"""What became of each row of an import, as CSV and JSON, in pieces."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any, Final

from literature.models import ImportRow
from literature.spreadsheet import safe_cell


@dataclass(frozen=True, slots=True)
class ReportLine:
    """`verdict` and `outcome` are the model's own words; `reason` says why it was left out or what
    is wrong with it; `reference` and `address` name the reference that it became or was tied to."""

    row: int
    line: int
    number: int | None
    title: str
    verdict: str
    outcome: str
    reason: str
    reference: str
    address: str


def report_line(row: ImportRow, site: str) -> ReportLine:
    """`site` is the address of the site without the slash at its end. `row.result` is given."""
    result = row.result
    reasons = [row.outcome_reason or row.match_reason]
    reasons += [problem["reason"] for problem in row.problems]
    return ReportLine(
        row=row.position,
        line=row.line,
        number=row.number,
        title=str(row.csl.get("title", "")),
        verdict=row.verdict,
        outcome=row.outcome,
        reason=" ".join(reason for reason in reasons if reason),
        reference=result.public_id if result else "",
        address=f"{site}{result.get_absolute_url()}" if result else "",
    )


HEADER: Final = [field.name for field in fields(ReportLine)]


class _Echo:
    def write(self, text: str) -> str:
        return text


def as_csv(lines: Iterable[ReportLine]) -> Iterator[str]:
    """With a byte order mark, by which spreadsheets know UTF-8; no cell is read as a formula."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + str(writer.writerow(HEADER))
    for line in lines:
        yield str(writer.writerow([safe_cell(getattr(line, name)) for name in HEADER]))


def _object(line: ReportLine) -> dict[str, Any]:
    return {name: getattr(line, name) for name in HEADER}


def as_json(lines: Iterable[ReportLine]) -> Iterator[str]:
    """An array with one object a line of the file."""
    yield "["
    for number, line in enumerate(lines):
        yield (",\n" if number else "\n") + json.dumps(_object(line), ensure_ascii=False)
    yield "\n]\n"
