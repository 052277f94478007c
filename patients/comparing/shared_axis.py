"""One axis for several courses: the days of all of them, and places that their floats share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from patients.timeline.marks import Mark
from patients.timeline.stretches import Gap, Stretches, float_marks, stretches_of

EXACT = -1
"""The slot of a mark that does not float."""
Floats = list[list[int]]
"""What floats in one place of the axis: by course, the places of its marks in their order."""


@dataclass(frozen=True, slots=True)
class Course:
    """The events of one case on the shared axis."""

    marks: list[Mark]
    anchor: str
    """The id of the event at which all courses meet; empty for none."""


@dataclass(frozen=True, slots=True)
class SharedAxis:
    stretches: Stretches
    courses: list[list[Mark]]
    """The marks of each course; `place` is the slot of one that floats, and `EXACT` else."""


def shared_axis(courses: Sequence[Course]) -> SharedAxis:
    """Known days and gaps follow from all courses as from one. What floats in the same gap of
    several courses shares slots, in the order of each, so that the axis does not grow with the
    number of cases; anchors that float at the same place stand in one slot."""
    own = [course.marks for course in courses]
    stretches = stretches_of(list(chain.from_iterable(own)), elastic=True)
    floated = [_floated(marks, stretches.days) for marks in own]
    slots = _Slots(courses)
    head = slots.shared([row.head for row in floated])
    gaps = [
        replace(
            gap,
            after=slots.shared([row.gaps[at].after for row in floated]),
            before=slots.shared([row.gaps[at].before for row in floated]),
        )
        for at, gap in enumerate(stretches.gaps)
    ]
    tail = slots.shared([row.tail for row in floated])
    return SharedAxis(
        replace(stretches, head=head, gaps=gaps, tail=tail),
        [
            [replace(mark, place=slots.of.get((at, mark.place), EXACT)) for mark in marks]
            for at, marks in enumerate(own)
        ],
    )


def _floated(marks: list[Mark], days: list[int]) -> Stretches:
    gaps = [Gap(right - left) for left, right in zip(days, days[1:], strict=False)]
    found = Stretches([], days, gaps, [], opens=False)
    float_marks(marks, found)
    return found


class _Slots:
    """Hands out slots in their order along the axis."""

    def __init__(self, courses: Sequence[Course]) -> None:
        self.anchors = [
            next((mark.place for mark in course.marks if mark.event.id == course.anchor), None)
            for course in courses
        ]
        self.of: dict[tuple[int, int], int] = {}
        """By the number of the course and the place of the mark in it."""
        self.used = 0

    def shared(self, floats: Floats) -> list[int]:
        """The slots that marks at one place of the axis take; each mark is noted in `of`."""
        before = max((self._anchor_at(at, row) or 0 for at, row in enumerate(floats)), default=0)
        count = 0
        for at, row in enumerate(floats):
            anchor = self._anchor_at(at, row)
            first = before - anchor if anchor is not None else 0
            for offset, place in enumerate(row):
                self.of[at, place] = self.used + first + offset
            count = max(count, first + len(row)) if row else count
        slots = list(range(self.used, self.used + count))
        self.used += count
        return slots

    def _anchor_at(self, course: int, row: list[int]) -> int | None:
        """Where the anchor of the course stands among these; None where it does not."""
        anchor = self.anchors[course]
        return row.index(anchor) if anchor is not None and anchor in row else None
