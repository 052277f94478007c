"""The queue of pairs, in the order in which a person takes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When

from literature.models import DuplicatePair, PairLikeness, PairState

_ORDER = Case(
    *(When(likeness=value, then=Value(rank)) for rank, value in enumerate(PairLikeness.values)),
    output_field=IntegerField(),
)


def queue(filters: Mapping[str, Any]) -> QuerySet[DuplicatePair]:
    """Pairs that fit the cleaned data of a DuplicateQueueForm, certain ones first, with both
    records."""
    pairs = DuplicatePair.objects.filter(state=filters.get("state") or PairState.OPEN)
    if filters.get("certainty"):
        pairs = pairs.filter(likeness=filters["certainty"])
    return pairs.select_related("first", "second", "decided_by").order_by(_ORDER, "pk")


def counts(state: str) -> dict[str, int]:
    """How many pairs of each likeness there are in `state`."""
    rows = DuplicatePair.objects.filter(state=state).order_by().values_list("likeness")
    return dict(rows.annotate(rows=Count("pk")))
