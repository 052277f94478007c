"""Times between the events that tables of cases tell: to treatment, to progression, to the last
report. Pure.

Which event is which is told by its category, its coded term or its outcome, and by what a study
says of a vessel: never guessed from words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from patients.derived.distances import Distance, Distances, distance_words, earliest, latest
from patients.derived.landmarks import Landmarks, Mark
from patients.derived.model import Derived, Input, Rule
from patients.document.model import CaseDocument

RULE: Final = Rule(
    key="time_between",
    name="Times between events",
    source="Casebase’s own: counted from the times that the record gives, with their bounds",
    note="What a study shows is counted from the day of the study, not from when it came about.",
)


@dataclass(frozen=True, slots=True)
class Span:
    """From one landmark to another."""

    start: Mark
    end: Mark
    follows: bool
    """Whether the second can only come after the first, by what it is."""


def intervals(document: CaseDocument) -> Iterator[Derived]:
    """One for each pair of events, in order of the first and of the list below."""
    distances = Distances(document)
    seen: dict[tuple[str, str], list[Span]] = {}
    for span in _spans(Landmarks(document, distances)):
        if span.start.event.id != span.end.event.id:
            seen.setdefault((span.start.event.id, span.end.event.id), []).append(span)
    for spans in seen.values():
        yield _interval(spans, distances)


def _spans(marks: Landmarks) -> Iterator[Span]:
    """What a table of cases tells."""
    diagnosis, treatments = marks.diagnosis(), marks.first_treatments()
    yield from _from(diagnosis, treatments, follows=False)
    for treatment in treatments:
        yield from _from(treatment, marks.progression_after(treatment), follows=True)
    embolisation = marks.first_embolisation()
    yield from _from(embolisation, marks.thromboses_after(embolisation), follows=True)
    for closed, opened in marks.openings():
        yield Span(closed, opened, follows=True)
    last = marks.last_report()
    starts = chain(_listed(marks.day_zero()), treatments[:1])
    for start in starts:
        yield from _from(start, _listed(last), follows=True)


def _from(start: Mark | None, ends: Iterable[Mark], *, follows: bool) -> Iterator[Span]:
    if start is not None:
        yield from (Span(start, end, follows) for end in ends)


def _listed(mark: Mark | None) -> list[Mark]:
    return [] if mark is None else [mark]


def _interval(spans: Sequence[Span], distances: Distances) -> Derived:
    """Of the spans between the same two events, which have one length."""
    start, end = spans[0].start, spans[0].end
    names = dict.fromkeys(f"from {span.start.words} to {span.end.words}" for span in spans)
    heading = "; ".join(names)
    target = f"event-{start.event.id}.event-{end.event.id}"
    named = dict.fromkeys(row.id for mark in (start, end) for row in (mark.event, *mark.rivals))
    inputs = tuple(
        Input(f"{event.label} ({event.time.words})", f"event-{event.id}")
        for event in (distances.events[key] for key in named)
    )
    found = Derived(RULE, target, f"{heading[0].upper()}{heading[1:]}", inputs)
    distance = _distance(start, end, distances)
    reason = _reason(spans, distance)
    if reason:
        return replace(found, reason=reason)
    words = distance_words(distance)
    return replace(
        found, result=distance.code, words=f"{words[0].upper()}{words[1:]}.",
        days=(distance.low, distance.high),
    )  # fmt: skip


def _distance(start: Mark, end: Mark, distances: Distances) -> Distance:
    """From the first of what may be the start to the first, or the last, of what may be the end."""
    measure = distances.to_end if end.is_last else distances.between
    extreme = latest if end.is_last else earliest
    return latest(
        extreme(measure(one.id, other.id) for other in (end.event, *end.rivals))
        for one in (start.event, *start.rivals)
    )


def _reason(spans: Sequence[Span], distance: Distance) -> str:
    """Why there is no length; empty where there is one."""
    start, end = spans[0].start, spans[0].end
    low, high = distance.low, distance.high
    backwards = high is not None and high < 0 and any(span.follows for span in spans)
    if backwards or (low is not None and high is not None and low > high):
        return (
            f"The times contradict what they tell: “{end.event.label}” would come before "
            f"“{start.event.label}”."
        )
    if (low is None and (high is None or high >= 0)) or (high is None and (low or 0) <= 0):
        return (
            f"The times of “{start.event.label}” and “{end.event.label}” do not bound what lies "
            "between them."
        )
    return ""
