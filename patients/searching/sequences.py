"""The pair of events for which a case was found by a sequence, in words."""

from __future__ import annotations

from collections.abc import Sequence as Rows
from dataclasses import dataclass

from patients.models import ListedItem, Listing
from patients.searching import engine
from patients.searching.wanted import Sequence
from patients.vocabulary import ItemKind


@dataclass(frozen=True, slots=True)
class StepShown:
    label: str
    when: str
    target: str
    """Its anchor on the page of the case."""


@dataclass(frozen=True, slots=True)
class SequenceShown:
    first: StepShown
    then: StepShown
    certain: bool
    """No reading of the reported times says otherwise."""


def sequences_shown(listings: Rows[Listing], sequence: Sequence) -> dict[int, SequenceShown]:
    """By key of the listing; two queries for the cases of one page. Nothing is shown of synthetic
    cases that were loaded for reading alone: they have no list of their parts."""
    keys = [row.pk for row in listings]
    pairs = engine.sequences_in(keys, sequence)
    items = ListedItem.objects.filter(listing__in=pairs, kind=ItemKind.EVENT)
    steps = {
        (listing, data["number"]): StepShown(label, data["time"]["words"], f"event-{public_id}")
        for listing, public_id, label, data in items.order_by().values_list(
            "listing_id", "public_id", "label", "data"
        )
    }
    return {
        key: SequenceShown(steps[key, pair.first], steps[key, pair.then], pair.certain)
        for key, pair in pairs.items()
        if (key, pair.first) in steps and (key, pair.then) in steps
    }
