"""An entry → one line of words that is read back as the same entry."""

from __future__ import annotations

from dataclasses import replace

from patients.reported_time.asking import Asking
from patients.reported_time.canonical import LONGEST, entry_words, frequency_words, point_words
from patients.reported_time.canonical import duration_words as canonical_duration
from patients.reported_time.model import Context, Entry
from patients.reported_time.reading import understood


def words(entry: Entry, context: Context) -> str:
    """The report's own words where they alone say the entry, else its days in plain English.

    Where the words of the start do not say it (the event they counted from has moved), those of its
    duration, end and frequency still may.

    At most 200 characters where the frequency's own words allow it. An anchor that `context` does
    not know is named by its id, which cannot be read back.
    """
    for told in (entry, replace(entry, start=replace(entry.start, reported_as=""))):
        for reported in _reported(told, context):
            if len(reported) <= LONGEST and _says(reported, told, context):
                return reported
    plain = entry_words(entry, context)
    if len(plain) > LONGEST or not _same_days(plain, entry, context):
        short = entry_words(entry, context, short=True)
        return short if _same_days(short, entry, context) else plain
    return plain


def _reported(entry: Entry, context: Context) -> list[str]:
    """The parts as they were typed, in the orders in which they make sense."""
    start = entry.start.reported_as
    end = entry.end.reported_as if entry.end else ""
    duration = entry.duration.reported_as if entry.duration else ""
    often = entry.frequency.reported_as if entry.frequency else ""
    if not (start or end or duration or often):
        return []
    said = [start or point_words(entry.start, entry.anchor, context)]
    if entry.frequency:
        said.append(often or frequency_words(entry.frequency))
    if entry.duration:
        said.append(duration or canonical_duration(entry.duration.low, entry.duration.high))
    if entry.ongoing:
        said.append("ongoing")
    if not entry.end:
        return [", ".join(said), ", ".join(part for part in said if part != "ongoing")]
    end = end or point_words(entry.end, entry.anchor, context, end=True)
    return [
        ", ".join([f"{said[0]} until {end}", *said[1:]]),
        ", ".join([f"from {said[0]} to {end}", *said[1:]]),
        ", ".join([said[0], end, *said[1:]]),
    ]


def _says(text: str, entry: Entry, context: Context) -> bool:
    """True where `text` is read as `entry` and nothing else, words included."""
    try:
        found = understood(text, context)
    except Asking:
        return False
    return replace(found, day_zero_year=None) == replace(entry, day_zero_year=None)


def _same_days(text: str, entry: Entry, context: Context) -> bool:
    try:
        found = understood(text, context)
    except Asking:
        return False
    return without_words(found) == without_words(entry)


def without_words(entry: Entry) -> Entry:
    """`entry` as its numbers alone tell it."""
    return replace(
        entry,
        start=replace(entry.start, reported_as=""),
        end=replace(entry.end, reported_as="") if entry.end else None,
        duration=replace(entry.duration, reported_as="") if entry.duration else None,
        frequency=replace(entry.frequency, reported_as="") if entry.frequency else None,
        day_zero_year=None,
    )
