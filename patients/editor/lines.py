"""The lines of the page: one a row, worded from the case document, in the order of the report."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from literature import wording
from patients.completeness import Missing, missing_in
from patients.document import build_document
from patients.document.details import decimal_text, patient_data
from patients.document.model import CaseDocument, EventData, FindingData
from patients.editor import rows
from patients.editor.addresses import edit_url
from patients.models import Case, Citation, LaboratoryResult
from patients.presenters.waiting import quote_words
from patients.presenters.words import label_of, sizes_words, term_words
from patients.vocabulary import (
    Category,
    Change,
    LesionKind,
    Modality,
    Multiplicity,
    Patency,
    Role,
    Sex,
)

QUOTE_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Lack:
    """Something missing, as the row's own line says it."""

    message: str
    severity: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row in one line, and the lines of what stands on it."""

    kind: str
    id: str
    label: str
    lead: str = ""
    """What comes first: the time of an event, the role of a citation."""
    tag: str = ""
    category: str = ""
    notes: tuple[str, ...] = ()
    missing: tuple[Lack, ...] = ()
    url: str = ""
    under: tuple[Line, ...] = field(default=(), compare=False)

    @property
    def key(self) -> str:
        return "summary" if self.kind == "case" else f"{self.kind}-{self.id}"


class Lines:
    """All lines of one case, from its fetched timeline and its document; runs no query."""

    def __init__(self, case: Case, document: CaseDocument, missing: list[Missing]) -> None:
        self.case = case
        self.events = {row.id: row for row in document.events}
        self.findings = {row.id: row for row in document.imaging_findings}
        self.lesion_labels = {row.id: row.label for row in document.lesions}
        self.missing: dict[str, list[Missing]] = {}
        for item in missing:
            self.missing.setdefault(key_of_target(item.target), []).append(item)
        self._under: dict[tuple[str, int], list[Any]] = {}
        for kind in ("finding", "result", "citation"):
            for row in rows.rows_of(case, kind):
                at = rows.parent_of(row) or ("case", case.pk)
                self._under.setdefault(at, []).append(row)

    def summary(self) -> Line:
        case = self.case
        patient = patient_data(case)
        notes = _filled(
            label_of(Sex, patient.sex),
            patient.age_words,
            case.diagnosis.display if case.diagnosis else "",
        )
        return self._line("case", case.accession, label=case.title, notes=notes)

    def of_events(self) -> list[Line]:
        return [self._event(row) for row in rows.rows_of(self.case, "event")]

    def of_lesions(self) -> list[Line]:
        return [
            self._line(
                "lesion",
                row.public_id,
                label=row.label,
                lead=label_of(LesionKind, row.kind),
                notes=_filled(
                    row.site.display if row.site else "",
                    label_of(Multiplicity, row.multiplicity),
                ),
            )
            for row in rows.rows_of(self.case, "lesion")
        ]

    def of_case_citations(self) -> list[Line]:
        return self._lines_under("case", self.case.pk)

    def flat(self) -> dict[str, Line]:
        """Every line by its key."""
        found: dict[str, Line] = {}
        waiting = [self.summary(), *self.of_events(), *self.of_lesions(), *self.of_case_citations()]
        while waiting:
            line = waiting.pop()
            found[line.key] = line
            waiting.extend(line.under)
        return found

    def _lines_under(self, kind: str, key: int) -> list[Line]:
        makers = {"finding": self._finding, "result": self._result, "citation": self._citation}
        return [makers[rows.kind_of(row)](row) for row in self._under.get((kind, key), [])]

    def _event(self, row: Any) -> Line:
        data: EventData = self.events[row.public_id]
        return replace(
            self._line(
                "event",
                row.public_id,
                label=row.label,
                lead=data.time.words,
                tag=label_of(Category, row.category),
                notes=_filled("day 0" if row.is_index else ""),
            ),
            category=row.category,
            under=tuple(self._lines_under("event", row.pk)),
        )

    def _finding(self, row: Any) -> Line:
        data: FindingData = self.findings[row.public_id]
        lesion = self.lesion_labels.get(data.lesion or "", "")
        site = term_words(data.site)
        label = data.description or lesion or site or "Finding"
        return replace(
            self._line(
                "finding",
                row.public_id,
                label=label,
                lead=label_of(Modality, data.modality) or "Finding",
                notes=_filled(
                    lesion if label != lesion else "",
                    site if label != site else "",
                    sizes_words(data.measurements),
                    label_of(Change, data.change),
                    label_of(Patency, data.patency),
                    _images_words(len(data.images)),
                ),
            ),
            under=tuple(self._lines_under("finding", row.pk)),
        )

    def _result(self, row: LaboratoryResult) -> Line:
        low, high = decimal_text(row.reference_low), decimal_text(row.reference_high)
        return self._line(
            "result",
            row.public_id,
            label=str(row),
            lead="Result",
            notes=_filled(f"reference {_range(low, high)}" if low or high else "", row.note),
        )

    def _citation(self, row: Citation) -> Line:
        quote = row.quote if len(row.quote) <= QUOTE_SHOWN else f"{row.quote[:QUOTE_SHOWN]}…"
        return self._line(
            "citation",
            row.public_id,
            label=f"{wording.short_citation(row.reference.csl)}: {row.reference.csl['title']}",
            lead=label_of(Role, row.role),
            notes=_filled(row.note, f"“{quote}”" if quote else "", quote_words(row)),
        )

    def _line(self, kind: str, public_id: str, **words: Any) -> Line:
        line = Line(kind, public_id, **words)
        return replace(
            line,
            missing=tuple(_lack(item, line.label) for item in self.missing.get(line.key, ())),
            url=row_url(self.case, kind, public_id),
        )


def lines_of(case: Case) -> dict[str, Line]:
    """Every line of a case that was fetched with its timeline, by its key."""
    document = build_document(case)
    return Lines(case, document, missing_in(document)).flat()


def row_url(case: Case, kind: str, public_id: str) -> str:
    if kind == "case":
        return edit_url("edit-summary", case.accession)
    return edit_url("edit-row", case.accession, kind, public_id)


def key_of_target(target: str) -> str:
    """The key of the line that something missing is about; the summary where it is the case."""
    return target or "summary"


def _images_words(count: int) -> str:
    return f"{count} image{'' if count == 1 else 's'}" if count else ""


def _lack(item: Missing, label: str) -> Lack:
    """Without the name of the row, which the line says already."""
    message = item.message.removeprefix(f"“{label}” ")
    return Lack(message[:1].upper() + message[1:], item.severity)


def _range(low: str, high: str) -> str:
    """`3 to 5`, `at least 3`, `at most 5`."""
    if low and high:
        return f"{low} to {high}"
    return f"at least {low}" if low else f"at most {high}"


def _filled(*words: str) -> tuple[str, ...]:
    return tuple(word for word in words if word)
