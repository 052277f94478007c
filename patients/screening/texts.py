"""The free texts of a case: everything that somebody typed and readers see.

Left out: names of terms, which many cases share, and what is told of cited works, whose authors and
addresses are in public. A quote from a work is searched: that it was printed elsewhere does not
make it right to show it here beside a patient's course.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from patients.document.model import (
    CaseDocument,
    CitationData,
    EventData,
    FindingData,
    LesionData,
    ResultData,
)
from patients.screening.model import Place
from patients.vocabulary import ScreenedRow

SHOWN = 60
"""Characters of a row's name."""


@dataclass(frozen=True, slots=True)
class FreeText:
    place: Place
    text: str


def texts_of(document: CaseDocument) -> list[FreeText]:
    """Those that are not empty, in the order of the document."""
    return [text for text in _all(document) if text.text]


def _all(document: CaseDocument) -> Iterator[FreeText]:
    case = (ScreenedRow.CASE, document.accession, "Case")
    yield _text(case, "title", document.title)
    yield _text(case, "summary", document.summary)
    for citation in document.citations:
        yield from _citation(citation, document.title)
    for lesion in document.lesions:
        yield from _lesion(lesion)
    labels = {event.id: event.label for event in document.events}
    for event in document.events:
        yield from _event(event)
    for finding in document.imaging_findings:
        yield from _finding(finding, labels[finding.event])
    yield from _derived(document)


def _event(event: EventData) -> Iterator[FreeText]:
    row = (ScreenedRow.EVENT, event.id, f"Event “{_short(event.label)}”")
    time, drug, procedure, pathology = event.time, event.drug, event.procedure, event.pathology
    yield _text(row, "label", event.label)
    yield _text(row, "label_zh", event.label_zh)
    yield _text(row, "start_reported_as", time.start.reported_as)
    if time.end is not None:
        yield _text(row, "end_reported_as", time.end.reported_as)
    if time.duration is not None:
        yield _text(row, "duration_reported_as", time.duration.reported_as)
    yield _text(row, "detail", event.detail)
    if drug is not None:
        for name in ("dose_unit", "route", "frequency", "brand"):
            yield _text(row, name, getattr(drug, name))
    if procedure is not None:
        for name in ("approach", "device", "agent"):
            yield _text(row, name, getattr(procedure, name))
    if pathology is not None:
        yield _text(row, "markers", "\n".join(marker.marker for marker in pathology.markers))
        yield _text(row, "mitoses_per", pathology.mitoses_per)
    for result in event.results:
        yield from _result(result, event.label)
    for citation in event.citations:
        yield from _citation(citation, event.label)


def _finding(finding: FindingData, event: str) -> Iterator[FreeText]:
    row = (ScreenedRow.FINDING, finding.id, f"Finding in “{_short(event)}”")
    yield _text(row, "description", finding.description)
    yield _text(row, "enhancement", finding.enhancement)
    for citation in finding.citations:
        yield from _citation(citation, event)
    for image in finding.images:
        shown = (ScreenedRow.IMAGE, image.id, f"Image in “{_short(event)}”")
        yield _text(shown, "caption", image.caption)
        yield _text(shown, "credit", image.credit)


def _derived(document: CaseDocument) -> Iterator[FreeText]:
    """A curator's reasons; all else there is made from what is searched."""
    for rule in document.derived:
        for result in rule.results:
            if result.set_aside is not None:
                name = f"Set aside: {rule.name}, “{_short(result.heading)}”"
                row = (ScreenedRow.DERIVED, result.set_aside.id, name)
                yield _text(row, "reason", result.set_aside.reason)


def _lesion(lesion: LesionData) -> Iterator[FreeText]:
    row = (ScreenedRow.LESION, lesion.id, f"Lesion “{_short(lesion.label)}”")
    yield _text(row, "label", lesion.label)
    yield _text(row, "label_zh", lesion.label_zh)


def _result(result: ResultData, event: str) -> Iterator[FreeText]:
    row = (ScreenedRow.RESULT, result.id, f"Result in “{_short(event)}”")
    for name in ("analyte", "unit", "note"):
        yield _text(row, name, getattr(result, name))


def _citation(citation: CitationData, on: str) -> Iterator[FreeText]:
    row = (ScreenedRow.CITATION, citation.id, f"Citation on “{_short(on)}”")
    for name in ("note", "quote", "locator"):
        yield _text(row, name, getattr(citation, name))


def _text(row: tuple[ScreenedRow, str, str], field: str, text: str) -> FreeText:
    kind, public_id, name = row
    return FreeText(Place(kind, public_id, field, f"{name}, {FIELD_WORDS[field]}"), text)


def _short(words: str) -> str:
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"


FIELD_WORDS = {
    "title": "title",
    "summary": "summary",
    "label": "label",
    "label_zh": "label in Chinese",
    "start_reported_as": "start as reported",
    "end_reported_as": "end as reported",
    "duration_reported_as": "duration as reported",
    "detail": "detail",
    "dose_unit": "unit of the dose",
    "route": "route",
    "frequency": "frequency",
    "brand": "brand",
    "approach": "approach",
    "device": "device",
    "agent": "agent",
    "markers": "markers",
    "mitoses_per": "mitoses per",
    "description": "description",
    "enhancement": "enhancement",
    "analyte": "analyte",
    "unit": "unit",
    "note": "note",
    "quote": "quote",
    "caption": "caption",
    "credit": "credit",
    "locator": "locator",
    "reason": "reason",
}
