"""Rows → the case document, from a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from patients.clinical_time import chronological
from patients.document import times
from patients.document.derived_model import RuleData, SetAsideData
from patients.document.details import (
    decimal_text,
    drug_data,
    pathology_data,
    patient_data,
    procedure_data,
    result_data,
    term_data,
)
from patients.document.images import image_data, images_by_finding
from patients.document.model import (
    SCHEMA_VERSION,
    CaseDocument,
    CitationData,
    EventData,
    FindingData,
    LesionData,
    MeasurementData,
)
from patients.document.reference_list import ReferenceList, found_in_data
from patients.models import (
    Case,
    Citation,
    Event,
    ImagingFinding,
    LaboratoryResult,
    Lesion,
    Measurement,
)
from patients.vocabulary import RESULT_CATEGORIES, Role


def build_document(case: Case) -> CaseDocument:
    """The document of `case` as its rows stand now.

    Queries only where `case` was not fetched by `CaseQuerySet.with_timeline()`.
    """
    return _Builder(case).document()


class _Builder:
    """Holds the rows of one case while its document is put together."""

    def __init__(self, case: Case) -> None:
        self.case = case
        rows = list(case.events.all())
        resolved = times.resolve(rows)
        self.problems = resolved.problems
        self.times = resolved.by_event
        order = chronological([self.times[row.pk].start for row in rows])
        self.events = [rows[index] for index in order]
        self.event_by_pk = {row.pk: row for row in rows}
        self.lesion_by_pk = {row.pk: row for row in case.lesions.all()}
        self.findings = self._findings_in_time_order()
        self.measurements: dict[int, list[Measurement]] = defaultdict(list)
        for measurement in case.measurements.all():
            self.measurements[measurement.finding_id].append(measurement)
        self.results: dict[int, list[LaboratoryResult]] = defaultdict(list)
        for result in case.laboratoryresults.all():
            self.results[result.event_id].append(result)
        self.problems += [
            f"“{row.label}” has laboratory results, which go with an observation alone."
            for row in self.events
            if row.category not in RESULT_CATEGORIES and self.results[row.pk]
        ]
        self.images = images_by_finding(case)
        self.citations: dict[tuple[int | None, int | None], list[Citation]] = defaultdict(list)
        for citation in case.citations.all():
            self.citations[citation.event_id, citation.finding_id].append(citation)
        self.references = ReferenceList()

    def _findings_in_time_order(self) -> list[ImagingFinding]:
        place = {event.pk: number for number, event in enumerate(self.events)}
        return sorted(
            self.case.imagingfindings.all(),
            key=lambda finding: (place[finding.event_id], finding.position, finding.pk),
        )

    def document(self) -> CaseDocument:
        case = self.case
        # In this order the reference list gets its numbers: the case, then event by event.
        own = self.citations[None, None]
        own.sort(key=lambda citation: citation.role != Role.SOURCE)
        citations = self._citations(own, None, None)
        events, findings = self._events_and_findings()
        source = next((row.reference for row in own if row.role == Role.SOURCE), None)
        document = CaseDocument(
            schema_version=SCHEMA_VERSION,
            accession=case.accession,
            title=case.title,
            summary=case.summary,
            patient=patient_data(case),
            diagnosis=term_data(case.diagnosis),
            primary_site=term_data(case.primary_site),
            day_zero_year=case.day_zero_year,
            source=source.public_id if source else None,
            events=events,
            imaging_findings=findings,
            lesions=[self._lesion(lesion) for lesion in self.lesion_by_pk.values()],
            citations=citations,
            references=self.references.data(),
            problems=self.problems,
        )
        return replace(document, derived=self._derived(document))

    def _derived(self, document: CaseDocument) -> list[RuleData]:
        from patients.derived import block_of  # which imports the document's model

        standing = [row for row in self.case.derived_set_asides.all() if row.undone_at is None]
        aside = {row.key: SetAsideData(row.public_id, row.reason) for row in standing}
        return block_of(document, aside)

    def _events_and_findings(self) -> tuple[list[EventData], list[FindingData]]:
        of_event: dict[int, list[ImagingFinding]] = defaultdict(list)
        for finding in self.findings:
            of_event[finding.event_id].append(finding)
        events: list[EventData] = []
        findings: list[FindingData] = []
        for number, event in enumerate(self.events, 1):
            events.append(self._event(event, number, of_event[event.pk]))
            findings.extend(self._finding(finding, event) for finding in of_event[event.pk])
        return events, findings

    def _event(self, event: Event, number: int, findings: list[ImagingFinding]) -> EventData:
        anchor = self.event_by_pk.get(event.anchor_id) if event.anchor_id else None
        return EventData(
            id=event.public_id,
            case=self.case.accession,
            number=number,
            category=event.category,
            label=event.label,
            term=term_data(event.term),
            site=term_data(event.site),
            detail=event.detail,
            is_index=event.is_index,
            time=times.time_data(event, self.times[event.pk], anchor),
            drug=drug_data(event),
            procedure=procedure_data(event),
            pathology=pathology_data(event),
            outcome=event.outcome,
            findings=[finding.public_id for finding in findings],
            citations=self._citations(self.citations[event.pk, None], event, None),
            label_zh=event.label_zh,
            results=[result_data(row, event, self.case) for row in self.results[event.pk]],
        )

    def _finding(self, finding: ImagingFinding, event: Event) -> FindingData:
        lesion = self._lesion_id(finding)
        return FindingData(
            id=finding.public_id,
            case=self.case.accession,
            event=event.public_id,
            modality=finding.modality,
            site=term_data(finding.site),
            lesion=lesion,
            description=finding.description,
            enhancement=finding.enhancement,
            change=finding.change,
            patency=finding.patency,
            measurements=[
                MeasurementData(
                    id=row.public_id,
                    case=self.case.accession,
                    finding=finding.public_id,
                    event=event.public_id,
                    lesion=lesion,
                    dimension=row.dimension,
                    low_mm=decimal_text(row.low_mm),
                    high_mm=decimal_text(row.high_mm),
                )
                for row in self.measurements[finding.pk]
            ],
            citations=self._citations(self.citations[None, finding.pk], None, finding),
            images=image_data(self.images[finding.pk], finding, self.case),
        )

    def _lesion_id(self, finding: ImagingFinding) -> str | None:
        return self.lesion_by_pk[finding.lesion_id].public_id if finding.lesion_id else None

    def _lesion(self, lesion: Lesion) -> LesionData:
        return LesionData(
            id=lesion.public_id,
            label=lesion.label,
            kind=lesion.kind,
            site=term_data(lesion.site),
            multiplicity=lesion.multiplicity,
            findings=[row.public_id for row in self.findings if row.lesion_id == lesion.pk],
            label_zh=lesion.label_zh,
        )

    def _citations(
        self, rows: Iterable[Citation], event: Event | None, finding: ImagingFinding | None
    ) -> list[CitationData]:
        return [
            CitationData(
                id=row.public_id,
                case=self.case.accession,
                event=event.public_id if event else None,
                finding=finding.public_id if finding else None,
                reference=row.reference.public_id,
                reference_number=self.references.number(row.reference),
                role=row.role,
                number=row.number,
                note=row.note,
                quote=row.quote,
                locator=row.locator,
                quote_depth=row.quote_depth,
                quote_state=row.quote_state,
                quote_found_at=row.quote_text.depth if row.quote_text else "",
                found_in=found_in_data(row),
            )
            for row in rows
        ]
