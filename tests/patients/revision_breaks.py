"""Writes that each constraint of proposals refuses."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from patients.models import Revision, RevisionComment
from tests.constraints import Break, update
from tests.make import make_published_case, make_user


def _revision(**changes: Any) -> Revision:
    author = changes.pop("author", None) or make_user("researcher")
    return Revision.objects.create(case=make_published_case(), author=author, **changes)


def _twice_one_key() -> None:
    first = _revision(key="K1")
    Revision.objects.create(case=first.case, author=first.author, key="K1")


def _own_decision() -> None:
    revision = _revision()
    update(revision, decided_by=revision.author)


REVISION_BREAKS: list[Break] = [
    ("revision_id_pattern", lambda: update(_revision(), public_id="x")),
    ("revision_key_once", _twice_one_key),
    ("revision_decided_by_another", _own_decision),
    (
        "revision_decision_has_time",
        lambda: update(_revision(), state="accepted", submitted_at=timezone.now()),
    ),
    ("revision_submitted_has_time", lambda: update(_revision(), state="submitted")),
    ("revision_kind_known", lambda: update(_revision(), kind="lost")),
    ("revision_state_known", lambda: update(_revision(), state="lost")),
    (
        "revision_comment_has_text",
        lambda: RevisionComment.objects.create(revision=_revision(), text=""),
    ),
]
