"""What holds of every time, tried on generated ones."""

from __future__ import annotations

import itertools

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patients.clinical_time import Bounds, Precision, bounds_problem, chronological
from tests.constraints import update
from tests.make import make_event
from tests.patients.bounds_strategies import Parts, all_bounds, any_parts

HALF = 20_000  # twice as far is still within 150 years


@given(offset=all_bounds(HALF), anchor=all_bounds(HALF))
def test_shift_is_interval_addition(offset: Bounds, anchor: Bounds) -> None:
    moved = offset.shifted_by(anchor)
    for side in ("low", "high"):
        own, base, result = (getattr(time, side) for time in (offset, anchor, moved))
        assert result == (None if own is None or base is None else own + base)


@given(offset=all_bounds(HALF), anchor=all_bounds(HALF))
def test_shift_keeps_low_up_to_high_and_promises_no_more_precision(
    offset: Bounds, anchor: Bounds
) -> None:
    moved = offset.shifted_by(anchor)
    assert bounds_problem(moved.low, moved.high, moved.precision) is None
    if moved.precision == Precision.DAY:
        assert offset.is_exact
        assert anchor.is_exact


@given(time=all_bounds(HALF))
def test_shift_by_day_zero_changes_no_bound(time: Bounds) -> None:
    moved = time.shifted_by(Bounds(0, 0))
    assert (moved.low, moved.high) == (time.low, time.high)


@given(times=st.lists(all_bounds(), max_size=8))
def test_chronological_is_a_permutation_that_never_puts_a_later_low_first(
    times: list[Bounds],
) -> None:
    order = chronological(times)
    assert sorted(order) == list(range(len(times)))
    lows = [times[index].low for index in order]
    known = [low for low in lows if low is not None]
    assert known == sorted(known)


@given(times=st.lists(all_bounds(), max_size=8))
def test_chronological_keeps_the_report_s_order_where_the_low_is_equal(
    times: list[Bounds],
) -> None:
    order = chronological(times)
    for first, second in itertools.combinations(order, 2):
        if times[first].low is not None and times[first].low == times[second].low:
            assert first < second


@given(times=st.lists(all_bounds(), max_size=8))
def test_chronological_of_what_is_in_order_already_changes_nothing(times: list[Bounds]) -> None:
    once = [time for time in times if time.low is not None]
    once = [once[index] for index in chronological(once)]
    assert chronological(once) == list(range(len(once)))


@given(a=all_bounds(), b=all_bounds(), c=all_bounds())
def test_certainly_before_is_a_strict_partial_order(a: Bounds, b: Bounds, c: Bounds) -> None:
    assert not a.certainly_before(a)
    assert not (a.certainly_before(b) and b.certainly_before(a))
    if a.certainly_before(b) and b.certainly_before(c):
        assert a.certainly_before(c)


@given(time=all_bounds())
def test_every_time_has_words(time: Bounds) -> None:
    words = time.words()
    assert words
    assert "None" not in words


@pytest.mark.django_db
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(parts=any_parts())
def test_python_and_database_refuse_the_same_bounds(parts: Parts) -> None:
    low, high, precision = parts
    for prefix in ("start", "end"):
        changes = {f"{prefix}_low": low, f"{prefix}_high": high, f"{prefix}_precision": precision}
        try:
            with transaction.atomic():
                update(make_event(), **changes)
            refused = False
        except IntegrityError:
            refused = True
        assert refused == (bounds_problem(low, high, precision) is not None)
