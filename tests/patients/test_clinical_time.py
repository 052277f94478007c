"""Reported time: its order, its arithmetic, its wording."""

from __future__ import annotations

import pytest

from patients.clinical_time import (
    MAX_DAYS,
    Bounds,
    Precision,
    bounds_problem,
    chronological,
    duration_words,
    lasting,
    length_words,
)
from tests.patients.event_breaks import BOUNDS_THAT_DO_NOT_FIT, TOO_FAR

DAY, WEEK, MONTH, YEAR = Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.YEAR
BEFORE, AFTER, UNKNOWN = Precision.BEFORE, Precision.AFTER, Precision.UNKNOWN
NOT_KNOWN = Bounds(None, None, UNKNOWN)


def day(number: int) -> Bounds:
    return Bounds(number, number)


KNOWN_PRECISION = [row for row in BOUNDS_THAT_DO_NOT_FIT if row[0] in list(Precision)]


@pytest.mark.parametrize("parts", KNOWN_PRECISION)
def test_bounds_that_do_not_fit_the_precision(parts: tuple[str, int | None, int | None]) -> None:
    precision, low, high = parts
    with pytest.raises(ValueError, match="bound|begins"):
        Bounds(low, high, Precision(precision))


@pytest.mark.parametrize("parts", TOO_FAR)
def test_bounds_too_far_away(parts: tuple[str, int | None, int | None]) -> None:
    precision, low, high = parts
    assert bounds_problem(low, high, precision) == "lies more than 150 years from day 0"


def test_low_bound_comes_first() -> None:
    assert "above the high bound" in str(bounds_problem(5, 3, MONTH))
    assert bounds_problem(3, 3, MONTH) is None


@pytest.mark.parametrize(
    ("offset", "anchor", "sum_"),
    [
        (day(3), day(4), day(7)),
        (day(3), Bounds(0, 365, YEAR), Bounds(3, 368, YEAR)),
        (Bounds(28, 31, MONTH), Bounds(0, 7, WEEK), Bounds(28, 38, MONTH)),
        (Bounds(-7, 0, WEEK), day(10), Bounds(3, 10, WEEK)),
        (Bounds(None, 0, BEFORE), day(10), Bounds(None, 10, BEFORE)),
        (Bounds(0, None, AFTER), Bounds(5, 9, WEEK), Bounds(5, None, AFTER)),
        (day(3), Bounds(5, None, AFTER), Bounds(8, None, AFTER)),
        (day(3), Bounds(None, 5, BEFORE), Bounds(None, 8, BEFORE)),
        (Bounds(0, None, AFTER), Bounds(None, 5, BEFORE), NOT_KNOWN),
        (NOT_KNOWN, day(10), NOT_KNOWN),
        (day(3), NOT_KNOWN, NOT_KNOWN),
        (Bounds(28, 31, MONTH), day(-400), Bounds(-372, -369, MONTH)),
    ],
)
def test_shift(offset: Bounds, anchor: Bounds, sum_: Bounds) -> None:
    assert offset.shifted_by(anchor) == sum_


def test_shift_keeps_the_reported_words() -> None:
    assert Bounds(3, 3, DAY, "3 days later").shifted_by(day(4)).reported_as == "3 days later"


def test_shift_out_of_range_is_an_error() -> None:
    with pytest.raises(ValueError, match="150 years"):
        day(MAX_DAYS).shifted_by(day(1))


@pytest.mark.parametrize(
    ("low", "high", "precision"),
    [(3, 3, DAY), (3, 10, WEEK), (28, 31, WEEK), (0, 8, MONTH), (0, 31, MONTH), (0, 32, YEAR)],
)
def test_precision_of_a_duration_is_its_width(low: int, high: int, precision: Precision) -> None:
    assert lasting(low, high) == Bounds(low, high, precision)


def test_certainly_before() -> None:
    assert day(1).certainly_before(day(2))
    assert not day(1).certainly_before(day(1))
    assert not Bounds(0, 365, YEAR).certainly_before(day(365))
    assert Bounds(None, 3, BEFORE).certainly_before(Bounds(4, None, AFTER))
    assert not Bounds(0, None, AFTER).certainly_before(day(100))
    assert not day(1).certainly_before(NOT_KNOWN)
    assert not NOT_KNOWN.certainly_before(day(1))


@pytest.mark.parametrize(
    ("times", "order"),
    [
        ([], []),
        ([day(5), day(0), day(3)], [1, 2, 0]),
        ([day(0), day(0)], [0, 1]),
        # a year begins on its first possible day
        ([day(10), Bounds(0, 365, YEAR)], [1, 0]),
        # told between two others: stays there
        ([day(0), NOT_KNOWN, day(5)], [0, 1, 2]),
        ([day(5), NOT_KNOWN, day(0)], [2, 0, 1]),
        # told first: nothing comes before it
        ([NOT_KNOWN, day(-10)], [0, 1]),
        # told late, but happened before day 3
        ([day(0), day(10), Bounds(None, 3, BEFORE)], [0, 2, 1]),
        ([day(0), day(10), Bounds(None, 30, BEFORE)], [0, 1, 2]),
        # told after day 10: stays there, though it may have been as late as day 30
        ([day(10), Bounds(None, 30, BEFORE), day(20)], [0, 1, 2]),
        ([Bounds(None, 3, BEFORE), day(0)], [1, 0]),
        ([Bounds(4, None, AFTER), day(5)], [0, 1]),
    ],
)
def test_chronological(times: list[Bounds], order: list[int]) -> None:
    assert chronological(times) == order


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        (day(0), "day 0"),
        (day(12), "day 12"),
        (day(-3), "day -3"),
        (day(60), "day 60"),
        (day(61), "2 months after day 0"),
        (day(-365), "12 months before day 0"),
        (day(1461), "4 years after day 0"),
        (Bounds(0, 7, WEEK), "day 0 to 7"),
        (Bounds(-7, 3, MONTH), "day -7 to 3"),
        (Bounds(1096, 1827, YEAR), "3 to 5 years after day 0"),
        (Bounds(-1827, -1096, YEAR), "3 to 5 years before day 0"),
        (Bounds(1, 91, YEAR), "between day 1 and 3 months after day 0"),
        (Bounds(61, 75, MONTH), "day 61 to 75"),
        (Bounds(365, 731, YEAR), "between 12 months after day 0 and 2 years after day 0"),
        (Bounds(None, 0, BEFORE), "at or before day 0"),
        (Bounds(None, -3, BEFORE), "at or before day -3"),
        (Bounds(0, None, AFTER), "at or after day 0"),
        (Bounds(90, None, AFTER), "3 months or more after day 0"),
        (Bounds(None, 90, BEFORE), "at most 3 months after day 0"),
        (Bounds(None, -90, BEFORE), "3 months or more before day 0"),
        (Bounds(-90, None, AFTER), "at or after day -90"),
        (NOT_KNOWN, "time not reported"),
    ],
)
def test_words(bounds: Bounds, words: str) -> None:
    assert bounds.words() == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "0 days"), (1, "1 day"), (-1, "1 day"), (60, "60 days"), (61, "2 months"),
        (730, "24 months"), (731, "2 years"), (913, "2.5 years"), (1461, "4 years"),
    ],
)  # fmt: skip
def test_length_words(days: int, words: str) -> None:
    assert length_words(days) == words


def test_duration_words() -> None:
    assert duration_words(1, 1) == "1 day"
    assert duration_words(3, 3) == "3 days"
    assert duration_words(28, 31) == "28 to 31 days"
