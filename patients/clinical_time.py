"""Reported clinical time, as precise as it was reported and no more.

All numbers are whole days relative to the case's day 0 (or, before they are resolved, to the
event that they are anchored to). Nothing here knows the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DAYS_PER_YEAR = 365.25
DAYS_PER_MONTH = 30.4375
MAX_DAYS = 55_000
"""Bounds lie within 150 years of day 0."""


class Precision(StrEnum):
    """How a time was reported."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Bounds:
    """When something happened: at or after day `low`, at or before day `high`.

    A bound that is None is not known. Raises ValueError when the bounds contradict each other or
    the precision.
    """

    low: int | None
    high: int | None
    precision: Precision = Precision.DAY
    reported_as: str = ""

    def __post_init__(self) -> None:
        problem = bounds_problem(self.low, self.high, self.precision)
        if problem:
            raise ValueError(problem)

    def shifted_by(self, anchor: Bounds) -> Bounds:
        """These bounds, counted from `anchor`, as counted from the anchor's own day 0."""
        low = _sum(self.low, anchor.low)
        high = _sum(self.high, anchor.high)
        return Bounds(low, high, _precision_of(self, anchor, low, high), self.reported_as)

    def certainly_before(self, other: Bounds) -> bool:
        """True only where no reading of the two reports lets `other` come first or together."""
        return self.high is not None and other.low is not None and self.high < other.low

    @property
    def is_exact(self) -> bool:
        return self.low is not None and self.low == self.high

    def words(self) -> str:
        """In days, months and years from day 0: `day 12`, `1 to 2 y after day 0`."""
        if self.low is None and self.high is None:
            return "time not reported"
        if self.low is None or self.high is None:
            return _one_sided_words(self.low, self.high)
        if self.is_exact:
            return _point_words(self.low)
        return _between_words(self.low, self.high)


def lasting(low: int, high: int) -> Bounds:
    """A duration of `low` to `high` days, as bounds to shift by a start."""
    return Bounds(low, high, _width_precision(low, high))


def bounds_problem(low: int | None, high: int | None, precision: str) -> str | None:
    """Why bounds and precision do not fit together, or None."""
    if any(bound is not None and abs(bound) > MAX_DAYS for bound in (low, high)):
        return "lies more than 150 years from day 0"
    if low is not None and high is not None and low > high:
        return "begins after it ends: the low bound is above the high bound"
    match precision:
        case Precision.DAY if low is None or low != high:
            return "is exact to the day, so its low and high bound must be the same day"
        case Precision.WEEK | Precision.MONTH | Precision.YEAR if low is None or high is None:
            return "needs a low and a high bound"
        case Precision.BEFORE if low is not None or high is None:
            return "is reported as before something, so it has a high bound and no low bound"
        case Precision.AFTER if low is None or high is not None:
            return "is reported as after something, so it has a low bound and no high bound"
        case Precision.UNKNOWN if low is not None or high is not None:
            return "is of unknown time, so it has no bounds"
    return None


def chronological(times: list[Bounds]) -> list[int]:
    """Indices into `times` in time order.

    `times` comes in the order of the report. The earliest possible day decides; where it is
    equal, the report's order does. A time without a low bound stays behind what it was told after,
    unless its high bound puts it earlier.
    """
    keys: list[int] = []
    told = -MAX_DAYS
    for time in times:
        if time.low is not None:
            key = time.low
        elif time.high is not None:
            key = min(time.high, told) if keys else time.high
        else:
            key = told
        keys.append(key)
        told = key
    return sorted(range(len(times)), key=lambda index: (keys[index], index))


def duration_words(low: int, high: int) -> str:
    """`3 days`, `28 to 31 days`."""
    if low == high:
        return f"{low} day" if low == 1 else f"{low} days"
    return f"{low} to {high} days"


def length_words(days: int) -> str:
    """A number of days in the unit a clinician would use: days to 60, months to 2 years, years."""
    days = abs(days)
    if days <= 60:
        return f"{days} day" if days == 1 else f"{days} days"
    if days < 2 * DAYS_PER_YEAR:
        return f"{round(days / DAYS_PER_MONTH)} months"
    return f"{days / DAYS_PER_YEAR:.1f}".removesuffix(".0") + " years"


def _sum(offset: int | None, anchor: int | None) -> int | None:
    return None if offset is None or anchor is None else offset + anchor


def _width_precision(low: int, high: int) -> Precision:
    width = high - low
    if width == 0:
        return Precision.DAY
    if width <= 7:
        return Precision.WEEK
    return Precision.MONTH if width <= 31 else Precision.YEAR


def _precision_of(offset: Bounds, anchor: Bounds, low: int | None, high: int | None) -> Precision:
    if low is None and high is None:
        return Precision.UNKNOWN
    if high is None:
        return Precision.AFTER
    if low is None:
        return Precision.BEFORE
    order = (Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.YEAR)
    known = [p for p in (offset.precision, anchor.precision) if p in order]
    return max(known, key=order.index) if known else _width_precision(low, high)


def _between_words(low: int, high: int) -> str:
    """`day 3 to 9`, `3 to 5 years after day 0`, or both ends in full where units differ."""
    near, far = (length_words(day) for day in sorted((low, high), key=abs))
    if near == far or max(abs(low), abs(high)) <= 60:
        return f"day {low} to {high}"
    number, unit = near.split(" ")
    if (low > 0 or high < 0) and far.endswith(unit):
        return f"{number} to {far} {'after' if low > 0 else 'before'} day 0"
    return f"between {_point_words(low)} and {_point_words(high)}"


def _point_words(day: int) -> str:
    if abs(day) <= 60:
        return f"day {day}"
    return f"{length_words(day)} {'after' if day > 0 else 'before'} day 0"


def _one_sided_words(low: int | None, high: int | None) -> str:
    """`at or after day 0`, `3 years or more after day 0`, `at most 6 months after day 0`."""
    if low is not None:
        if low > 60:
            return f"{length_words(low)} or more after day 0"
        return f"at or after day {low}"
    assert high is not None
    if high < -60:
        return f"{length_words(high)} or more before day 0"
    return f"at most {length_words(high)} after day 0" if high > 60 else f"at or before day {high}"
