"""Ages: `at 57 years of age`, `aged 57`, `57岁时`, counted from the age at day 0.

Somebody who is 50 on day 0 has some birthday in the year around it. So the age of 57 lies from one
day more than 6 years after day 0 to one day less than 8 years.
"""

from __future__ import annotations

from fractions import Fraction

from patients.clinical_time import Bounds, Precision
from patients.deidentification import OLDEST_AGE
from patients.reported_time.asking import Asking
from patients.reported_time.model import Context
from patients.reported_time.numbers import whole_number
from patients.reported_time.points import Point, spanning
from patients.reported_time.tokens import Typed
from patients.reported_time.units import Unit, longest, shortest

_BEFORE = (
    "at the age of", "at age of", "at age", "at an age of", "aged", "age", "at",
    "when he was", "when she was", "when the patient was", "when they were", "when",
)  # fmt: skip
_BEHIND = ("years of age", "years old", "year old", "yo", "y/o", "岁时", "岁")
_ENOUGH = frozenset(_BEFORE[:6])


def age(typed: Typed, place: int, context: Context) -> tuple[Point, int] | None:
    """Raises Asking where the age at day 0 is not known, or an age is over 89."""
    begin = typed.skip(place, *_BEFORE)
    said_before = typed.after(place, *_ENOUGH) is not None
    found = whole_number(typed, begin)
    if found is None:
        return None
    years, at = found
    end = typed.after(typed.skip(at, "-"), *_BEHIND)
    if end is None:
        if not said_before:
            return None
        end = at
    words = typed.words(place, end)
    return Point(_at_age(years, words, context)), end


def _at_age(years: int, words: str, context: Context) -> Bounds:
    low, high = context.age_low, context.age_high
    if low is None:
        raise Asking(
            "The age at day 0 is not known, so an age cannot be counted from it. Give the age in "
            "the case first, or count from another event.", words,
        )  # fmt: skip
    if years > OLDEST_AGE or low > OLDEST_AGE or high is None:
        raise Asking(
            "Ages over 89 are one band and cannot be counted from. Count from another event.", words
        )
    return spanning(_earliest(years - high), _latest(years - low), Precision.YEAR)


def _earliest(years: int) -> int:
    """`years` between two ages in whole years: at least the day after one year less."""
    least = years - 1
    if least >= 0:
        return shortest(Fraction(least), Unit.YEAR) + 1
    return -longest(Fraction(-least), Unit.YEAR) + 1


def _latest(years: int) -> int:
    most = years + 1
    if most > 0:
        return longest(Fraction(most), Unit.YEAR) - 1
    return -shortest(Fraction(-most), Unit.YEAR) - 1
