"""The working rows of published documents, for curators to edit.

They say what the document says. What a document does not carry stays empty: the text that holds a
quote (which is looked for again), and the order in which an untimed report told its events.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from patients.document import CaseDocument
from patients.document.model import CitationData, EventData, FindingData, TermData
from patients.loading.copying import Json, Table
from patients.loading.event_times import columns_of
from patients.loading.keys import take
from patients.models import (
    Case,
    Citation,
    Event,
    ImagingFinding,
    LaboratoryResult,
    Lesion,
    Measurement,
)
from patients.vocabulary import Status


@dataclass(frozen=True, slots=True)
class Ready:
    """A document that is to become rows, with the keys of what it names."""

    document: CaseDocument
    case: int
    patient: int
    references: Mapping[str, int]
    """Keys by public id."""
    terms: Mapping[str, int]
    """Keys by slug."""
    canonical: bytes
    """The document as canonical JSON."""


KEYED_BY_THE_DATABASE = (Measurement, LaboratoryResult, Citation)
"""Nothing else points to them."""


class Rows:
    """The tables of cases and their parts, filled and written together; or those of the cases
    `alone`."""

    def __init__(
        self, cursor: Any, documents: Sequence[CaseDocument], at: datetime, *, alone: bool = False
    ) -> None:
        self.at, self._alone = at, alone
        self.tables = {
            model: Table(model, keyed=model not in KEYED_BY_THE_DATABASE)
            for model in (Case, Lesion, Event, ImagingFinding, Measurement, LaboratoryResult,
                          Citation)
        }  # fmt: skip
        counts = {} if alone else {
            Lesion: sum(len(each.lesions) for each in documents),
            Event: sum(len(each.events) for each in documents),
            ImagingFinding: sum(len(each.imaging_findings) for each in documents),
        }  # fmt: skip
        self._keys: dict[Any, Iterator[int]] = {
            model: take(cursor, model, count) for model, count in counts.items()
        }

    def add(self, ready: Ready) -> None:
        document, term = ready.document, _Terms(ready.terms)
        self.tables[Case].add(
            id=ready.case, accession=document.accession, patient_id=ready.patient,
            status=Status.PUBLISHED.value, title=document.title, summary=document.summary,
            diagnosis_id=term.key(document.diagnosis),
            primary_site_id=term.key(document.primary_site),
            day_zero_year=document.day_zero_year, age_low=document.patient.age_low,
            age_high=document.patient.age_high, created_at=self.at, updated_at=self.at,
        )  # fmt: skip
        if self._alone:
            return
        events = {event.id: next(self._keys[Event]) for event in document.events}
        lesions = {lesion.id: next(self._keys[Lesion]) for lesion in document.lesions}
        findings = {row.id: next(self._keys[ImagingFinding]) for row in document.imaging_findings}
        for position, lesion in enumerate(document.lesions):
            self.tables[Lesion].add(
                id=lesions[lesion.id], case_id=ready.case, public_id=lesion.id, position=position,
                label=lesion.label, label_zh=lesion.label_zh, kind=lesion.kind,
                site_id=term.key(lesion.site), multiplicity=lesion.multiplicity,
            )  # fmt: skip
        by_id = {event.id: event for event in document.events}
        for position, event in enumerate(document.events):
            self._event(ready.case, position, event, events, by_id, term)
        places: dict[str, int] = {}
        for finding in document.imaging_findings:
            place = places[finding.event] = places.get(finding.event, -1) + 1
            lesion_key = lesions[finding.lesion] if finding.lesion else None
            self._finding(ready.case, place, finding, findings[finding.id], events[finding.event],
                          lesion_key, term)  # fmt: skip
        for position, citation in enumerate(citations_of(document)):
            self._citation(ready, position, citation, events, findings)

    def _event(
        self, case: int, position: int, event: EventData, keys: Mapping[str, int],
        by_id: Mapping[str, EventData], term: _Terms,
    ) -> None:  # fmt: skip
        anchor = event.time.anchor
        self.tables[Event].add(
            id=keys[event.id], case_id=case, public_id=event.id, position=position,
            category=event.category, label=event.label, label_zh=event.label_zh,
            term_id=term.key(event.term), site_id=term.key(event.site), detail=event.detail,
            is_index=event.is_index, anchor_id=keys[anchor] if anchor else None,
            outcome=event.outcome, **columns_of(event, by_id[anchor] if anchor else None),
            **_of_category(event),
        )  # fmt: skip
        for place, result in enumerate(event.results):
            self.tables[LaboratoryResult].add(
                case_id=case, public_id=result.id,
                position=place, event_id=keys[event.id], analyte=result.analyte,
                term_id=term.key(result.term), comparator=result.comparator, value=result.value,
                unit=result.unit, reference_low=result.reference_low or None,
                reference_high=result.reference_high or None, note=result.note,
            )  # fmt: skip

    def _finding(
        self, case: int, position: int, finding: FindingData, key: int, event: int,
        lesion: int | None, term: _Terms,
    ) -> None:  # fmt: skip
        self.tables[ImagingFinding].add(
            id=key, case_id=case, public_id=finding.id, position=position, event_id=event,
            modality=finding.modality, site_id=term.key(finding.site), lesion_id=lesion,
            description=finding.description, enhancement=finding.enhancement,
            change=finding.change, patency=finding.patency,
        )  # fmt: skip
        for place, size in enumerate(finding.measurements):
            self.tables[Measurement].add(
                case_id=case, public_id=size.id, position=place,
                finding_id=key, dimension=size.dimension, low_mm=size.low_mm, high_mm=size.high_mm,
            )  # fmt: skip

    def _citation(
        self, ready: Ready, position: int, citation: CitationData, events: Mapping[str, int],
        findings: Mapping[str, int],
    ) -> None:  # fmt: skip
        self.tables[Citation].add(
            case_id=ready.case, public_id=citation.id,
            position=position, event_id=events[citation.event] if citation.event else None,
            finding_id=findings[citation.finding] if citation.finding else None,
            reference_id=ready.references[citation.reference], role=citation.role,
            number=citation.number, note=citation.note, quote=citation.quote,
            locator=citation.locator, quote_depth=citation.quote_depth,
        )  # fmt: skip

    def copy(self, cursor: Any) -> None:
        for table in self.tables.values():
            table.copy(cursor)


class _Terms:
    def __init__(self, keys: Mapping[str, int]) -> None:
        self._keys = keys

    def key(self, term: TermData | None) -> int | None:
        return self._keys[term.slug] if term is not None else None


def citations_of(document: CaseDocument) -> Iterator[CitationData]:
    """In the order in which the document gives numbers to what they cite."""
    yield from document.citations
    by_id = {finding.id: finding for finding in document.imaging_findings}
    for event in document.events:
        yield from event.citations
        for finding in event.findings:
            yield from by_id[finding].citations


def _of_category(event: EventData) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if drug := event.drug:
        found |= {
            "dose": drug.dose or None, "dose_unit": drug.dose_unit, "route": drug.route,
            "frequency": drug.frequency, "frequency_times": drug.frequency_times,
            "frequency_days": drug.frequency_days, "brand": drug.brand,
        }  # fmt: skip
    if procedure := event.procedure:
        found |= {
            "approach": procedure.approach, "device": procedure.device, "agent": procedure.agent,
            "device_low_um": procedure.device_low_um, "device_high_um": procedure.device_high_um,
        }  # fmt: skip
    if pathology := event.pathology:
        markers = [{"marker": row.marker, "result": row.result} for row in pathology.markers]
        found |= {
            "markers": Json(markers), "ki67_low": pathology.ki67_low or None,
            "ki67_high": pathology.ki67_high or None, "mitoses": pathology.mitoses or None,
            "mitoses_per": pathology.mitoses_per, "grade": pathology.grade,
        }  # fmt: skip
    return found
