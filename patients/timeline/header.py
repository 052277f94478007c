"""The axis above the lanes: years and blocks, day marks, what is stretched or not to scale."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from patients.document.model import CaseDocument
from patients.timeline.axis import Break, Ruler
from patients.timeline.marks import Mark
from patients.timeline.options import Clock, FigureOptions, Language
from patients.timeline.text import width
from patients.timeline.wording import between, length, phrases, tick

YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Words over the axis; `start` and `end` are what they belong to."""

    words: str
    start: float
    end: float
    is_year: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """The event that the axis counts from."""

    mark: Mark | None
    day: int | None
    """None where that event is not exact to the day."""


def origin_of(document: CaseDocument, marks: list[Mark], chosen: str) -> Origin:
    """The chosen day 0, or the case's own. Raises ValueError where `chosen` is no event of it."""
    if not chosen:
        return Origin(None, 0)
    event = next((row for row in document.events if row.id == chosen), None)
    if event is None:
        raise ValueError(f"There is no event {chosen} in case {document.accession}.")
    mark = next((row for row in marks if row.event.id == chosen), None)
    start = event.time.start
    return Origin(mark, start.low if start.low == start.high else None)


def day_words(day: int, origin: Origin, language: Language) -> str:
    """Empty where the days since the chosen event are not known."""
    return "" if origin.day is None else tick(day - origin.day, language)


def year_in(words: str) -> str:
    """The one calendar year that reported words name; empty for none or several."""
    years = set(YEAR.findall(words))
    return years.pop() if len(years) == 1 else ""


def block_stamps(
    document: CaseDocument, marks: list[Mark], ruler: Ruler, origin: Origin, options: FigureOptions
) -> Iterator[Stamp]:
    """One for every stretch of which only the year or so is known, and for reported years."""
    seen: set[tuple[int, int]] = set()
    calendar = options.clock is Clock.CALENDAR
    for mark in marks:
        if mark.low is None or mark.high is None or (mark.low, mark.high) in seen:
            continue
        words = year_in(mark.event.time.start.reported_as) if calendar else ""
        if calendar and not words and mark.event.is_index and document.day_zero_year:
            words = str(document.day_zero_year)
        if mark.is_exact and not words:
            continue
        seen.add((mark.low, mark.high))
        is_year = bool(words)
        if not words and origin.day is not None:
            words = between(mark.low - origin.day, mark.high - origin.day, options.language)
        if words:
            yield Stamp(words, ruler.at(mark.low), ruler.at(mark.high), is_year)


def day_stamps(
    marks: list[Mark], ruler: Ruler, origin: Origin, options: FigureOptions
) -> Iterator[Stamp]:
    """One for every exact day, for the earliest day of what floats, and for a floating day 0."""
    blocks = {mark.low for mark in marks if not mark.is_exact and mark.high is not None}
    floating = {mark.low for mark in marks if mark.low is not None and mark.high is None}
    exact = {mark.low for mark in marks if mark.is_exact and mark.low is not None}
    days = exact | (floating - blocks)
    for day in sorted(days):
        words = day_words(day, origin, options.language)
        if words:
            yield Stamp(words, ruler.at(day), ruler.at(day))
    if origin.mark is not None and origin.day is None:
        at = ruler.floats[origin.mark.place]
        yield Stamp(phrases(options.language).day_zero, at, at)


def break_words(row: Break, origin: Origin, options: FigureOptions) -> str:
    """`3 y 5 mo`; `≥ 3 y after day 0` where what stands before the break may be later."""
    told = length(row.days, options.language, at_least=not row.is_exact or row.floats_before)
    if not row.floats_before:
        return told
    words = phrases(options.language)
    start = day_words(row.left_day, origin, options.language)
    return words.after.format(length=told, start=start) if start else told


def without_collisions(
    stamps: Iterator[Stamp], size: float, limits: tuple[float, float], *, centred: bool
) -> list[tuple[float, Stamp]]:
    """Each stamp with the place of its left edge; one that would cover another is left out."""
    placed: list[tuple[float, Stamp]] = []
    for stamp in stamps:
        wide = width(stamp.words, size, bold=stamp.is_year)
        middle = (stamp.start + stamp.end) / 2 if centred else stamp.start
        left = min(max(middle - wide / 2, limits[0]), max(limits[1] - wide, limits[0]))
        free = all(
            left >= other + width(row.words, size, bold=row.is_year) + 0.6 * size
            or left + wide + 0.6 * size <= other
            for other, row in placed
        )
        if free:
            placed.append((left, stamp))
    return placed
