"""Taking over into a record what a look-up found."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from literature.actions.references import save
from literature.lookup.found import Answer
from literature.lookup.offers import chosen_of, offers_of, state_of
from literature.lookup.proposals import taken_over
from literature.models import Reference, TakenOver


@transaction.atomic
def take_over(
    *, reference: Reference, answers: Sequence[Answer], names: Collection[str], state: str, by: Any
) -> Reference:
    """Takes over the changes called `names` out of what `answers` offer, and records them.

    `state` is that of what the person saw. Raises ValidationError where it is another by now,
    nothing was chosen, or the record would not do; PermissionDenied where something would be
    replaced by who may only fill.
    """
    reference = Reference.objects.select_for_update(no_key=True).get(pk=reference.pk)
    offers = offers_of(reference.csl, answers)
    if state != state_of(reference.csl, offers):
        raise ValidationError("The record has changed since it was looked up. Look again.")
    chosen = chosen_of(offers, names)
    if not chosen:
        raise ValidationError("Nothing was chosen, so nothing was changed.")
    before = reference.csl
    if any(before.get(one.change.field) for one in chosen) and not may_replace(by):
        raise PermissionDenied
    reference.csl = taken_over(before, [one.change for one in chosen])
    saved = save(reference=reference, by=by)
    TakenOver.objects.create(
        reference=saved,
        by=by if getattr(by, "pk", None) else None,
        changes={
            one.change.field: {
                "from": before.get(one.change.field),
                "to": saved.csl.get(one.change.field),
                "source": one.service,
            }
            for one in chosen
        },
    )
    return saved


def may_replace(user: Any) -> bool:
    """Whether `user` may put something in the place of what a record says."""
    return bool(user.has_perm("literature.change_reference"))
