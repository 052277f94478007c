"""The events of a case as steps to ask sequences of: what, and when at the earliest and latest.

Pure. Days are counted from day 0. Two steps that are timed from one event ("3 days after TACE") are
compared by that, which may be far more exact than either one's own days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from patients.clinical_time import MAX_DAYS
from patients.document import CaseDocument
from patients.document.model import EventData
from patients.searching.codes import step_of_kind, step_of_term

OPEN: Final = 3 * MAX_DAYS
"""Stands for a bound that is not known: further from day 0 than any that is."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that an event was: its kind, or its term."""

    code: int
    event: int
    """The event's number in the document."""
    low: int
    high: int
    roots: tuple[int, ...]
    """The numbers of the events that it is timed from: its own, that of its anchor, and so on."""
    root_lows: tuple[int, ...]
    """Days from the start of each of them, at least."""
    root_highs: tuple[int, ...]


def steps_of(document: CaseDocument, terms: Mapping[str, int]) -> list[Step]:
    """By their event, first the kind and then the term where it has one that `terms` knows."""
    by_id = {event.id: event for event in document.events}
    found = []
    for event in document.events:
        codes = [step_of_kind(event.category)]
        if event.term is not None and event.term.slug in terms:
            codes.append(step_of_term(terms[event.term.slug]))
        low, high = _days(event)
        roots = _roots(event, by_id)
        found += [Step(code, event.number, low, high, *roots) for code in codes]
    return found


def _days(event: EventData) -> tuple[int, int]:
    start = event.time.start
    low = -OPEN if start.low is None else start.low
    return low, OPEN if start.high is None else start.high


def _roots(
    event: EventData, by_id: Mapping[str, EventData]
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Every event up the chain of anchors, and how many days lie between.

    The document's days of an anchored event are those of its anchor and the offset, added up; where
    one of them is not known, neither is the offset.
    """
    found = [(event.number, 0, 0)]
    seen = {event.id}
    at, low, high = event, 0, 0
    while at.time.anchor and at.time.anchor in by_id and at.time.anchor not in seen:
        anchor = by_id[at.time.anchor]
        low = _sum(low, _difference(at.time.start.low, anchor.time.start.low, -OPEN))
        high = _sum(high, _difference(at.time.start.high, anchor.time.start.high, OPEN))
        if low <= high:
            found.append((anchor.number, low, high))
        seen.add(anchor.id)
        at = anchor
    numbers, lows, highs = zip(*found, strict=True)
    return numbers, lows, highs


def _difference(day: int | None, anchor: int | None, unknown: int) -> int:
    return unknown if day is None or anchor is None else day - anchor


def _sum(one: int, other: int) -> int:
    return max(-OPEN, min(OPEN, one + other))
