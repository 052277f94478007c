"""How far behind a replica is, reckoned from places in the log and one clock."""

from __future__ import annotations

import pytest

from casebase.replicas.freshness import Freshness, Position

BOUND = 5


@pytest.fixture
def freshness() -> Freshness:
    return Freshness(BOUND)


def at(byte: int, timeline: int = 1) -> Position:
    return Position(timeline, byte)


def test_nothing_is_known_at_first(freshness: Freshness) -> None:
    assert not freshness.holds(0)
    freshness.replayed(at(1000))
    assert not freshness.holds(0)


def test_it_is_as_of_the_last_place_that_it_has_passed(freshness: Freshness) -> None:
    freshness.written(10, at(100))
    freshness.written(11, at(200))
    freshness.replayed(at(199))
    assert freshness.as_of == 10
    freshness.replayed(at(200))
    assert freshness.as_of == 11
    assert freshness.holds(11 + BOUND)
    assert not freshness.holds(11 + BOUND + 0.1)


def test_an_idle_primary_makes_nobody_late(freshness: Freshness) -> None:
    for second in range(100):
        freshness.written(second, at(100))
        freshness.replayed(at(100))
    assert freshness.holds(99)


def test_a_replica_that_hangs_becomes_too_old_by_itself(freshness: Freshness) -> None:
    freshness.written(0, at(100))
    freshness.replayed(at(100))
    for second in range(1, 20):
        freshness.written(second, at(100 + second))
        freshness.replayed(at(100))
        assert freshness.holds(second) == (second <= BOUND)


def test_it_holds_for_as_long_as_the_bound_where_the_primary_is_silent(
    freshness: Freshness,
) -> None:
    freshness.written(0, at(100))
    for second in range(20):
        freshness.replayed(at(100))
        assert freshness.holds(second) == (second <= BOUND)


def test_what_catches_up_counts_again_and_nothing_is_kept_for_long(freshness: Freshness) -> None:
    for second in range(1000):
        freshness.written(second, at(second))
    freshness.replayed(at(999))
    assert freshness.as_of == 999
    assert len(freshness._noted) <= BOUND + 2


def test_another_timeline_proves_nothing(freshness: Freshness) -> None:
    """A standby of the primary of before may be further than the new one, and lack what it has."""
    freshness.written(0, at(100, timeline=2))
    freshness.replayed(at(500, timeline=1))
    assert not freshness.holds(0)
    freshness.replayed(at(100, timeline=2))
    assert freshness.holds(0)


def test_what_is_no_standby_or_was_away_begins_anew(freshness: Freshness) -> None:
    freshness.written(0, at(100))
    freshness.replayed(at(100))
    freshness.replayed(None)
    assert not freshness.holds(0)
    freshness.replayed(at(100))
    assert not freshness.holds(0)
    freshness.written(1, at(100))
    freshness.replayed(at(100))
    assert freshness.holds(1)
