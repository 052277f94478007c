"""What the page of identifying text shows of one case, gathered once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from patients.document import build_document
from patients.editor.advice import form_field
from patients.models import Case, Clearing
from patients.screening import Finding, of_document
from patients.vocabulary import ScreenedRow

SHOWN = 200
"""Findings, and clearings, on one page."""
REASONS = (
    "Not about the patient: a name from the literature",
    "A method, score or disease that is called so",
    "Not what it looks like: a number or word of another meaning",
    "Needed to understand the case, and it identifies nobody",
    "Part of the title or quote of a published work",
)
"""What is said most often; offered while a reason is typed."""
CANNOT_FIND = (
    "names without a title or a word such as “patient” before them, first names, nicknames and "
    "misspelt names",
    "towns, villages and hospitals that are not on its list, or whose names are common words",
    "a rare disease, job, family or event by which somebody would know the patient",
    "dates that are only implied, such as the day of a flood",
    "what pictures show, and texts in languages other than English and Chinese",
)


@dataclass(frozen=True, slots=True)
class FindingView:
    finding: Finding
    url: str
    """The field in the editor."""
    reason: str = ""
    """As it was typed, where it was not taken."""
    error: str = ""

    @property
    def key(self) -> str:
        return self.finding.fingerprint


@dataclass(frozen=True, slots=True)
class ClearingView:
    row: Clearing
    finding: Finding | None
    """What it clears now; None where the words have changed or are gone."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody sent that was not taken: reasons and errors by fingerprint."""

    reasons: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


class IdentifyingPage:
    """The findings of a case that was fetched with its timeline, and its clearings."""

    cannot_find = CANNOT_FIND
    common_reasons = REASONS
    most_shown = SHOWN

    def __init__(self, case: Case, user: Any, typed: Typed | None = None) -> None:
        self.case = case
        self.typed = typed or Typed()
        self.may_clear = bool(user.has_perm("patients.clear_finding"))
        findings = of_document(build_document(case))
        rows = list(case.clearings.select_related("by", "undone_by"))
        standing = {row.fingerprint for row in rows if row.undone_at is None}
        waiting = [finding for finding in findings if finding.fingerprint not in standing]
        self.count = len(waiting)
        self.waiting = [self._view(finding) for finding in waiting[:SHOWN]]
        now = {finding.fingerprint: finding for finding in findings}
        self.cleared = [
            ClearingView(row, now.get(row.fingerprint)) for row in rows if row.undone_at is None
        ][:SHOWN]
        self.taken_back = [row for row in rows if row.undone_at is not None][:SHOWN]

    def _view(self, finding: Finding) -> FindingView:
        key = finding.fingerprint
        return FindingView(
            finding,
            field_url(self.case, finding),
            self.typed.reasons.get(key, ""),
            self.typed.errors.get(key, ""),
        )

    @property
    def lost(self) -> list[tuple[str, str]]:
        """Errors about findings that are not here any more, with the reason that was typed."""
        shown = {view.key for view in self.waiting}
        return [
            (error, self.typed.reasons.get(key, ""))
            for key, error in self.typed.errors.items()
            if key not in shown
        ]


def field_url(case: Case, finding: Finding) -> str:
    """The field of the editor that holds a finding, with its row open; of an image that on its own
    page; of a reason to set a derived result aside, the page where that is taken back."""
    place = finding.place
    if place.kind == ScreenedRow.DERIVED:
        return reverse("patients:derived-list", args=[case.accession])
    if place.kind == ScreenedRow.IMAGE:
        page = reverse("patients:image-edit", args=[case.accession, place.id])
        return f"{page}#id_{place.field}"
    key = "summary" if place.kind == "case" else f"{place.kind}-{place.id}"
    page = reverse("patients:case-edit", args=[case.accession])
    return f"{page}?open={key}#{key}-{form_field(place.field)}"
