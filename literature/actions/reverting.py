"""Taking a change of a reference back, from the history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from literature.actions import rows
from literature.citing import citers
from literature.history import acting
from literature.history.reverting import steps_of
from literature.models import Change, Reference

REVERTED = frozenset({
    "literature.reference", "literature.sourcetext", "literature.studyfact",
    "literature.referencelistitem", "literature.otheridentifier", "literature.notice",
    "literature.relation",
})  # fmt: skip
ELSEWHERE = {
    "literature.merge": "It is part of a merge: take the merge back on its own page.",
    "literature.import": "It is part of an import: undo the import on its own page.",
    "literature.origin": "It is part of an import: undo the import on its own page.",
    "literature.duplicatepair": "It decided about duplicates: change the decision on its page.",
    "literature.takenover": "It took over what was looked up: correct the reference instead.",
}
SHOWS_AT_ONCE = frozenset({"literature.notice"})


@transaction.atomic
def revert(*, reference: Reference, changes: Sequence[Change], reason: str, by: Any) -> None:
    """Brings the rows of `changes`, made in one transaction, back to what they were before.

    Raises ValidationError where there is a way of its own to do that, where a row was changed
    since, or where something rests on it.
    """
    Reference.objects.select_for_update().get(pk=reference.pk)
    steps = steps_of(changes)
    for step in steps:
        if step["model"] not in REVERTED:
            raise ValidationError(
                ELSEWHERE.get(step["model"], "A change of this kind cannot be taken back here.")
            )
        if step["model"] == "literature.reference" and None in (step["before"], step["after"]):
            raise ValidationError("A whole reference is not taken back here: remove it, or add it.")
    if not steps:
        raise ValidationError("The record is as it was before this change.")
    with acting(by=by, reason=f"Taken back: {reason}"):
        _refuse_gone(steps)
        _walk(steps)
        Reference.objects.filter(pk=reference.pk).update(updated_at=timezone.now())
        _let_others_follow(reference, {step["model"] for step in steps}, reason, by)


def _refuse_gone(steps: Sequence[rows.Step]) -> None:
    for step in steps:
        model = apps.get_model(step["model"])
        there = model._base_manager.filter(pk=step["pk"]).exists()
        if there != (step["after"] is not None):
            since = "added again" if there else "removed"
            raise ValidationError(f"The {model._meta.verbose_name} has been {since} since.")


def _walk(steps: Sequence[rows.Step]) -> None:
    try:
        with transaction.atomic():
            rows.take_back(steps)
            connection.check_constraints()  # those that wait for commit
    except IntegrityError as error:
        raise ValidationError(
            "It contradicts the library as it is now: something rests on what it would remove, or "
            "another record has what it would bring back."
        ) from error


def _let_others_follow(reference: Reference, models: set[str], reason: str, by: Any) -> None:
    stored = Reference.objects.get(pk=reference.pk)
    citers().reference_changed(stored)
    if "literature.sourcetext" in models:
        citers().texts_changed(stored)
    if models & SHOWS_AT_ONCE:
        citers().must_show(stored, f"A notice was put right: {reason}"[:300], by)
