"""Times between two events keep the bounds of both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patients.derived.intervals import Interval, between
from tests.patients.timeline.documents import event


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ((0, 0), (30, 30), Interval(30, 30)),
        ((0, 10), (30, 40), Interval(20, 40)),
        ((0, 10), (5, 40), Interval(-5, 40)),
        ((None, 10), (30, 40), Interval(20, None)),
        ((0, 10), (30, None), Interval(20, None)),
        ((0, None), (30, 40), Interval(None, 40)),
        ((None, None), (30, 40), None),
    ],
)
def test_bounds(first, second, found):
    assert between(event(0, *first), event(1, *second)) == found


DAY = st.integers(-400, 400)


@given(DAY, DAY, st.integers(0, 50), st.integers(0, 50))
def test_every_pair_of_days_within_the_bounds_lies_within_the_interval(a, b, wide, wider):
    found = between(event(0, a, a + wide), event(1, b, b + wider))
    for one in (a, a + wide):
        for other in (b, b + wider):
            assert found.low <= other - one <= found.high
