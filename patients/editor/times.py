"""Between an event's row and the one line of words in which its time is typed."""

from __future__ import annotations

from datetime import date

from patients.clinical_time import Bounds, Precision, chronological
from patients.document.times import resolve
from patients.models import Case, Event
from patients.reported_time import Context, Duration, Entry, Frequency, KnownEvent
from patients.vocabulary import Category

DAY_ZERO = Bounds(0, 0, Precision.DAY)
TIME_FIELDS = (
    "anchor",
    *(f"{end}_{part}" for end in ("start", "end") for part in ("low", "high", "precision")),
    "start_reported_as",
    "end_reported_as",
    "ongoing",
    "duration_low",
    "duration_high",
    "duration_reported_as",
)
FREQUENCY_FIELDS = ("frequency", "frequency_times", "frequency_days")


def context_of(case: Case, event: Event, day_zero_date: date | None = None) -> Context:
    """What has to be known of `case` to read or word the time of `event`; runs no query where
    the case was fetched with its timeline."""
    others = [row for row in case.events.all() if row.public_id != event.public_id]
    resolved = resolve(others).by_event
    order = chronological([resolved[row.pk].start for row in others])
    before = [row for row in others if (row.position, row.pk or 0) < _place(event)]
    ids = {row.pk: row.public_id for row in others}
    return Context(
        events=tuple(
            _known(row, resolved[row.pk].start, resolved[row.pk].end, ids.get(row.anchor_id, ""))
            for row in (others[index] for index in order)
        ),
        previous=before[-1].public_id if before else "",
        is_index=event.is_index,
        day_zero_year=case.day_zero_year,
        day_zero_date=day_zero_date,
        age_low=case.age_low,
        age_high=case.age_high,
        category=event.category,
    )


def _place(event: Event) -> tuple[int, int]:
    return event.position, event.pk or 0


def _known(event: Event, start: Bounds, end: Bounds | None, anchor: str) -> KnownEvent:
    names = [event.brand, event.agent, event.device, event.label_zh]
    if event.term is not None:
        names += [event.term.display, event.term.display_zh, *event.term.synonyms]
    return KnownEvent(
        id=event.public_id,
        label=event.label,
        category=event.category,
        start=start,
        end=end,
        anchor=anchor,
        told=event.start,
        is_index=event.is_index,
        names=tuple(dict.fromkeys(name for name in names if name)),
    )


def entry_of(case: Case, event: Event) -> Entry:
    """The time as the row of `event` keeps it."""
    anchors = {row.pk: row.public_id for row in case.events.all()}
    duration = None
    if event.duration_low is not None and event.duration_high is not None:
        duration = Duration(event.duration_low, event.duration_high, event.duration_reported_as)
    frequency = None
    if event.frequency or event.frequency_times is not None:
        frequency = Frequency(event.frequency, event.frequency_times, event.frequency_days)
    return Entry(
        start=event.start,
        end=event.end,
        duration=duration,
        ongoing=event.ongoing,
        anchor=anchors.get(event.anchor_id, "") if event.anchor_id else "",
        frequency=frequency,
    )


def put(entry: Entry, *, case: Case, event: Event) -> None:
    """Sets the time of `event`, and its frequency where it is a drug, in memory alone."""
    rows = {row.public_id: row for row in case.events.all()}
    event.anchor = rows[entry.anchor] if entry.anchor else None
    _put_bounds(event, "start", entry.start)
    _put_bounds(event, "end", entry.end)
    event.ongoing = entry.ongoing
    duration = entry.duration
    event.duration_low = duration.low if duration else None
    event.duration_high = duration.high if duration else None
    event.duration_reported_as = duration.reported_as if duration else ""
    frequency = entry.frequency if event.category == Category.DRUG else None
    event.frequency = frequency.reported_as if frequency else ""
    event.frequency_times = frequency.times if frequency else None
    event.frequency_days = frequency.days if frequency else None


def _put_bounds(event: Event, end: str, bounds: Bounds | None) -> None:
    setattr(event, f"{end}_low", bounds.low if bounds else None)
    setattr(event, f"{end}_high", bounds.high if bounds else None)
    setattr(event, f"{end}_precision", bounds.precision.value if bounds else "")
    setattr(event, f"{end}_reported_as", bounds.reported_as if bounds else "")
