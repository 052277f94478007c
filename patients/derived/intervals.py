"""Times between two events, with their honest bounds. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from patients.document.model import EventData


@dataclass(frozen=True, slots=True)
class Interval:
    """Whole days from one event's start to another's; None where that end is not bounded."""

    low: int | None
    high: int | None


def between(first: EventData, second: EventData) -> Interval | None:
    """None where nothing bounds it at all. Where the order itself is open, `low` is negative."""
    one, other = first.time.start, second.time.start
    low = other.low - one.high if other.low is not None and one.high is not None else None
    high = other.high - one.low if other.high is not None and one.low is not None else None
    return None if low is None and high is None else Interval(low, high)
