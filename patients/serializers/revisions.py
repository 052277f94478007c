"""Proposals as JSON, and what is sent about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from literature.public_ids import PUBLIC_ID_PATTERN
from literature.rest.fields import StrictCharField, StrictChoiceField
from literature.rest.writing import Body
from patients.models import Revision
from patients.models.revision import MAX_TEXT
from patients.revisions.page import RevisionPage
from patients.revisions.stepwise import ACTS, KINDS, MOST
from patients.revisions.units import Unit
from patients.serializers.fields import CaseField, ReferenceField


@dataclass(frozen=True, slots=True)
class RevisionBrief:
    """One proposal in a list."""

    id: str
    kind: str
    state: str
    case: str
    title: str
    author: str
    """Their name of sign-in; empty where the account is gone."""
    assignee: str
    comment: str
    base_version: int | None
    """The published version that it was begun on."""
    created_at: datetime
    submitted_at: datetime | None
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class FieldData:
    label: str
    was: str
    """When the proposal was made; empty in a row that is added."""
    now: str
    proposed: str
    """Empty in a row that is removed."""


@dataclass(frozen=True, slots=True)
class PartData:
    """What can be accepted on its own."""

    name: str
    title: str
    act: str
    """`change`, `add` or `remove`."""
    state: str
    """`fits`; `conflict` where the record says something else by now; `done` where it says so
    already; `lost` where the row is gone."""
    accepted: bool
    fields: list[FieldData]
    needs: list[str]
    """Names of parts without which this one cannot be accepted."""


@dataclass(frozen=True, slots=True)
class CommentData:
    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class RevisionData:
    """A proposal with its parts against the case as you may see it."""

    id: str
    kind: str
    state: str
    case: str
    title: str
    author: str
    assignee: str
    comment: str
    source: str
    reference: str | None
    base_version: int | None
    created_at: datetime
    submitted_at: datetime | None
    decided_at: datetime | None
    decided_by: str
    answer: str
    parts: list[PartData]
    seen: str
    """Sent back with a decision, it says what was looked at; empty once decided."""
    problem: str
    """Why its parts cannot be told now; empty where they can."""
    comments: list[CommentData]


def brief(revision: Revision) -> RevisionBrief:
    return RevisionBrief(
        id=revision.public_id,
        kind=revision.kind,
        state=revision.state,
        case=revision.case.accession,
        title=revision.case.title,
        author=_name(revision.author),
        assignee=_name(revision.assignee),
        comment=revision.comment,
        base_version=revision.base_version,
        created_at=revision.created_at,
        submitted_at=revision.submitted_at,
        decided_at=revision.decided_at,
    )


def detail(page: RevisionPage) -> RevisionData:
    revision = page.revision
    reference = revision.source_reference
    return RevisionData(
        id=revision.public_id,
        kind=revision.kind,
        state=revision.state,
        case=revision.case.accession,
        title=revision.case.title,
        author=_name(revision.author),
        assignee=_name(revision.assignee),
        comment=revision.comment,
        source=revision.source,
        reference=reference.public_id if reference else None,
        base_version=revision.base_version,
        created_at=revision.created_at,
        submitted_at=revision.submitted_at,
        decided_at=revision.decided_at,
        decided_by=_name(revision.decided_by),
        answer=revision.answer,
        parts=[_part(unit, page) for unit in page.units],
        seen=page.token,
        problem=page.problem,
        comments=[CommentData(_name(row.by), row.at, row.text) for row in page.comments],
    )


def _part(unit: Unit, page: RevisionPage) -> PartData:
    fields = [FieldData(row.label, row.was, row.now, row.proposed) for row in unit.fields]
    accepted = unit.name in page.revision.accepted
    return PartData(unit.name, unit.title, unit.act, unit.state, accepted, fields, unit.needs)


def _name(user: Any) -> str:
    return user.get_username() if user is not None else ""


@extend_schema_field({"type": "object", "additionalProperties": {}})
class FieldsField(serializers.DictField):
    """The fields of one row by the names of its own address, such as those of /events/."""


class StepBody(Body):
    act = StrictChoiceField(choices=[(act, act) for act in ACTS])
    kind = StrictChoiceField(choices=[(kind, kind) for kind in KINDS])
    id = serializers.RegexField(
        PUBLIC_ID_PATTERN, required=False, help_text="Of the row to change or remove"
    )
    fields_ = FieldsField(required=False)

    def get_fields(self) -> dict[str, Any]:
        """`fields` is a name that serializers keep for themselves."""
        found: dict[str, Any] = super().get_fields()
        found["fields"] = found.pop("fields_")
        return found


class ProposalBody(Body):
    case = CaseField()
    steps = serializers.ListField(child=StepBody(), allow_empty=False, max_length=MOST)
    comment = StrictCharField(max_length=MAX_TEXT, help_text="What should change, and why")
    source = StrictCharField(  # type: ignore[assignment]
        required=False,
        allow_blank=True,
        default="",
        max_length=500,
        help_text="Where it can be looked up, in words",
    )
    reference = ReferenceField(required=False, allow_null=True, default=None)
    key = StrictCharField(
        required=False, allow_blank=True, default="", max_length=40,
        help_text="Of your own: sent twice, it makes one proposal",
    )  # fmt: skip


class RemarkBody(Body):
    text = StrictCharField(max_length=MAX_TEXT)


class DecisionBody(Body):
    do = StrictChoiceField(choices=[("accept", "accept"), ("reject", "reject"), ("ask", "ask")])
    parts = serializers.ListField(
        child=StrictCharField(max_length=80), required=False, max_length=1000,
        help_text="Names of the parts to accept; without it, all",
    )  # fmt: skip
    seen = StrictCharField(
        required=False, allow_blank=True, default="", max_length=64,
        help_text="From the detail: needed to accept what conflicts with the record",
    )  # fmt: skip
    reason = StrictCharField(
        required=False, allow_blank=True, default="", max_length=MAX_TEXT,
        help_text="Needed to reject, to ask back, and to accept a part alone",
    )  # fmt: skip
