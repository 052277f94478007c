"""How many days lie between two events, as far as their reported times bound it. Pure.

An event that is told as counted from another keeps its distance to it, however uncertain the day
of both is. So events form a tree: each hangs on the event that it is counted from, or on day 0. The
way between two of them through the nearest event that both hang on gives the tightest bounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from patients.clinical_time import length_words
from patients.document.model import CaseDocument, EventData, TimeData

IN_DAYS: Final = 60
"""Longer ones are told in months and years, and in days beside them."""


@dataclass(frozen=True, slots=True)
class Distance:
    """Whole days from one event to another, negative where the other comes first; None where a
    bound is not known."""

    low: int | None
    high: int | None

    def __add__(self, other: Distance) -> Distance:
        return Distance(_sum(self.low, other.low), _sum(self.high, other.high))

    def __neg__(self) -> Distance:
        return Distance(
            None if self.high is None else -self.high, None if self.low is None else -self.low
        )

    @property
    def code(self) -> str:
        """`91..152`, `40..` or `..12`; empty where nothing bounds it."""
        if self.low is None and self.high is None:
            return ""
        low, high = ("" if day is None else str(day) for day in (self.low, self.high))
        return f"{low}..{high}"


NOWHERE: Final = Distance(None, None)
SAME: Final = Distance(0, 0)


def earliest(distances: Iterable[Distance]) -> Distance:
    """To whichever of several comes first."""
    rows = list(distances)
    lows = [row.low for row in rows if row.low is not None]
    highs = [row.high for row in rows if row.high is not None]
    return Distance(min(lows) if len(lows) == len(rows) else None, min(highs, default=None))


def latest(distances: Iterable[Distance]) -> Distance:
    """To whichever of several comes last."""
    return -earliest(-distance for distance in distances)


class Distances:
    """Between the events of one document, by their ids."""

    def __init__(self, document: CaseDocument) -> None:
        self.events: Mapping[str, EventData] = {event.id: event for event in document.events}
        self._ways: dict[str, dict[str, Distance]] = {}

    def between(self, one: str, other: str) -> Distance:
        """From the start of `one` to the start of `other`."""
        if one == other:
            return SAME
        ours, theirs = self._way(one), self._way(other)
        for event, to_ours in ours.items():
            if event in theirs:
                return theirs[event] + -to_ours
        return NOWHERE

    def to_end(self, one: str, other: str) -> Distance:
        """From the start of `one` to the end of `other`, where that lasts; else to its start."""
        time = self.events[other].time
        to_start = self.between(one, other)
        if time.ongoing:
            return Distance(to_start.low, None)
        if time.duration is not None:
            return to_start + Distance(time.duration.low, time.duration.high)
        if time.end is None:
            return to_start
        to_end = _bounds(time.end) + -_bounds(self.events[one].time.start)
        lows = [low for low in (to_start.low, to_end.low) if low is not None]
        return Distance(max(lows, default=None), to_end.high)

    def _way(self, event: str) -> dict[str, Distance]:
        if event not in self._ways:
            self._ways[event] = self._way_up(event)
        return self._ways[event]

    def _way_up(self, event: str) -> dict[str, Distance]:
        """`event` and all that it hangs on, each with the days from there to `event`; day 0, the
        last, is the empty id. Times in a circle of anchors lead nowhere."""
        found: dict[str, Distance] = {event: SAME}
        at, way = event, SAME
        while (anchor := self.events[at].time.anchor) and anchor in self.events:
            if anchor in found:
                return {event: SAME}
            way = self._step(at, anchor) + way
            found[anchor] = way
            at = anchor
        found[""] = _bounds(self.events[event].time.start)
        return found

    def _step(self, event: str, anchor: str) -> Distance:
        """From an anchor to what is counted from it. Documents before schema 4 keep only the days
        of both."""
        time = self.events[event].time
        if time.offset is not None:
            return Distance(time.offset.low, time.offset.high)
        start, other = time.start, self.events[anchor].time.start
        return Distance(_less(start.low, other.low), _less(start.high, other.high))


def distance_words(distance: Distance) -> str:
    """`40 days`, `between 3 and 5 months (91 to 152 days)`, `at least 40 days`, `3 years (1096
    days) before`; empty where nothing bounds it."""
    low, high = distance.low, distance.high
    if low is None and high is None:
        return ""
    if low is None or high is None:
        return _open_words(low, high)
    if high <= 0 and low < 0:
        return f"{_closed_words(-high, -low)} before"
    if low < 0:
        return f"between {_one(-low)} before and {_one(high)} after"
    return _closed_words(low, high)


def _open_words(low: int | None, high: int | None) -> str:
    if low is not None:
        if low > 0:
            return f"at least {_one(low)}"
        return "the same day or later" if low == 0 else f"from {_one(-low)} before on"
    assert high is not None
    if high < 0:
        return f"at least {_one(-high)} before"
    return "the same day or earlier" if high == 0 else f"{_one(high)} after at the latest"


def _closed_words(low: int, high: int) -> str:
    """Of two bounds that are not negative."""
    if low == high:
        return "the same day" if low == 0 else _one(low)
    if low == 0:
        return f"at most {_one(high)}"
    if high <= IN_DAYS:
        return f"between {low} and {high} days"
    near, far = length_words(low), length_words(high)
    if near == far:
        return f"about {near} ({low} to {high} days)"
    number, unit = near.split(" ")
    near = number if far.endswith(unit) else near
    return f"between {near} and {far} ({low} to {high} days)"


def _one(days: int) -> str:
    words = length_words(days)
    return words if days <= IN_DAYS else f"{words} ({days} days)"


def _bounds(time: TimeData) -> Distance:
    return Distance(time.low, time.high)


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _less(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one - other
