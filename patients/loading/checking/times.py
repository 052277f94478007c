"""The times of events: in order, within bounds, and never finer than a year of a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from patients.clinical_time import MAX_DAYS, Precision, bounds_problem
from patients.deidentification import names_calendar_date
from patients.document.model import CaseDocument, EventData, TimeData
from patients.loading.problems import Problem, shown

MAX_WORDS = 700
"""Of a wording: it may hold the label of an anchor, and both ends."""
PRECISIONS = frozenset(Precision)
is_date = lru_cache(maxsize=20_000)(names_calendar_date)


def times(document: CaseDocument) -> list[Problem]:
    found: list[Problem] = []
    labels = {event.id: event.label for event in document.events}
    for index, event in enumerate(document.events):
        anchor = labels.get(event.time.anchor or "", "")
        found += _of_event(f"events[{index}]", event, anchor)
    days_zero = [event.id for event in document.events if event.is_index]
    if len(days_zero) > 1:
        found.append(Problem("events", f"{len(days_zero)} of them are day 0; one may be"))
    return found


def _of_event(path: str, event: EventData, anchor: str) -> Iterator[Problem]:
    time = event.time
    start, end, duration = time.start, time.end, time.duration
    yield from _end(f"{path}.time.start", start)
    if event.is_index and ((start.low, start.high) != (0, 0) or time.anchor is not None):
        yield Problem(f"{path}.time.start", "is not day 0, though the event is")
    if end is not None:
        yield from _end(f"{path}.time.end", end)
        if end.high is not None and start.low is not None and end.high < start.low:
            yield Problem(f"{path}.time.end", "comes before the start")
    if time.ongoing and (end is not None or duration is not None):
        yield Problem(f"{path}.time.ongoing", "is true, so there is no end and no duration")
    if duration is not None:
        if not 0 <= duration.low <= duration.high <= MAX_DAYS:
            yield Problem(f"{path}.time.duration", f"has 0 to {MAX_DAYS} days, the least first")
        yield from _told(f"{path}.time.duration.reported_as", duration.reported_as)
        yield from _told(f"{path}.time.duration.words", duration.words)
    yield from _told(f"{path}.time.words", time.words, anchor)
    yield from _told(f"{path}.time.start.words", start.words, anchor)
    if end is not None:
        yield from _told(f"{path}.time.end.words", end.words, anchor)
    if event.drug is not None:
        yield from _told(f"{path}.drug.frequency", event.drug.frequency)


def _end(path: str, time: TimeData) -> Iterator[Problem]:
    if time.precision not in PRECISIONS:
        yield Problem(f"{path}.precision", f"{shown(time.precision)} is not one of "
                      + ", ".join(Precision))  # fmt: skip
    elif problem := bounds_problem(time.low, time.high, time.precision):
        yield Problem(path, problem)
    yield from _told(f"{path}.reported_as", time.reported_as)
    yield from _told(f"{path}.days_words", time.days_words)


def _told(path: str, words: str, anchor: str = "") -> Iterator[Problem]:
    """Words of a time may quote the label of the event that they count from; that is no time."""
    if len(words) > MAX_WORDS:
        yield Problem(path, f"has {len(words)} characters; at most {MAX_WORDS} word a time")
    elif is_date(words.replace(f"“{anchor}”", "") if anchor else words):
        yield Problem(path, f"{shown(words)} names a calendar date finer than a year")
