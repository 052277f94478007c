"""What is asked of the engine: conditions and an order, in numbers and words alone. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from patients.vocabulary import Audience


class Order(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    TITLE = "title"
    YEAR = "year"
    EVENTS = "events"


def order_of(filters: Mapping[str, Any]) -> Order:
    """The order of the cleaned data of a search form: with words the best match comes first."""
    asked = filters.get("sort") or (Order.RELEVANCE if filters.get("q") else Order.NEWEST)
    if asked == Order.RELEVANCE and not filters.get("q"):
        return Order.NEWEST
    return Order(asked)


@dataclass(frozen=True, slots=True)
class Hit:
    listing: int
    key: datetime | str | int | float | None
    """What it is sorted by."""


class Direction(StrEnum):
    AFTER = "after"
    BEFORE = "before"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Sequence:
    """Two events of one case, from the start of the one to the start of the other."""

    first: tuple[int, ...]
    """Codes of steps, any of which it may be."""
    then: tuple[int, ...]
    within: int | None = None
    """Days; None: however far apart."""
    direction: Direction = Direction.AFTER
    """Where `then` lies from `first`."""
    certain: bool = False
    """Only where no reading of the reported times says otherwise."""


@dataclass(frozen=True, slots=True)
class Wanted:
    audience: Audience
    words: str = ""
    """For to_tsquery; made of folded words alone."""
    codes: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """By facet: any of its values, and one of every facet."""
    ties: tuple[tuple[int, ...], ...] = ()
    """Of each group any."""
    year_from: int | None = None
    year_to: int | None = None
    sequence: Sequence | None = None
    only: tuple[int, ...] | None = None
    """Keys of listings; None: any."""
    nothing: bool = False
    """The words cannot be searched for, so nothing is found."""

    @property
    def is_everything(self) -> bool:
        return self == Wanted(self.audience)

    def without_words(self) -> Wanted:
        return replace(self, words="", only=None, nothing=False)

    def without_facet(self, name: str) -> Wanted:
        return replace(self, codes=tuple(pair for pair in self.codes if pair[0] != name))
