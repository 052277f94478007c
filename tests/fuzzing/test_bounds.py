"""The bounds hold, and what fails is made small: else the tests that rest on them prove nothing."""

import itertools
import re

import pytest

from tests.fuzzing.bounds import bounded
from tests.fuzzing.trying import smallest, try_all

MEGABYTE = 1024 * 1024


def test_what_takes_no_end_is_ended():
    with pytest.raises(AssertionError, match="an endless one"), bounded("an endless one", 0.05):
        for _ in itertools.count():
            pass


def test_a_pattern_that_goes_back_and_back_is_ended():
    with pytest.raises(AssertionError, match="stars"), bounded("stars", 0.05):
        re.match(r"(a+)+$", "a" * 64 + "!")


def stubborn() -> None:
    try:
        for _ in itertools.count():
            pass
    except Exception:
        return


def test_what_catches_everything_is_ended_too():
    with pytest.raises(AssertionError, match="stubborn"), bounded("stubborn", 0.05):
        stubborn()


@pytest.mark.parametrize("much", [64, 5_000])
def test_memory_is_bounded(much):
    """More than the C library keeps for later use, which would not be more in use."""
    with pytest.raises(AssertionError, match="much"), bounded("much", megabytes=10):
        bytearray(much * MEGABYTE)


def test_what_is_within_bounds_passes():
    with bounded("little", megabytes=50):
        assert sum(bytearray(MEGABYTE)) == 0


def check(raw: bytes) -> None:
    if b"bad" in raw:
        raise ValueError("It holds a bad word.")


def test_the_input_that_fails_is_shown_small():
    assert smallest(b"good " * 50 + b"bad" + b" words" * 50, check, ValueError) == b"bad"
    with pytest.raises(AssertionError, match=r"(?s)number 2: ValueError.*b'bad'"):
        try_all([("number 1", b"good"), ("number 2", b"a bad one")], check)
    assert try_all([("number 1", b"good")], check) == 1
