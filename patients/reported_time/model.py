"""What a time in words is read into, and what has to be known to read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from patients.clinical_time import Bounds, Precision

UNKNOWN = Bounds(None, None, Precision.UNKNOWN)


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """Another event of the case, which words may count from."""

    id: str
    label: str
    category: str
    """A value of `Category`."""
    start: Bounds
    """From day 0, anchors followed."""
    end: Bounds | None = None
    is_index: bool = False
    anchor: str = ""
    """The id of the event that it is itself counted from."""
    told: Bounds | None = None
    """Its start as its row keeps it, counted from `anchor`: what "at the same time" repeats.
    Without it, "at the same time" repeats `start`, counted from day 0."""
    names: tuple[str, ...] = ()
    """What else it goes by: its term, that term's synonyms, its Chinese label, drug, brand."""


@dataclass(frozen=True, slots=True)
class Context:
    """The case around the words. `events` stand in time order, without the one being timed."""

    events: tuple[KnownEvent, ...] = ()
    previous: str = ""
    """The id of the event told before the one being timed: what "then", "4 years later" and all
    else that names no event counts from. Empty: they count from day 0."""
    is_index: bool = False
    """True where the event being timed is day 0 itself."""
    day_zero_year: int | None = None
    day_zero_date: date | None = None
    """Known to the person typing, to count calendar dates from; never kept."""
    age_low: int | None = None
    """At day 0, in whole years, as is `age_high`."""
    age_high: int | None = None
    category: str = ""
    """Of the event being timed; only a drug keeps a frequency of its own."""


@dataclass(frozen=True, slots=True)
class Duration:
    low: int
    high: int
    reported_as: str = ""


@dataclass(frozen=True, slots=True)
class Frequency:
    """`times` in `days`; both None where the words give no number ("regularly")."""

    reported_as: str
    times: int | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A time as an event's row keeps it: counted from `anchor`, or from day 0 where that is empty.

    `end`, `duration` and `ongoing` exclude each other. With an anchor, `start` and `end` both
    count from the anchor's start.
    """

    start: Bounds = UNKNOWN
    end: Bounds | None = None
    duration: Duration | None = None
    ongoing: bool = False
    anchor: str = ""
    frequency: Frequency | None = None
    day_zero_year: int | None = None
    """The calendar year of day 0, where the words tell it of day 0 itself."""


@dataclass(frozen=True, slots=True)
class Question:
    """Why words were not read, put so that the person who typed them can answer."""

    reason: str
    fragment: str = ""
    """The part of the words that it is about."""
    suggestions: tuple[str, ...] = ()
    """Wordings that would be understood."""
