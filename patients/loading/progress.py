"""How far a load is, in lines that do not flood a log."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Final

EVERY: Final = 10.0
"""Seconds between two lines."""


class Progress:
    """`place` tells how far into a file of `total` bytes it was read, compressed or not; a total of
    0 means that nobody knows what is to come."""

    def __init__(
        self,
        say: Callable[[str], object],
        total: int = 0,
        place: Callable[[], int] = lambda: 0,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._say, self._total, self._place, self._clock = say, total, place, clock
        self._began = self._said = clock()
        self._cases = 0
        self._first: tuple[float, int] | None = None
        """When and where the first batch was done: lines before may have been passed over."""

    def add(self, cases: int) -> None:
        self._cases += cases
        now = self._clock()
        if self._first is None:
            self._first = (now, self._place())
        if now - self._said >= EVERY:
            self._said = now
            self._say(self._words(now) + self._left(now))

    def end(self) -> str:
        return self._words(self._clock())

    def _words(self, now: float) -> str:
        return f"{self._cases} cases, {self._cases / max(now - self._began, 1e-6):.0f} a second"

    def _left(self, now: float) -> str:
        at = self._place()
        if self._first is None or not self._total or at <= self._first[1]:
            return ""
        seconds = (now - self._first[0]) * (self._total - at) / (at - self._first[1])
        return f", {100 * at // self._total} %, {span_words(max(seconds, 0))} left"


def span_words(seconds: float) -> str:
    """`40 s`, `12 min`, `3 h 20 min`."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"
