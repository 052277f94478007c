"""Units of time, and how many days a number of them is.

A paper counts in two ways, and they are not equally exact.

- A *distance* ("3 months after") was rounded to the count's own step, so it is that count plus or
  minus half a step: 2.5 to 3.5 months. Days are exact. A month is 30.4375 days, a year 365.25.
- A *length* ("for 3 months", "more than 3 months") is whole units of a calendar, from the shortest
  to the longest that such a stretch can be: 89 to 92 days.

"About" widens neither: what is rounded is rounded already. It stays in the report's words.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import lru_cache

from patients.clinical_time import DAYS_PER_MONTH, DAYS_PER_YEAR, MAX_DAYS, Precision, lasting
from patients.reported_time.asking import Asking
from patients.reported_time.tokens import Typed

_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31) * 3 + (
    31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
)  # fmt: skip
"""Four years with one leap year, the last."""
_MOST_MONTHS = 2400


class Unit(Enum):
    HOUR = Fraction(1, 24)
    DAY = Fraction(1)
    WEEK = Fraction(7)
    MONTH = Fraction(DAYS_PER_MONTH)
    YEAR = Fraction(DAYS_PER_YEAR)

    @property
    def precision(self) -> Precision:
        return _PRECISIONS.get(self, Precision.DAY)

    @property
    def is_calendar(self) -> bool:
        """True for a unit that is not always as many days."""
        return self in (Unit.MONTH, Unit.YEAR)


_PRECISIONS = {
    Unit.WEEK: Precision.WEEK,
    Unit.MONTH: Precision.MONTH,
    Unit.YEAR: Precision.YEAR,
}
_WORDS = {
    Unit.HOUR: ("hour", "hours", "h", "hr", "hrs", "小时", "个小时"),
    Unit.DAY: ("day", "days", "d", "天", "日"),
    Unit.WEEK: ("week", "weeks", "wk", "wks", "w", "周", "个周", "星期", "个星期", "礼拜"),
    Unit.MONTH: ("month", "months", "mo", "mos", "mth", "mths", "个月", "月"),
    Unit.YEAR: ("year", "years", "yr", "yrs", "y", "年", "个年"),
}  # fmt: skip


def unit(typed: Typed, place: int) -> tuple[Unit, int] | None:
    """The unit at `place`, and the place behind it. A 周期 is a cycle, which is no unit of time."""
    for found, words in _WORDS.items():
        end = typed.after(place, *words)
        if end is not None and not (typed.at(end - 1).text == "周" and typed.at(end).text == "期"):
            return found, end
    return None


@dataclass(frozen=True, slots=True)
class Days:
    """At least `low`, at most `high`; None where the words set no limit."""

    low: int | None
    high: int | None
    precision: Precision


def distance(low: Fraction, high: Fraction, step: Fraction, of: Unit) -> Days:
    """`low` to `high` units from somewhere, each rounded to `step` of a unit."""
    if of in (Unit.HOUR, Unit.DAY):
        return between(math.floor(low * of.value), math.ceil(high * of.value))
    first, last = max(low - step / 2, Fraction(0)) * of.value, (high + step / 2) * of.value
    if of is Unit.WEEK:  # halves of a day fall towards the count
        return Days(math.ceil(first), math.floor(last), of.precision)
    return Days(round(first), round(last), of.precision)


def between(low: int, high: int) -> Days:
    """Raises Asking beyond 150 years."""
    if max(abs(low), abs(high)) > MAX_DAYS:
        raise Asking("This lies more than 150 years from day 0.")
    return Days(low, high, lasting(low, high).precision)


def shortest(count: Fraction, of: Unit) -> int:
    """The fewest days that `count` units can last."""
    return _length(count, of, longest=False)


def longest(count: Fraction, of: Unit) -> int:
    """The most days that `count` units can last."""
    return _length(count, of, longest=True)


def _length(count: Fraction, of: Unit, *, longest: bool) -> int:
    rounded = math.ceil if longest else math.floor
    if not of.is_calendar:
        return rounded(count * of.value)
    months = count * 12 if of is Unit.YEAR else count
    if months > _MOST_MONTHS:
        raise Asking("This lies more than 150 years from day 0.")
    whole, rest = divmod(months, 1)
    return _months(int(whole), longest=longest) + rounded(rest * (31 if longest else 28))


@lru_cache(maxsize=4096)
def _months(count: int, *, longest: bool) -> int:
    """The days of `count` months in a row, starting with any month of the four years."""
    rounds, rest = divmod(count, len(_MONTHS))
    twice = _MONTHS * 2
    sums = [sum(twice[first : first + rest]) for first in range(len(_MONTHS))]
    return rounds * sum(_MONTHS) + (max(sums) if longest else min(sums))
