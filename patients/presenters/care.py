"""The CARE checklist on the case page, for those who edit it. No query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from patients.care import CareItem, care_items
from patients.document.model import CaseDocument
from patients.vocabulary import CareState

PLACES: Final = {
    "abstract": ("summary", "The summary"),
    "background": ("references", "The references"),
    "patient": ("patient", "The patient"),
    "examination": ("timeline", "The timeline"),
    "timeline": ("timeline", "The timeline"),
    "diagnosis": ("timeline", "The timeline"),
    "treatment": ("timeline", "The timeline"),
    "outcome": ("timeline", "The timeline"),
}
"""Where an item shows on the case page that a curator ticked and that no single row shows."""


@dataclass(frozen=True, slots=True)
class CareRow:
    label: str
    state: str
    state_label: str
    words: str
    """What shows it; empty where it is not present."""
    url: str
    """Where: a fragment of the case page; empty where that is the review page."""
    by: str
    """Who says so, in words."""


@dataclass(frozen=True, slots=True)
class CareView:
    rows: list[CareRow]

    @property
    def present(self) -> int:
        return sum(row.state == CareState.PRESENT for row in self.rows)

    @property
    def absent(self) -> int:
        return sum(row.state == CareState.ABSENT for row in self.rows)

    @property
    def not_applicable(self) -> int:
        return sum(row.state == CareState.NOT_APPLICABLE for row in self.rows)

    @property
    def open(self) -> int:
        """Those that nobody has looked at."""
        return sum(not row.state for row in self.rows)


def care_view(document: CaseDocument, ticked: Mapping[str, str]) -> CareView:
    return CareView([_row(item, document) for item in care_items(document, ticked)])


def _row(item: CareItem, document: CaseDocument) -> CareRow:
    words, target = "", ""
    if item.state == CareState.PRESENT:
        words, target = _shown(item, document)
    by = "the record shows it" if item.is_derived else "a curator looked" if item.state else ""
    label = item.state_label or "Not looked at yet"
    return CareRow(item.label, item.state, label, words, f"#{target}" if target else "", by)


def _shown(item: CareItem, document: CaseDocument) -> tuple[str, str]:
    """What shows a present item, and the fragment of the case page; "" is the review page."""
    if item.target:
        return item.shown_by, item.target
    if item.key in PLACES:
        target, words = PLACES[item.key]
        return words, target
    source = next((row for row in document.references if row.id == document.source), None)
    if source is None or item.key == "consent":
        return "The review", ""
    return "The report itself", f"ref-{source.number}"
