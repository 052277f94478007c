"""The events of a case as CSV: times in words and as bounds, what was done, found and cited."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any, Final

from literature.spreadsheet import safe_cell
from patients.document.model import CaseDocument, EventData, FindingData, TimeData
from patients.presenters.event_details import event_details
from patients.presenters.words import label_of, sizes_words, term_words
from patients.vocabulary import Category, Change, Modality, Patency

HEADINGS: Final = (
    "Number", "Category", "Event", "Is day 0", "When", "From day", "To day", "Precision",
    "Until", "Until from day", "Until to day", "Ongoing", "Lasted", "Lasted from days",
    "Lasted to days", "Details", "Findings", "Told in full", "References",
)  # fmt: skip
_BYTE_ORDER_MARK: Final = "\ufeff"


def timeline_csv(document: CaseDocument) -> bytes:
    """A row an event in order of time, days counted from day 0; what is not reported is empty. With
    a byte order mark, by which spreadsheets know UTF-8, and no cell that is read as a formula."""
    made = StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    findings = {row.id: row for row in document.imaging_findings}
    lesions = {row.id: row.label for row in document.lesions}
    for event in document.events:
        found = [findings[key] for key in event.findings]
        writer.writerow([safe_cell(cell) for cell in _row(event, found, lesions)])
    return f"{_BYTE_ORDER_MARK}{made.getvalue()}".encode()


def _row(event: EventData, findings: list[FindingData], lesions: dict[str, str]) -> list[Any]:
    time, lasted = event.time, event.time.duration
    return [
        event.number,
        label_of(Category, event.category),
        event.label,
        "yes" if event.is_index else "",
        time.start.words,
        *_bounds(time.start),
        time.start.precision,
        time.end.words if time.end else "",
        *(_bounds(time.end) if time.end else ("", "")),
        "yes" if time.ongoing else "",
        *((lasted.words, lasted.low, lasted.high) if lasted else ("", "", "")),
        "; ".join(f"{row.label}: {row.value}" for row in event_details(event)),
        "; ".join(_finding_words(row, lesions) for row in findings),
        event.detail,
        _numbers(event, findings),
    ]


def _bounds(time: TimeData) -> tuple[int | None, int | None]:
    return time.low, time.high


def _finding_words(finding: FindingData, lesions: dict[str, str]) -> str:
    name = lesions.get(finding.lesion or "", "") or term_words(finding.site)
    told = [
        label_of(Modality, finding.modality) if finding.modality else "",
        sizes_words(finding.measurements),
        label_of(Change, finding.change) if finding.change else "",
        label_of(Patency, finding.patency) if finding.patency else "",
        finding.enhancement,
        finding.description,
    ]
    words = ", ".join(filter(None, told))
    return f"{name}: {words}" if name and words else name or words


def _numbers(event: EventData, findings: list[FindingData]) -> str:
    """Of the works cited, in the document's own list."""
    rows = [*event.citations, *(row for finding in findings for row in finding.citations)]
    return ", ".join(str(number) for number in sorted({row.reference_number for row in rows}))
