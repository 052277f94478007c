"""The case page's view of a document."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse

from literature.notices import NoticeView, notice_view
from literature.quotes.wording import QuoteCheck, quote_check
from patients.document.model import (
    CaseDocument,
    CitationData,
    EventData,
    FindingData,
    LesionData,
    NoticeData,
    ReferenceData,
)
from patients.presenters.derived import RuleView, derived_views, is_worked_out_now
from patients.presenters.event_details import event_details, span_words
from patients.presenters.patient import patient_rows
from patients.presenters.pictures import Pictures, PictureView
from patients.presenters.words import (
    Row,
    filled,
    label_of,
    sizes_words,
    term_words,
)
from patients.vocabulary import Category, Change, LesionKind, Modality, Multiplicity, Patency
from patients.vocabulary import Role as CitationRole


@dataclass(frozen=True, slots=True)
class CitationView:
    id: str
    number: int
    role: str
    role_label: str
    short: str
    title: str
    note: str
    quote: str
    locator: str
    report_number: int | None
    notices: list[NoticeView]
    check: QuoteCheck | None


@dataclass(frozen=True, slots=True)
class FindingView:
    id: str
    event_id: str
    event_label: str
    when: str
    days: str
    lesion: str
    modality: str
    site: str
    size: str
    change: str
    patency: str
    enhancement: str
    description: str
    citations: list[CitationView]
    pictures: list[PictureView]

    @property
    def details(self) -> list[Row]:
        return filled(
            ("Lesion", self.lesion),
            ("Site", self.site),
            ("Modality", self.modality),
            ("Size", self.size),
            ("Enhancement", self.enhancement),
            ("Change", self.change),
            ("Vessel", self.patency),
        )


@dataclass(frozen=True, slots=True)
class EventView:
    id: str
    number: int
    category: str
    category_label: str
    label: str
    when: str
    days: str
    span: str
    is_index: bool
    detail: str
    details: list[Row]
    findings: list[FindingView]
    citations: list[CitationView]

    @property
    def rows(self) -> int:
        """Rows of the table that the event takes: its own and one a finding."""
        return 1 + len(self.findings)


@dataclass(frozen=True, slots=True)
class LesionView:
    """A lesion with its findings in time order: its series."""

    id: str
    label: str
    kind: str
    findings: list[FindingView]
    pair_url: str
    """Its first two pictures side by side; empty where no two studies have any."""


@dataclass(frozen=True, slots=True)
class ReferenceView:
    reference: ReferenceData
    url: str
    cited_by: list[tuple[int, str, str]]
    """Number, id and label of each event that cites it, itself or by a finding."""
    notices: list[NoticeView]

    @property
    def is_grave(self) -> bool:
        """Whether it was retracted, in whole or in part."""
        return any(notice.is_grave for notice in self.notices)


@dataclass(frozen=True, slots=True)
class CaseView:
    document: CaseDocument
    patient: list[Row]
    source: ReferenceView | None
    citations: list[CitationView]
    events: list[EventView]
    lesions: list[LesionView]
    other_findings: list[FindingView]
    references: list[ReferenceView]
    pictures: Pictures

    @property
    def retracted(self) -> list[ReferenceView]:
        """The cited works that were retracted, in whole or in part."""
        return [row for row in self.references if row.is_grave]

    @property
    def derived(self) -> list[RuleView]:
        return derived_views(self.document)

    @property
    def derived_now(self) -> bool:
        return is_worked_out_now(self.document)


def case_view(document: CaseDocument, pictures: Pictures | None = None) -> CaseView:
    """`pictures` are those of the document, as far as they may be seen."""
    return _CaseViews(document, pictures or Pictures(document)).view()


class _CaseViews:
    def __init__(self, document: CaseDocument, pictures: Pictures) -> None:
        self.document, self.pictures = document, pictures
        self.pictures_of = self.pictures.of_finding()
        self.pair_urls = self.pictures.first_pairs()
        self.references = {row.id: row for row in document.references}
        self.notices = {
            row.id: [_notice(notice) for notice in row.notices] for row in document.references
        }
        self.event_by_id = {row.id: row for row in document.events}
        self.lesion_labels = {row.id: row.label for row in document.lesions}
        self.findings = {row.id: self._finding(row) for row in document.imaging_findings}
        self.citing_events = _citing_events(document)

    def view(self) -> CaseView:
        document = self.document
        references = [self._reference(row) for row in document.references]
        in_series = {key for lesion in document.lesions for key in lesion.findings}
        return CaseView(
            document=document,
            patient=patient_rows(document),
            source=next((row for row in references if row.reference.id == document.source), None),
            citations=self._citations(
                [row for row in document.citations if row.role != CitationRole.SOURCE]
            ),
            events=[self._event(row) for row in document.events],
            lesions=[self._lesion(row) for row in document.lesions if row.findings],
            other_findings=[row for key, row in self.findings.items() if key not in in_series],
            references=references,
            pictures=self.pictures,
        )

    def _event(self, event: EventData) -> EventView:
        start = event.time.start
        return EventView(
            id=event.id,
            number=event.number,
            category=event.category,
            category_label=label_of(Category, event.category),
            label=event.label,
            when=start.words,
            days=start.days_words if start.days_words != start.words else "",
            span=span_words(event),
            is_index=event.is_index,
            detail=event.detail,
            details=event_details(event),
            findings=[self.findings[key] for key in event.findings],
            citations=self._citations(event.citations),
        )

    def _finding(self, finding: FindingData) -> FindingView:
        event = self.event_by_id[finding.event]
        start = event.time.start
        return FindingView(
            id=finding.id,
            event_id=event.id,
            event_label=event.label,
            when=start.words,
            days=start.days_words if start.days_words != start.words else "",
            lesion=self.lesion_labels.get(finding.lesion or "", ""),
            modality=label_of(Modality, finding.modality),
            site=term_words(finding.site),
            size=sizes_words(finding.measurements),
            change=label_of(Change, finding.change),
            patency=label_of(Patency, finding.patency),
            enhancement=finding.enhancement,
            description=finding.description,
            citations=self._citations(finding.citations),
            pictures=self.pictures_of.get(finding.id, []),
        )

    def _lesion(self, lesion: LesionData) -> LesionView:
        kind = [label_of(LesionKind, lesion.kind), label_of(Multiplicity, lesion.multiplicity)]
        return LesionView(
            id=lesion.id,
            label=lesion.label,
            kind=", ".join(filter(None, [*kind, term_words(lesion.site)])),
            findings=[self.findings[key] for key in lesion.findings],
            pair_url=self.pair_urls.get(f"lesion-{lesion.id}", ""),
        )

    def _citations(self, rows: list[CitationData]) -> list[CitationView]:
        return [self._citation(row) for row in rows]

    def _citation(self, row: CitationData) -> CitationView:
        reference = self.references[row.reference]
        return CitationView(
            id=row.id,
            number=row.reference_number,
            role=row.role,
            role_label=label_of(CitationRole, row.role),
            short=reference.short,
            title=reference.title,
            note=row.note,
            quote=row.quote,
            locator=row.locator,
            report_number=row.number,
            notices=self.notices[reference.id],
            check=quote_check(
                row.quote_state,
                row.quote_found_at,
                row.found_in.id if row.found_in else None,
                row.found_in.short if row.found_in else "",
            ),
        )

    def _reference(self, reference: ReferenceData) -> ReferenceView:
        url = reverse("literature:reference-detail", args=[reference.id])
        return ReferenceView(
            reference, url, self.citing_events[reference.id], self.notices[reference.id]
        )


def _notice(notice: NoticeData) -> NoticeView:
    return notice_view(notice.kind, notice.year, notice.dois, notice.pmids, notice.sources)


def _citing_events(document: CaseDocument) -> dict[str, list[tuple[int, str, str]]]:
    """By reference: number, id and label of each event that cites it, itself or by a finding."""
    cited_at: dict[str, set[str]] = defaultdict(set)
    for event in document.events:
        cited_at[event.id].update(row.reference for row in event.citations)
    for finding in document.imaging_findings:
        cited_at[finding.event].update(row.reference for row in finding.citations)
    found: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for event in document.events:
        for reference in cited_at[event.id]:
            found[reference].append((event.number, event.id, event.label))
    return found
