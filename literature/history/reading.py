"""Changes of one record with all that belongs to it, newest first: one query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet

from literature.models import Change, Purge

AT_ONCE = 50
"""Changed rows on a page of history; those of one entry stay together."""
TOGETHER = ("transaction", "user_id", "username", "way", "reason")
Row = tuple[str, int]
"""Table and key."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody changed for one reason in one transaction, in the order it was done."""

    changes: list[Change]

    @property
    def last(self) -> Change:
        return self.changes[-1]

    @property
    def number(self) -> int:
        """What it is called by in addresses."""
        return self.last.pk


@dataclass(frozen=True, slots=True)
class Page:
    entries: list[Entry]
    older: int | None
    """Changes before this key are on the next page; None where there are none."""
    cut: bool = False
    """Whether the last entry goes on on the next page."""


def changes_of(whole: Iterable[Row], also: Iterable[Row] = ()) -> QuerySet[Change]:
    """Changes of the rows `whole` with their parts, and of the rows `also` by themselves."""
    whole = list(whole)
    wanted = Q(part_of__overlap=[f"{table}:{row}" for table, row in whole])
    for table, row in [*whole, *also]:
        wanted |= Q(table=table, row=row)
    return Change.objects.filter(wanted).order_by("-pk")


def together(change: Change) -> tuple[Any, ...]:
    """Changes that agree in this make one entry."""
    return tuple(getattr(change, name) for name in TOGETHER)


def entry_of(changes: QuerySet[Change], number: int) -> Entry | None:
    """The entry of `changes` that holds the change `number`."""
    change = changes.filter(pk=number).first()
    if change is None:
        return None
    same = changes.filter(**{name: getattr(change, name) for name in TOGETHER})
    return Entry(list(same.order_by("pk")))


def read_page(changes: QuerySet[Change], before: int | None = None) -> Page:
    rows = list((changes.filter(pk__lt=before) if before else changes)[: AT_ONCE + 1])
    more = len(rows) > AT_ONCE
    cut = False
    if more:
        rows = rows[:AT_ONCE]
        whole = [row for row in rows if together(row) != together(rows[-1])]
        # The last one goes on on the next page, so it goes there as a whole if that leaves enough.
        cut = len(whole) < AT_ONCE // 2
        rows = rows if cut else whole
    entries = [Entry(list(group)[::-1]) for _, group in groupby(rows, together)]
    return Page(entries, rows[-1].pk if more else None, cut)


def purges_of(changes: Iterable[Change]) -> dict[tuple[str, int], Purge]:
    """The latest purge of each of the rows that `changes` are about."""
    rows = {(change.table, change.row) for change in changes}
    return {
        (place["table"], place["row"]): purge
        for purge in Purge.objects.order_by("pk")
        for place in purge.places
        if (place["table"], place["row"]) in rows
    }
