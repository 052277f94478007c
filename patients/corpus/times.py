"""Times of synthetic events, worded as the case document words them."""

from __future__ import annotations

from functools import lru_cache

from patients.clinical_time import Bounds, Precision, duration_words, length_words
from patients.document.model import DurationData, EventTime, TimeData

DAY_ZERO = TimeData(0, 0, "day", "", "day 0", "day 0")


@lru_cache(maxsize=20_000)
def on_day(day: int) -> TimeData:
    words = Bounds(day, day).words()
    return TimeData(day, day, "day", "", words, words)


@lru_cache(maxsize=20_000)
def within(low: int, high: int, precision: str, reported_as: str) -> TimeData:
    days = Bounds(low, high, Precision(precision), reported_as).words()
    return TimeData(low, high, precision, reported_as, reported_as or days, days)


def point(start: TimeData) -> EventTime:
    return EventTime(start, None, False, None, None, start.words)


def ongoing(start: TimeData) -> EventTime:
    return EventTime(start, None, True, None, None, f"{start.words}, ongoing")


def lasting(start: TimeData, days: int) -> EventTime:
    """From an exact day on, for exactly so many days."""
    words = f"for {duration_words(days, days)}"
    return EventTime(
        start, on_day((start.low or 0) + days), False, DurationData(days, days, "", words), None,
        f"{start.words}, {words}",
    )  # fmt: skip


def after(day: int, anchor: str, anchor_day: int, anchor_label: str) -> EventTime:
    """On `day`, told as so many days after the event `anchor`, which is exact to the day."""
    words = f"{length_words(day - anchor_day)} after “{anchor_label}”"
    start = TimeData(day, day, "day", "", words, on_day(day).days_words)
    return EventTime(start, None, False, None, anchor, words)
