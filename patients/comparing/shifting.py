"""A case document with its days counted from another day, for the figure alone."""

from __future__ import annotations

from dataclasses import replace

from patients.clinical_time import MAX_DAYS, Bounds, Precision
from patients.document.model import CaseDocument, EventData, EventTime, TimeData


def shifted(document: CaseDocument, day: int) -> CaseDocument:
    """The same case with `day` as day 0. Citations are left out: their numbers are the case's own,
    and a comparison numbers works over all cases. So is the calendar year."""
    events = [_event(row, day) for row in document.events]
    return replace(document, events=events, imaging_findings=[], lesions=[], day_zero_year=None)


def _event(event: EventData, day: int) -> EventData:
    return replace(event, time=_time(event.time, day), citations=[], results=[], is_index=False)


def _time(time: EventTime, day: int) -> EventTime:
    start = _end(time.start, day)
    end = _end(time.end, day) if time.end else None
    words = start.words
    if time.ongoing:
        words = f"{words}, ongoing"
    elif time.duration is not None:
        words = f"{words}, {time.duration.words}"
    elif end is not None:
        words = f"{words} – {end.words}"
    return replace(time, start=start, end=end, words=words)


def _end(told: TimeData, day: int) -> TimeData:
    """What the report says stays; our own words count from the new day 0."""
    low = None if told.low is None else told.low - day
    high = None if told.high is None else told.high - day
    days = _words(low, high)
    words = days if told.words == told.days_words else told.words
    return replace(told, low=low, high=high, words=words, days_words=days)


def _words(low: int | None, high: int | None) -> str:
    if any(bound is not None and abs(bound) > MAX_DAYS for bound in (low, high)):
        return "more than 150 years from day 0"
    if low is None and high is None:
        return Bounds(None, None, Precision.UNKNOWN).words()
    if low is None or high is None:
        return Bounds(low, high, Precision.BEFORE if low is None else Precision.AFTER).words()
    return Bounds(low, high, Precision.DAY if low == high else Precision.YEAR).words()
