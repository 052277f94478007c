"""The events of a case that times are counted from and to. Pure.

Told by category with a coded term, by outcome, or by what a study says of a vessel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from patients.derived.distances import Distances
from patients.derived.embolisation import is_coded_embolisation
from patients.derived.vessels import CLOSED, findings_of_vessels
from patients.document.model import CaseDocument, EventData
from patients.vocabulary import Category, Outcome, Patency

OPENED: Final = frozenset({Patency.PATENT, Patency.PARTLY_RECANALISED, Patency.RECANALISED})
REPORTS: Final = (Category.FOLLOW_UP, Category.OUTCOME)


@dataclass(frozen=True, slots=True)
class Mark:
    words: str
    """As it stands after "from" and "to"."""
    event: EventData
    rivals: tuple[EventData, ...] = ()
    """Others that the times do not exclude to be it: the first, or the last, of all of them is."""
    is_last: bool = False
    """Whether it is the last of them, at its end where it lasts; else it is the first."""


class Landmarks:
    def __init__(self, document: CaseDocument, distances: Distances) -> None:
        self.document, self.distances = document, distances

    def day_zero(self) -> Mark | None:
        found = next((event for event in self.document.events if event.is_index), None)
        return None if found is None else Mark("day 0", found)

    def diagnosis(self) -> Mark | None:
        """The first that is coded as the case's diagnosis."""
        wanted = self.document.diagnosis
        return self._first(
            "the diagnosis",
            lambda event: (
                event.category == Category.DIAGNOSIS
                and event.term is not None
                and wanted is not None
                and event.term.slug == wanted.slug
            ),
        )

    def first_treatments(self) -> list[Mark]:
        """The first operation, the first embolisation and the first drug, in order of time."""
        found = [
            self._first("the first operation", _coded(Category.SURGERY)),
            self.first_embolisation(),
            self._first("the first drug", _coded(Category.DRUG)),
        ]
        there = [mark for mark in found if mark is not None]
        return sorted(there, key=lambda mark: mark.event.number)

    def first_embolisation(self) -> Mark | None:
        return self._first("the first embolisation", is_coded_embolisation)

    def progression_after(self, start: Mark) -> list[Mark]:
        """None or one: the first that the record puts after `start`."""
        found = self._first(
            "progression",
            lambda event: (
                event.outcome == Outcome.PROGRESSION and event.number > start.event.number
            ),
        )
        return [] if found is None else [found]

    def thromboses_after(self, start: Mark | None) -> Iterator[Mark]:
        """Of each vessel, the first study that shows it closed, where the record puts that after
        `start`."""
        for vessel, closed, _ in self._closures():
            if start is not None and closed.number > start.event.number:
                yield Mark(f"thrombosis seen ({vessel})", closed)

    def openings(self) -> Iterator[tuple[Mark, Mark]]:
        """Of each vessel: seen closed, and the first study after it that shows it open again."""
        for vessel, closed, opened in self._closures():
            if opened is not None:
                yield (
                    Mark(f"thrombosis seen ({vessel})", closed),
                    Mark("open again, at least partly", opened),
                )

    def last_report(self) -> Mark | None:
        """The death, else the last that is told of the patient."""
        death = self._first("death", lambda event: event.outcome == Outcome.DIED)
        if death is not None:
            return death
        told = [row for row in self.document.events if row.category in REPORTS or row.outcome]
        if not told:
            return None
        last = told[-1]
        rivals = [row for row in told[:-1] if not self._ends_before(row, last)]
        return Mark("the last report", last, tuple(rivals), is_last=True)

    def _closures(self) -> Iterator[tuple[str, EventData, EventData | None]]:
        """By vessel: its name, the first closing and the opening that came after it, if any."""
        events = {event.id: event for event in self.document.events}
        for findings in findings_of_vessels(self.document).values():
            at = next((n for n, row in enumerate(findings) if row.patency in CLOSED), None)
            if at is None:
                continue
            site = findings[at].site
            assert site is not None
            after = (row for row in findings[at + 1 :] if row.patency in OPENED)
            opened = next(after, None)
            yield (
                site.display[0].lower() + site.display[1:],
                events[findings[at].event],
                events[opened.event] if opened else None,
            )

    def _first(self, words: str, fits: Callable[[EventData], bool]) -> Mark | None:
        found = [event for event in self.document.events if fits(event)]
        if not found:
            return None
        first, *others = found
        rivals = [row for row in others if not self._certainly_before(first, row)]
        return Mark(words, first, tuple(rivals))

    def _certainly_before(self, one: EventData, other: EventData) -> bool:
        """On the same day counts."""
        low = self.distances.between(one.id, other.id).low
        return low is not None and low >= 0

    def _ends_before(self, one: EventData, other: EventData) -> bool:
        """Whether the end of `one` comes before that of `other`, or on the same day, for sure."""
        start = self.distances.to_end(one.id, one.id)
        end = self.distances.to_end(one.id, other.id)
        return start.high is not None and end.low is not None and start.high <= end.low


def _coded(category: Category) -> Callable[[EventData], bool]:
    return lambda event: event.category == category and event.term is not None
