"""Event times resolved: anchors followed to day 0, contradictions named, everything worded."""

from __future__ import annotations

from dataclasses import dataclass

from patients.clinical_time import Bounds, Precision, duration_words, lasting, length_words
from patients.document.model import DurationData, EventTime, OffsetData, TimeData
from patients.models import Event

UNKNOWN = Bounds(None, None, Precision.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Resolved:
    """An event's own bounds counted from day 0."""

    start: Bounds
    end: Bounds | None


@dataclass(frozen=True, slots=True)
class ResolvedTimes:
    by_event: dict[int, Resolved]
    problems: list[str]


def resolve(events: list[Event]) -> ResolvedTimes:
    """Bounds from day 0 for every event, by primary key; runs no query.

    An event whose anchors lead in a circle gets an unknown time and a problem, never a guess.
    """
    rows = {event.pk: event for event in events}
    done: dict[int, Resolved] = {}
    problems: list[str] = []
    for event in events:
        chain, circular = _unresolved_chain(event, rows, done)
        if circular:
            problems.append(f"“{event.label}” is timed by a circle of anchors.")
            done[event.pk] = Resolved(UNKNOWN, None)
            continue
        for link in reversed(chain):
            done[link.pk] = _resolve_one(link, done, problems)
    return ResolvedTimes(done, problems)


def _unresolved_chain(
    event: Event, rows: dict[int, Event], done: dict[int, Resolved]
) -> tuple[list[Event], bool]:
    """`event` and the anchors above it not resolved yet; True where they go in a circle."""
    chain: dict[int, Event] = {}
    at: Event | None = event
    while at is not None and at.pk not in done:
        if at.pk in chain:
            return list(chain.values()), True
        chain[at.pk] = at
        at = rows.get(at.anchor_id) if at.anchor_id else None
    return list(chain.values()), False


def _resolve_one(event: Event, done: dict[int, Resolved], problems: list[str]) -> Resolved:
    start, end = event.start, event.end
    if event.anchor_id:
        anchor = done[event.anchor_id].start if event.anchor_id in done else UNKNOWN
        start = _shifted(event, start, anchor, problems)
        end = _shifted(event, end, anchor, problems) if end else None
    if end is None and event.duration_low is not None and event.duration_high is not None:
        duration = lasting(event.duration_low, event.duration_high)
        end = _shifted(event, duration, start, problems)
    if end is not None and end.certainly_before(start):
        problems.append(f"“{event.label}” ends before it starts.")
    return Resolved(start, end)


def _shifted(event: Event, offset: Bounds, anchor: Bounds, problems: list[str]) -> Bounds:
    try:
        return offset.shifted_by(anchor)
    except ValueError as error:
        problems.append(f"“{event.label}” {error}.")
        return Bounds(None, None, Precision.UNKNOWN, offset.reported_as)


def time_data(event: Event, resolved: Resolved, anchor: Event | None) -> EventTime:
    """The event's time as the document holds it."""
    start = _end_data(event.start, resolved.start, anchor, is_index=event.is_index)
    end = None
    if resolved.end is not None:
        reported = event.end or Bounds(None, None, Precision.UNKNOWN)
        end = _end_data(reported, resolved.end, anchor if event.end else None)
    duration = _duration_data(event)
    return EventTime(
        start=start,
        end=end,
        ongoing=event.ongoing,
        duration=duration,
        anchor=anchor.public_id if anchor else None,
        words=_words(event, start, end, duration),
        offset=OffsetData(event.start.low, event.start.high) if anchor else None,
    )


def _end_data(
    reported: Bounds, resolved: Bounds, anchor: Event | None, *, is_index: bool = False
) -> TimeData:
    days = "day 0" if is_index else resolved.words()
    words = reported.reported_as or (anchored_words(reported, anchor.label) if anchor else days)
    return TimeData(
        low=resolved.low,
        high=resolved.high,
        precision=resolved.precision.value,
        reported_as=reported.reported_as,
        words=words,
        days_words=days,
    )


def anchored_words(offset: Bounds, label: str) -> str:
    """An offset from the event called `label`: `3 days after “TACE”`."""
    name = f"“{label}”"
    match (offset.low, offset.high):
        case (None, None):
            return "time not reported"
        case (0, 0):
            return f"same day as {name}"
        case (0, None):
            return f"after {name}"
        case (None, 0):
            return f"before {name}"
        case (low, None) if low is not None:
            length = length_words(low)
            if low < 0:
                return f"from {length} before {name} on"
            return f"{length} or more after {name}"
        case (None, high) if high is not None:
            length = length_words(high)
            if high < 0:
                return f"{length} or more before {name}"
            return f"at most {length} after {name}"
    low, high = offset.low or 0, offset.high or 0
    if high <= 0:
        low, high, side = -high, -low, "before"
    else:
        side = "after"
    if low < 0 < high:
        return f"within {length_words(max(-low, high))} of {name}"
    if low == 0:
        return f"within {length_words(high)} {side} {name}"
    length = length_words(low) if low == high else f"{length_words(low)} to {length_words(high)}"
    return f"{length} {side} {name}"


def _duration_data(event: Event) -> DurationData | None:
    if event.duration_low is None or event.duration_high is None:
        return None
    words = (
        event.duration_reported_as
        or f"for {duration_words(event.duration_low, event.duration_high)}"
    )
    return DurationData(event.duration_low, event.duration_high, event.duration_reported_as, words)


def _words(
    event: Event, start: TimeData, end: TimeData | None, duration: DurationData | None
) -> str:
    if event.ongoing:
        return f"{start.words}, ongoing"
    if duration is not None:
        return f"{start.words}, {duration.words}"
    if end is not None:
        return f"{start.words} – {end.words}"
    return start.words
