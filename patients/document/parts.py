"""The document taken apart: what lists and search keep, and each part that has its own list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from patients.document.canonical import to_builtins
from patients.document.model import (
    CaseDocument,
    CitationData,
    EventData,
    FindingData,
)
from patients.vocabulary import TREATMENTS, ItemKind


@dataclass(frozen=True, slots=True)
class Item:
    """One part of a case: its JSON is what the API answers for it."""

    kind: ItemKind
    public_id: str
    label: str
    data: dict[str, Any]
    reference: str | None = None
    """The id of the reference that a citation cites."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What a listing keeps of a document, by the names of its fields."""

    title: str
    summary: str
    sex: str
    age_low: int | None
    age_words: str
    diagnosis: str
    site: str
    treatments: list[str]
    outcome: str
    source_year: int | None
    event_count: int
    reference_count: int

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def columns(document: CaseDocument) -> Columns:
    years = {reference.id: reference.year for reference in document.references}
    return Columns(
        title=document.title,
        summary=document.summary,
        sex=document.patient.sex,
        age_low=document.patient.age_low,
        age_words=document.patient.age_words,
        diagnosis=document.diagnosis.slug if document.diagnosis else "",
        site=document.primary_site.slug if document.primary_site else "",
        treatments=treatments(document.events),
        outcome=last_outcome(document.events),
        source_year=years.get(document.source) if document.source else None,
        event_count=len(document.events),
        reference_count=len(document.references),
    )


def treatments(events: list[EventData]) -> list[str]:
    """Slugs of the procedures and drugs given, each once, in order."""
    given = [event.term.slug for event in events if event.category in TREATMENTS and event.term]
    return list(dict.fromkeys(given))


def last_outcome(events: list[EventData]) -> str:
    """The outcome that the report ends with; empty where it tells none."""
    return next((event.outcome for event in reversed(events) if event.outcome), "")


def items(document: CaseDocument) -> Iterator[Item]:
    """Every part of the case that the API lists on its own."""
    labels = {event.id: event.label for event in document.events}
    patient = {**to_builtins(document.patient), "case": document.accession}
    yield Item(ItemKind.PATIENT, document.patient.id, document.title, patient)
    yield from _citation_items(document.citations, "The case as a whole")
    for event in document.events:
        yield Item(ItemKind.EVENT, event.id, event.label, to_builtins(event))
        yield from _citation_items(event.citations, event.label)
        for result in event.results:
            yield Item(ItemKind.RESULT, result.id, event.label, to_builtins(result))
    for finding in document.imaging_findings:
        label = finding_label(finding, labels[finding.event])
        yield Item(ItemKind.IMAGING_FINDING, finding.id, label, to_builtins(finding))
        yield from _citation_items(finding.citations, label)
        for measurement in finding.measurements:
            yield Item(ItemKind.MEASUREMENT, measurement.id, label, to_builtins(measurement))
        for image in finding.images:
            yield Item(ItemKind.IMAGE, image.id, label, to_builtins(image))


def finding_label(finding: FindingData, event_label: str) -> str:
    """`Follow-up imaging: portal vein`."""
    return f"{event_label}: {finding.site.display}" if finding.site else event_label


def _citation_items(citations: list[CitationData], label: str) -> Iterator[Item]:
    for citation in citations:
        yield Item(ItemKind.CITATION, citation.id, label, to_builtins(citation), citation.reference)
