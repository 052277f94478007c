"""The columns of the comparison: what each says of a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from patients.comparing.model import Cell, Piece, State, cell
from patients.derived import grade as who_grade
from patients.derived import response as recist_like
from patients.derived import standing
from patients.derived.response import REPORTED
from patients.derived.sizes import findings_of
from patients.document.derived_model import DerivedData
from patients.document.model import CaseDocument, CitationData, EventData, FindingData
from patients.presenters.words import label_of, range_words, sizes_words, term_words
from patients.vocabulary import (
    TREATMENTS,
    Category,
    Change,
    Grade,
    LesionKind,
    Modality,
    Multiplicity,
    Outcome,
    Patency,
    Sex,
)

FOLLOWED: Final = (Category.FOLLOW_UP, Category.OUTCOME)


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    heading: str
    of: Callable[[CaseDocument], Cell]


def patient(document: CaseDocument) -> Cell:
    told = document.patient
    words = [label_of(Sex, told.sex) if told.sex else "", told.age_words, told.country]
    return cell([Piece(part) for part in words if part])


def tumour(document: CaseDocument) -> Cell:
    pieces = [Piece(term_words(term)) for term in (document.diagnosis,) if term is not None]
    if document.primary_site is not None:
        pieces.append(Piece(f"primary site: {term_words(document.primary_site)}"))
    for lesion in document.lesions:
        first = next((row for row in findings_of(document, lesion) if row.measurements), None)
        if lesion.kind in (LesionKind.PRIMARY, LesionKind.TUMOUR) and first is not None:
            words = f"{lesion.label}: {sizes_words(first.measurements)}"
            pieces.append(Piece(words, f"finding-{first.id}", citations=_cited(first.citations)))
    return cell(pieces)


def grade(document: CaseDocument) -> Cell:
    """What the report says, with what it is judged by; then what follows from it."""
    pieces = []
    for event in document.events:
        told = event.pathology
        if told is None:
            continue
        ki67 = range_words(told.ki67_low, told.ki67_high, "%")
        words = [
            label_of(Grade, told.grade) if told.grade else "",
            f"Ki-67 {ki67}" if ki67 else "",
            f"{told.mitoses} mitoses per {told.mitoses_per}" if told.mitoses else "",
        ]
        if any(words):
            pieces.append(_of_event(event, ", ".join(filter(None, words))))
    pieces += [
        Piece(f"{Grade(row.result).label} by its numbers", _target(row), derived=True)
        for row in standing(document, who_grade.RULE.key)
        if row.result and row.result != row.reported
    ]
    return cell(pieces)


def metastases(document: CaseDocument) -> Cell:
    pieces = []
    for lesion in document.lesions:
        if lesion.kind != LesionKind.METASTASIS:
            continue
        many = label_of(Multiplicity, lesion.multiplicity).lower() if lesion.multiplicity else ""
        words = f"{lesion.label} ({many})" if many else lesion.label
        rows = findings_of(document, lesion)
        if rows and rows[-1].change == Change.RESOLVED:
            words = f"{words}, gone later"
        pieces.append(Piece(words, f"lesion-{lesion.id}", citations=_first_cited(rows)))
    return cell(pieces)


def vein(document: CaseDocument) -> Cell:
    """Each vessel's states in order; `no` where every study says that they are open."""
    by_vessel: dict[str, list[FindingData]] = defaultdict(list)
    for finding in _in_time(document):
        if finding.patency:
            by_vessel[term_words(finding.site) or "vessel not named"].append(finding)
    labels = {event.id: event.label for event in document.events}
    pieces = [
        Piece(
            f"{name}: {label_of(Patency, row.patency).lower()} "
            f"({label_of(Modality, row.modality) if row.modality else labels[row.event]})",
            f"finding-{row.id}",
            citations=_cited(row.citations),
        )
        for name, rows in by_vessel.items()
        for row in _changes(rows)
    ]
    is_open = all(row.patency == Patency.PATENT for rows in by_vessel.values() for row in rows)
    return cell(pieces, state=State.NO if is_open else State.REPORTED)


def _changes(rows: list[FindingData]) -> list[FindingData]:
    """The first study, and each that says something else than the one before."""
    return [row for at, row in enumerate(rows) if not at or row.patency != rows[at - 1].patency]


def treatments(document: CaseDocument) -> Cell:
    return cell([
        _of_event(event, f"{event.label} ({event.time.words})" if event.time.words else event.label)
        for event in document.events
        if event.category in TREATMENTS
    ])  # fmt: skip


def response(document: CaseDocument) -> Cell:
    told = [
        _of_event(event, f"{label_of(Outcome, event.outcome)} ({event.label})")
        for event in document.events
        if event.outcome in REPORTED
    ]
    derived = [
        Piece(f"RECIST-like: {row.words.removesuffix('.')}", _target(row), derived=True)
        for row in standing(document, recist_like.RULE.key)
        if row.result
    ]
    return cell(told + derived)


def follow_up(document: CaseDocument) -> Cell:
    last = next((event for event in reversed(document.events) if event.category in FOLLOWED), None)
    if last is None or (last.time.start.low is None and last.time.start.high is None):
        return cell([])
    return cell([_of_event(last, last.time.words or last.time.start.days_words)])


def outcome(document: CaseDocument) -> Cell:
    last = next((event for event in reversed(document.events) if event.outcome), None)
    if last is None:
        return cell([])
    return cell([_of_event(last, label_of(Outcome, last.outcome))])


def source(document: CaseDocument) -> Cell:
    found = [row for row in document.references if row.id == document.source]
    return cell([Piece(row.short, f"ref-{row.number}", citations=(row.number,)) for row in found])


COLUMNS: Final = (
    Column("patient", "Patient", patient),
    Column("tumour", "Tumour", tumour),
    Column("grade", "Grade", grade),
    Column("metastases", "Metastases", metastases),
    Column("vein", "Veins", vein),
    Column("treatments", "Treatments in order", treatments),
    Column("response", "Response", response),
    Column("follow-up", "Follow-up", follow_up),
    Column("outcome", "Outcome", outcome),
    Column("source", "Source", source),
)


def _of_event(event: EventData, words: str) -> Piece:
    return Piece(words, f"event-{event.id}", citations=_cited(event.citations))


def _target(row: DerivedData) -> str:
    """The fragment of the case page that a derived result is about."""
    return row.subject.partition(".")[0]


def _cited(citations: list[CitationData]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(sorted(row.reference_number for row in citations)))


def _first_cited(findings: list[FindingData]) -> tuple[int, ...]:
    return _cited(findings[0].citations) if findings else ()


def _in_time(document: CaseDocument) -> list[FindingData]:
    numbers = {event.id: event.number for event in document.events}
    return sorted(document.imaging_findings, key=lambda row: numbers[row.event])
