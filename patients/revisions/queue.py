"""The queue of proposals: what fits, what it counts, how each reads in a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode

from patients.models import Revision
from patients.models.revision import DECIDED
from patients.querysets import RevisionQuerySet
from patients.revisions.forms import MINE, STATES, UNASSIGNED, WHO
from patients.revisions.values import TIME, told
from patients.vocabulary import RevisionKind, RevisionState

SMALL: Final = 3
"""Rows that a proposal changes at most to be shown whole in the queue, and accepted from it."""
WORDS_SHOWN: Final = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One proposal as a list shows it."""

    revision: Revision
    url: str
    words: list[str]
    """What its author did, in the words of the editor's history."""
    fields: list[tuple[str, str, str]]
    """Label, old and new, where it is small."""
    more: int
    is_own: bool
    can_be_ticked: bool
    seen: str
    """Names the state that was shown."""


@dataclass(frozen=True, slots=True)
class Filter:
    label: str
    count: int
    url: str
    current: bool


def found(asked: dict[str, Any], user: Any) -> RevisionQuerySet:
    """The proposals that fit, the oldest first; those decided last come first."""
    rows = Revision.objects.visible_to(user).exclude(submitted_at=None).filter(_q(asked, user))
    order = ("-decided_at", "-pk") if asked.get("state") == "decided" else ("submitted_at", "pk")
    return rows.select_related("case", "author", "assignee").order_by(*order)


def _in_state(state: str) -> Q:
    if state == "decided":
        return Q(state__in=DECIDED)
    return Q(state=state or RevisionState.SUBMITTED)


def filters(asked: dict[str, Any], user: Any) -> list[tuple[str, list[Filter]]]:
    """Three rows of links with their counts, each counted under the other two. One query."""
    rows = Revision.objects.visible_to(user).exclude(submitted_at=None)
    wanted: dict[str, Q] = {}
    choices = {"state": STATES, "who": WHO, "kind": [("", "Any kind"), *RevisionKind.choices]}
    for name, values in choices.items():
        for value, _ in values:
            wanted[f"{name}_{value or 'any'}"] = _q({**asked, name: value}, user)
    counts = rows.aggregate(**{key: Count("pk", filter=q) for key, q in wanted.items()})
    titles = {"state": "State", "who": "Whose", "kind": "Kind"}
    return [
        (
            titles[name],
            [
                Filter(label, counts[f"{name}_{value or 'any'}"], _url(asked, name, value),
                       (asked.get(name) or "") == value)
                for value, label in values
            ],
        )
        for name, values in choices.items()
    ]  # fmt: skip


def _q(asked: dict[str, Any], user: Any) -> Q:
    q = _in_state(asked.get("state") or "")
    if asked.get("who") == MINE:
        q &= Q(assignee=user)
    elif asked.get("who") == UNASSIGNED:
        q &= Q(assignee=None)
    return q & Q(kind=asked["kind"]) if asked.get("kind") else q


def _url(asked: dict[str, Any], name: str, value: str) -> str:
    kept = {key: asked.get(key) or "" for key in ("state", "who", "kind")} | {name: value}
    query = urlencode({key: val for key, val in kept.items() if val})
    return f"?{query}" if query else reverse("curation:queue")


def row_of(revision: Revision, user: Any) -> Row:
    """A query for each record that a changed field names; none else."""
    words = [entry["words"] for entry in revision.log if not entry["undone"]]
    is_own = revision.author_id == user.pk
    small = len(revision.changes) <= SMALL and not revision.is_case
    return Row(
        revision=revision,
        url=reverse("curation:revision", args=[revision.public_id]),
        words=words[:WORDS_SHOWN],
        fields=_fields(revision) if small else [],
        more=max(0, len(words) - WORDS_SHOWN),
        is_own=is_own,
        can_be_ticked=small and not is_own and revision.state == RevisionState.SUBMITTED,
        seen=f"{revision.public_id} {revision.updated_at.isoformat()}",
    )


def _fields(revision: Revision) -> list[tuple[str, str, str]]:
    told_of: list[tuple[str, str, str]] = []
    for one in revision.changes:
        before, after = one["before"], one["after"]
        if before is not None and after is not None:
            only = frozenset(after) - TIME  # a time needs the rest of its row to be told
            was = dict(told(one, before, {}, only=only))
            now = dict(told(one, after, {}, only=only))
            told_of += [(label, was.get(label, ""), words) for label, words in now.items()]
            continue
        fields = told(one, after or before or {}, {})
        told_of += [(label, "", words) if after else (label, words, "") for label, words in fields]
    return told_of
