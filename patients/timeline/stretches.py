"""What the axis has to hold: the known days, the gaps between them, and what floats in the gaps.

An exact day has its own place. A time that is not known to the day floats: it stands in the gap
behind its earliest day, in the order of the report.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median

from patients.timeline.marks import Mark

LONG_GAP = 270
"""Days; an empty gap must be longer to be taken out."""
MANY_MEDIANS = 8
"""And longer than so many times the usual distance of two events."""
SOFT_BLOCK = 60
"""Days; a longer block with nothing known inside need not be to scale."""


class GapKind(StrEnum):
    PLAIN = "plain"
    SOFT = "soft"
    """Within the bounds of one imprecise time: may be compressed."""
    BREAK = "break"
    """Long and empty: taken out and marked."""


@dataclass(slots=True)
class Gap:
    """From one known day to the next. `after` and `before` hold places of floating marks."""

    days: int
    kind: GapKind = GapKind.PLAIN
    is_exact: bool = True
    """Both of its ends are exact days, so that its length is exact too."""
    tight: bool = False
    """One of its ends is only a bound, so the two may stand closer."""
    after: list[int] = field(default_factory=list)
    before: list[int] = field(default_factory=list)

    @property
    def floating(self) -> list[int]:
        return self.after + self.before


@dataclass(slots=True)
class Stretches:
    """Everything from left to right: head, day, gap, day, gap, …, day, tail."""

    head: list[int]
    days: list[int]
    gaps: list[Gap]
    tail: list[int]
    opens: bool
    """Something goes on beyond the last known day."""


def stretches_of(marks: list[Mark], *, elastic: bool) -> Stretches:
    """Known days and gaps; breaks and soft blocks only where the axis is `elastic`."""
    starts = {mark.low for mark in marks if mark.low is not None}
    starts |= {mark.high for mark in marks if mark.high is not None and mark.low is None}
    days = sorted(starts | _bounds(marks))
    exact = {mark.low for mark in marks if mark.is_exact}
    exact |= {mark.end_low for mark in marks if mark.is_exact and mark.end_low == mark.end_high}
    gaps = [
        Gap(
            days=right - left,
            is_exact=left in exact and right in exact,
            tight=not (left in starts and right in starts),
        )
        for left, right in zip(days, days[1:], strict=False)
    ]
    found = Stretches([], days, gaps, [], opens=any(_is_open(mark) for mark in marks))
    float_marks(marks, found)
    if elastic:
        _classify(marks, found)
    return found


def _bounds(marks: list[Mark]) -> set[int]:
    """Latest days of imprecise times, and ends of spans that are known by themselves."""
    found = {mark.high for mark in marks}
    for mark in marks:
        if mark.is_span and mark.has_own_end:
            found |= {mark.end_low, mark.end_high}
    return {day for day in found if day is not None}


def _is_open(mark: Mark) -> bool:
    return mark.ongoing or mark.high is None or (mark.is_span and mark.end_high is None)


def float_marks(marks: list[Mark], into: Stretches) -> None:
    """Gives every mark of one course that is not exact its gap: behind its earliest day, or what
    it follows."""
    index = {day: place for place, day in enumerate(into.days)}
    told: int | None = None
    for mark in marks:
        if mark.is_exact:
            told = mark.low
            continue
        if mark.low is not None:
            told = mark.low
        elif mark.high is not None and (told is None or told >= mark.high):
            place = index[mark.high]
            (into.gaps[place - 1].before if place else into.head).append(mark.place)
            told = mark.high if told is None else told
            continue
        _behind(told, index, into).append(mark.place)


def _behind(day: int | None, index: dict[int, int], into: Stretches) -> list[int]:
    if day is None:
        return into.head
    place = index[day]
    return into.gaps[place].after if place < len(into.gaps) else into.tail


def _classify(marks: list[Mark], into: Stretches) -> None:
    keys = sorted(mark.low for mark in marks if mark.low is not None)
    distances = [right - left for left, right in zip(keys, keys[1:], strict=False)]
    usual = median(distances) if distances else 0
    blocks = [
        (mark.low, mark.high)
        for mark in marks
        if mark.low is not None and mark.high is not None and mark.high - mark.low > SOFT_BLOCK
    ]
    for left, gap in zip(into.days, into.gaps, strict=False):
        if gap.days <= SOFT_BLOCK:
            continue
        right = left + gap.days
        long = gap.days > LONG_GAP and gap.days > MANY_MEDIANS * usual
        if (left, right) in blocks:
            gap.kind = GapKind.SOFT
        elif long:
            covered = any(low <= left and right <= high for low, high in blocks)
            gap.kind = GapKind.SOFT if covered else GapKind.BREAK
