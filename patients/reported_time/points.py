"""A point in time as far as words pin it down, and how bounds are made of days."""

from __future__ import annotations

from dataclasses import dataclass

from patients.clinical_time import Bounds, Precision, bounds_problem
from patients.reported_time.asking import Asking
from patients.reported_time.model import UNKNOWN, Context, KnownEvent
from patients.reported_time.units import Days


@dataclass(frozen=True, slots=True)
class Point:
    bounds: Bounds
    anchor: str = ""
    """The id of the event that `bounds` count from; empty for day 0."""
    private: bool = False
    """True where the words name a day or month of a calendar, so must not be kept."""
    year: int | None = None
    """The calendar year, where that is all the words say."""


def bounds(low: int | None, high: int | None, precision: Precision) -> Bounds:
    """Raises Asking for what lies beyond 150 years or cannot be."""
    problem = bounds_problem(low, high, precision)
    if problem:
        raise Asking(f"This {problem}.")
    return Bounds(low, high, precision)


def spanning(low: int | None, high: int | None, precision: Precision) -> Bounds:
    """As `bounds`, with the precision that open and exact ends require."""
    if low is None and high is None:
        return UNKNOWN
    if low is None:
        return bounds(low, high, Precision.BEFORE)
    if high is None:
        return bounds(low, high, Precision.AFTER)
    if precision is Precision.DAY and low != high:
        precision = Precision.WEEK
    return bounds(low, high, precision)


def after(days: Days) -> Bounds:
    return spanning(days.low, days.high, days.precision)


def before(days: Days) -> Bounds:
    low = None if days.high is None else -days.high
    high = None if days.low is None else -days.low
    return spanning(low, high, days.precision)


def shifted(point: Point, context: Context) -> Bounds:
    """From day 0. Raises Asking where that is more than 150 years away."""
    if not point.anchor:
        return point.bounds
    try:
        return point.bounds.shifted_by(event_of(point.anchor, context).start)
    except ValueError as error:
        raise Asking(f"This {error}.") from error


def event_of(id: str, context: Context) -> KnownEvent:
    return next(event for event in context.events if event.id == id)


def previous(context: Context) -> str:
    """What words count from that name nothing: the event told before, or day 0."""
    return context.previous if any(e.id == context.previous for e in context.events) else ""


ANY_TIME_AFTER = Bounds(0, None, Precision.AFTER)
ANY_TIME_BEFORE = Bounds(None, 0, Precision.BEFORE)
SAME_DAY = Bounds(0, 0, Precision.DAY)
