"""How far behind a replica is, told without comparing the clocks of two machines. Pure.

The primary's place in its log is noted with the time at which it was asked. A replica that has
replayed up to that place shows everything that was committed by then, however idle either is.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from math import inf


@dataclass(frozen=True, slots=True)
class Position:
    timeline: int
    """Counted up at each promotion: places of two timelines cannot be compared."""
    byte: int


class Freshness:
    """`bound` and all times are seconds of one clock that never goes back."""

    def __init__(self, bound: float) -> None:
        self.bound = bound
        self.as_of = -inf
        """Everything that was committed by then is on the replica."""
        self._noted: deque[tuple[float, Position]] = deque()

    def written(self, at: float, position: Position) -> None:
        """The primary was there when it was asked, which was not before `at`."""
        while self._noted and self._noted[0][0] < at - self.bound:
            self._noted.popleft()
        self._noted.append((at, position))

    def replayed(self, position: Position | None) -> None:
        """The replica has come so far; None where it is no standby."""
        if position is None:
            self.forget()
            return
        for at, noted in self._noted:
            if noted.timeline == position.timeline and noted.byte <= position.byte:
                self.as_of = max(self.as_of, at)

    def forget(self) -> None:
        """It is away, or was: only what is found from now on counts."""
        self.as_of = -inf
        self._noted.clear()

    def holds(self, now: float) -> bool:
        return now - self.as_of <= self.bound
