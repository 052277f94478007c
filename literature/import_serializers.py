"""The JSON of an import: what is read (dataclasses), what may be sent, what may be asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from rest_framework import serializers

from literature import importing
from literature.actions.imports import MAX_LICENCE
from literature.importing.staging import FORMATS
from literature.models import Decision, Import, ImportRow, ImportState, Verdict
from literature.public_ids import PUBLIC_ID_RE
from literature.rest.fields import StrictCharField, StrictChoiceField, StrictIntegerField
from literature.rest.writing import Body
from literature.serializers import CslField

ORIGINAL_SHOWN = 2_000
MOST_DECISIONS = 1_000


@dataclass(frozen=True, slots=True)
class ImportBrief:
    """An import in short."""

    id: str
    name: str
    format: str
    size: int
    """Bytes."""
    state: str
    """`waiting`, `reading`, `ready` (to be decided), `saving`, `done`, `undoing`,
    `failed`, `cancelled` or `undone`."""
    error: str
    """Why it failed, or was not taken back: a sentence a line."""
    done: int
    """Rows that are through the present step."""
    total: int
    """Rows; 0 while that is not known."""
    attach_to: str | None
    """The work whose reference list this is."""
    licence: str
    """What allows us to hold the abstracts; empty: they are not held."""
    by: str
    created_at: datetime
    read_at: datetime | None
    saved_at: datetime | None
    undone_at: datetime | None
    url: str
    """Its page."""


@dataclass(frozen=True, slots=True)
class VerdictCounts:
    new: int
    same: int
    probable: int
    twice: int
    broken: int


@dataclass(frozen=True, slots=True)
class PlanData:
    """Rows by what becomes of them as they are decided now."""

    added: int
    tied: int
    filled: int
    left_out: int
    undecided: int
    """While there are any, the import cannot be saved."""


@dataclass(frozen=True, slots=True)
class ImportData(ImportBrief):
    sha256: str
    """Of the bytes as they came."""
    counts: VerdictCounts
    plan: PlanData


@dataclass(frozen=True, slots=True)
class RowProblem:
    field: str
    reason: str
    severity: str
    """`error`: the row is broken; `warning`: something was left or changed."""


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One record of an import."""

    row: int
    line: int
    """Of the input, from 1; 0 where the format has no lines."""
    number: int | None
    """Printed before it in a numbered list."""
    verdict: str
    """`new`, `same` (in the library), `probable`, `twice` (in this import) or `broken`."""
    match: str | None
    """The reference it is like."""
    match_row: int | None
    """Or the row it is like."""
    match_reason: str
    decision: str
    """`add`, `existing`, `fill`, `leave`; empty: still to be decided."""
    csl: dict[str, Any]
    confidence: dict[str, float]
    """By field, from 0 to 1, where it was read from prose."""
    problems: list[RowProblem]
    original: str
    """As it came, up to 2,000 characters."""
    outcome: str
    """`added`, `tied`, `filled` or `left`, once it was saved."""
    outcome_reason: str
    result: str | None
    """The reference that it became."""


def import_brief(imported: Import) -> ImportBrief:
    return ImportBrief(**_brief(imported))


def import_data(imported: Import) -> ImportData:
    plan = importing.plan(imported)
    return ImportData(
        **_brief(imported),
        sha256=imported.sha256,
        counts=VerdictCounts(**importing.counts(imported)),
        plan=PlanData(plan.added, plan.tied, plan.filled, plan.left_out, plan.undecided),
    )


def _brief(imported: Import) -> dict[str, Any]:
    return {
        "id": imported.public_id,
        "name": imported.name,
        "format": imported.format,
        "size": imported.size,
        "state": imported.state,
        "error": imported.error,
        "done": imported.done,
        "total": imported.total,
        "attach_to": imported.attach_to.public_id if imported.attach_to else None,
        "licence": imported.licence,
        "by": imported.by.get_username() if imported.by else "",
        "created_at": imported.created_at,
        "read_at": imported.read_at,
        "saved_at": imported.saved_at,
        "undone_at": imported.undone_at,
        "url": imported.get_absolute_url(),
    }


def imported_row(row: ImportRow) -> ImportedRow:
    """`row` comes with `beginning`, the first characters of what it was read from."""
    return ImportedRow(
        row=row.position,
        line=row.line,
        number=row.number,
        verdict=row.verdict,
        match=row.match.public_id if row.match else None,
        match_row=row.match_row,
        match_reason=row.match_reason,
        decision=row.decision,
        csl=row.csl,
        confidence=row.confidence,
        problems=[RowProblem(**problem) for problem in row.problems],
        original=getattr(row, "beginning", ""),
        outcome=row.outcome,
        outcome_reason=row.outcome_reason,
        result=row.result.public_id if row.result else None,
    )


class ImportListForm(forms.Form):
    state = forms.ChoiceField(required=False, choices=ImportState.choices)


class RowListForm(forms.Form):
    verdict = forms.ChoiceField(required=False, choices=Verdict.choices)


class ImportOptionsForm(forms.Form):
    """What goes with the bytes that are sent."""

    name = forms.CharField(required=False, max_length=200, help_text="The file's name.")
    format = forms.ChoiceField(
        required=False,
        choices=[(name, name) for name in FORMATS],
        help_text="Without it, it is recognised by the content.",
    )
    attach_to = forms.RegexField(
        PUBLIC_ID_RE, required=False, help_text="The id of the work whose reference list this is."
    )
    licence = forms.CharField(
        required=False,
        max_length=MAX_LICENCE,
        help_text="What allows us to hold the abstracts; without it they are not held.",
    )


class TextBody(Body):
    text = StrictCharField(trim_whitespace=False, help_text="Identifiers, a list, or a file's text")


class OneDecision(Body):
    row = StrictIntegerField(min_value=1, max_value=2**31 - 1)
    decision = StrictChoiceField(choices=[*Decision.choices])


class DecisionsBody(Body):
    decisions = serializers.ListField(
        child=OneDecision(), allow_empty=False, max_length=MOST_DECISIONS
    )


class VerdictBody(Body):
    """For rows of one verdict that are still open."""

    verdict = StrictChoiceField(choices=[*Verdict.choices])
    decision = StrictChoiceField(choices=[*Decision.choices])


class MendBody(Body):
    row = StrictIntegerField(min_value=1, max_value=2**31 - 1)
    csl = CslField()
