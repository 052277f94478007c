"""One input after the other, within bounds; the one that fails is made small and shown."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import suppress

from tests.fuzzing.bounds import bounded

Check = Callable[[bytes], object]
"""Raises AssertionError, or whatever nobody has reckoned with."""
SMALLER_FOR = 20
"""Seconds of processor time in which a failing input is made smaller."""


def try_all(inputs: Iterable[tuple[object, bytes]], check: Check) -> int:
    """How many were tried. `inputs` are what names the input, and its bytes.

    Raises AssertionError with the name and the smallest input that was found to fail alike, ready
    to be put into a test.
    """
    number = 0
    for number, (name, raw) in enumerate(inputs, 1):  # noqa: B007
        try:
            with bounded(name):
                check(raw)
        except Exception as error:
            small = smallest(raw, check, type(error))
            raise AssertionError(f"{name}: {type(error).__name__}: {error}\n{small!r}") from error
    return number


def in_words(error: Exception) -> None:
    """Raises AssertionError where a refusal says nothing."""
    if not str(error).strip():
        raise AssertionError(f"{type(error).__name__} without a word") from error


def smallest(raw: bytes, check: Check, kind: type[Exception]) -> bytes:
    """`raw` without what it does not need to raise `kind`."""
    until, size = time.process_time() + SMALLER_FOR, len(raw) // 2
    while size and time.process_time() < until:
        at = 0
        while at < len(raw) and time.process_time() < until:
            shorter = raw[:at] + raw[at + size :]
            if _fails(shorter, check, kind):
                raw = shorter
            else:
                at += size
        size //= 2
    return raw


def _fails(raw: bytes, check: Check, kind: type[Exception]) -> bool:
    with suppress(Exception):
        try:
            with bounded("a smaller one"):
                check(raw)
        except kind:
            return True
    return False
