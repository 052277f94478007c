"""Pairs of records that may be of one work: queued for a person, decided, asked about again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from literature.duplicates.finding import find_pairs
from literature.duplicates.model import Comparison
from literature.models import DuplicatePair, PairState, Reference, Relation, RelationKind

BATCH = 1_000
"""References compared with the library at a time."""


def queue(*, references: Collection[int]) -> Counter[str]:
    """Compares these references (primary keys) with the whole library and queues the pairs found;
    gives how many were new by likeness.

    Batch by batch, each in a transaction of its own. A pair that was decided is not asked about
    again; an open one gets what is said of it now, and goes where the records have become
    different.
    """
    new: Counter[str] = Counter()
    keys = sorted(references)
    for start in range(0, len(keys), BATCH):
        new += _queue_batch(keys[start : start + BATCH])
    return new


@transaction.atomic
def _queue_batch(keys: Collection[int]) -> Counter[str]:
    rows = Reference.objects.filter(pk__in=keys).order_by().values_list("pk", "csl")
    found = find_pairs(dict(rows))
    known = {
        (pair.first_id, pair.second_id): pair
        for pair in DuplicatePair.objects.filter(Q(first__in=keys) | Q(second__in=keys))
    }
    related = set(Relation.objects.filter(Q(reference__in=keys) | Q(to__in=keys)).values_list(
        "reference", "to"))  # fmt: skip
    fresh = []
    for pair, comparison in found.items():
        if pair not in known and not {pair, pair[::-1]} & related:
            fresh.append(_pair(pair, comparison))
    _follow(known, found)
    # Somebody may queue the same at the same time; a reference may have been merged meanwhile.
    there = set(Reference.objects.select_for_update(no_key=True).filter(
        pk__in={pk for row in fresh for pk in (row.first_id, row.second_id)}
    ).order_by("pk").values_list("pk", flat=True))  # fmt: skip
    fresh = [row for row in fresh if {row.first_id, row.second_id} <= there]
    DuplicatePair.objects.bulk_create(fresh, ignore_conflicts=True)
    return Counter(row.likeness for row in fresh)


def _pair(pair: tuple[int, int], comparison: Comparison) -> DuplicatePair:
    first, second = pair
    return DuplicatePair(
        first_id=first,
        second_id=second,
        likeness=comparison.likeness.value,
        reason=comparison.reason[:300],
    )


def _follow(
    known: dict[tuple[int, int], DuplicatePair], found: dict[tuple[int, int], Comparison]
) -> None:
    """Open pairs say what is found now."""
    for key, pair in known.items():
        if pair.state != PairState.OPEN:
            continue
        comparison = found.get(key)
        if comparison is None:
            pair.delete()
        elif (pair.likeness, pair.reason) != (comparison.likeness.value, comparison.reason[:300]):
            pair.likeness, pair.reason = comparison.likeness.value, comparison.reason[:300]
            pair.save(update_fields=["likeness", "reason"])


@transaction.atomic
def keep_apart(*, pair: DuplicatePair, by: Any) -> DuplicatePair:
    """ "Not a duplicate": remembered, so that nobody is asked again. Raises ValidationError."""
    return _decide(pair, PairState.DISTINCT, by)


@transaction.atomic
def relate(*, pair: DuplicatePair, reference: Reference, kind: str, by: Any) -> Relation:
    """`reference`, one of the two, is the `kind` of the other one. Raises ValidationError."""
    pair = _decide(pair, PairState.RELATED, by)
    if reference.pk not in (pair.first_id, pair.second_id):
        raise ValidationError({"reference": "Is not one of the two."})
    to = pair.second_id if reference.pk == pair.first_id else pair.first_id
    if kind not in RelationKind.values:
        raise ValidationError({"kind": "Choose what the one is to the other."})
    if Relation.objects.filter(
        Q(reference=reference, to=to) | Q(reference=to, to=reference)
    ).exists():
        raise ValidationError("They are recorded as related already.")
    return Relation.objects.create(reference=reference, to_id=to, kind=kind, by=_person(by))


@transaction.atomic
def ask_again(*, pair: DuplicatePair, by: Any) -> DuplicatePair:
    """Takes a decision back: the pair stands in the queue again, and is related no more.

    Raises ValidationError where it is open.
    """
    pair = _locked(pair)
    if pair.state == PairState.OPEN:
        raise ValidationError("Nothing has been decided about this pair.")
    if pair.state == PairState.RELATED:
        both = (pair.first_id, pair.second_id)
        Relation.objects.filter(reference__in=both, to__in=both).delete()
    pair.state, pair.decided_by, pair.decided_at = PairState.OPEN, None, None
    pair.save(update_fields=["state", "decided_by", "decided_at"])
    return pair


def _decide(pair: DuplicatePair, state: PairState, by: Any) -> DuplicatePair:
    if pair.pk is None:  # chosen by hand: it is decided like any other one
        DuplicatePair.objects.bulk_create([pair], ignore_conflicts=True)
        pair = DuplicatePair.objects.get(first=pair.first, second=pair.second)
    pair = _locked(pair)
    if pair.state != PairState.OPEN:
        raise ValidationError(
            f"Somebody has decided this already: {pair.get_state_display().lower()}."
        )
    pair.state, pair.decided_by, pair.decided_at = state, _person(by), timezone.now()
    pair.save(update_fields=["state", "decided_by", "decided_at"])
    return pair


def _locked(pair: DuplicatePair) -> DuplicatePair:
    """Raises ValidationError where the two were merged, or one was removed, meanwhile."""
    found = DuplicatePair.objects.select_for_update(of=("self",)).filter(pk=pair.pk).first()
    if found is None:
        raise ValidationError("The two have been merged, or one was removed, meanwhile.")
    return found


def _person(by: Any) -> Any:
    return by if getattr(by, "pk", None) else None
