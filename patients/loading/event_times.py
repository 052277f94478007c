"""The times of a document's events as the columns of rows, counted from the anchor where there is
one. A document holds days from day 0, so that they are counted back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from patients.clinical_time import Bounds, Precision, bounds_problem
from patients.document.model import EventData, TimeData
from patients.document.times import anchored_words

NOTHING = Bounds(None, None, Precision.UNKNOWN)


def columns_of(event: EventData, anchor: EventData | None) -> dict[str, Any]:
    """Columns of `Event`, but for the key of the anchor."""
    time = event.time
    found = _end("start", time.start, anchor)
    if time.duration is not None:
        found["duration_low"], found["duration_high"] = time.duration.low, time.duration.high
        found["duration_reported_as"] = time.duration.reported_as
    elif time.end is not None:
        found |= _end("end", time.end, anchor)
    found["ongoing"] = time.ongoing
    return found


def _end(name: str, told: TimeData, anchor: EventData | None) -> dict[str, Any]:
    bounds = Bounds(told.low, told.high, Precision(told.precision), told.reported_as)
    if anchor is not None:
        bounds = _from(told, anchor, bounds)
    return {
        f"{name}_low": bounds.low, f"{name}_high": bounds.high,
        f"{name}_precision": bounds.precision.value, f"{name}_reported_as": bounds.reported_as,
    }  # fmt: skip


def _from(told: TimeData, anchor: EventData, days: Bounds) -> Bounds:
    """The offset that, added to the anchor, gives the days and is worded as the document words it.

    Where none is, as after an anchor of unknown time, the words are kept as those of the report.
    """
    start = anchor.time.start
    at = Bounds(start.low, start.high, Precision(start.precision))
    first = None
    for offset in _offsets(told, start):
        shifted = offset.shifted_by(at)
        if (shifted.low, shifted.high, shifted.precision) != (days.low, days.high, days.precision):
            continue
        if told.reported_as or anchored_words(offset, anchor.label) == told.words:
            return offset
        first = first or offset
    found = first or NOTHING
    return Bounds(found.low, found.high, found.precision, told.reported_as or told.words)


def _offsets(told: TimeData, start: TimeData) -> Iterator[Bounds]:
    low = None if told.low is None or start.low is None else told.low - start.low
    high = None if told.high is None or start.high is None else told.high - start.high
    for bounds in dict.fromkeys([(low, high), (0, None), (None, 0), (0, 0)]):
        for precision in Precision:
            if bounds_problem(*bounds, precision) is None:
                yield Bounds(*bounds, precision, told.reported_as)
