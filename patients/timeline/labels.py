"""A label beside its marker: inside the bar, right of it or left of it, wherever there is room."""

from __future__ import annotations

from dataclasses import dataclass

from patients.timeline.axis import Ruler
from patients.timeline.geometry import Geometry
from patients.timeline.marks import Mark
from patients.timeline.sizes import Sizes
from patients.timeline.text import ELLIPSIS, longest_word, ranges, width, wrap

MOST_LINES = 3
LEAST_ROOM = 9
"""In font sizes; with less on either side a label goes above its marker."""
SHARE_OF_NUMBERS = 0.4
"""Of the room; the numbers of many citations are cut beyond it."""


@dataclass(frozen=True, slots=True)
class Label:
    lines: tuple[str, ...]
    x: float
    anchor: str
    numbers: str
    """Superscript after the last line."""
    left: float
    right: float
    above: bool = False
    """On lines of its own above the marker."""


@dataclass(frozen=True, slots=True)
class Space:
    """The plot, without the lane names."""

    left: float
    right: float
    ruler: Ruler
    sizes: Sizes

    def room_right(self, x: float, beside: float) -> float:
        """From `x` to the next break behind `beside`, or to the end of the plot."""
        ends = [row.start - self._edge for row in self.ruler.breaks if row.start >= beside]
        return min([self.right, *ends]) - x - self.sizes.gap

    def room_left(self, x: float, beside: float) -> float:
        ends = [row.end + self._edge for row in self.ruler.breaks if row.end <= beside]
        return x - self.sizes.gap - max([self.left, *ends])

    def clear(self, wide: float, *, lines: int = 1) -> tuple[float, float]:
        """Where words of the width `wide` fit on so many lines without touching a break, or most
        of them: the left end and the room."""
        spans = []
        start = self.sizes.gap
        for row in self.ruler.breaks:
            spans.append((start, row.start - self._edge - start))
            start = row.end + self._edge
        spans.append((start, self.right - self.sizes.gap - start))
        fitting = [span for span in spans if span[1] * lines >= wide * (1.3 if lines > 1 else 1)]
        return fitting[0] if fitting else max(spans, key=lambda span: span[1])

    @property
    def _edge(self) -> float:
        return self.sizes.gap / 2


def label_for(mark: Mark, shape: Geometry, space: Space) -> Label:
    """Where the label goes; it never crosses a break nor leaves the plot."""
    sizes = space.sizes
    inside = _inside(mark, shape, space)
    if inside is not None:
        return inside
    right = space.room_right(shape.right, shape.bar.end if shape.bar else shape.at)
    left = space.room_left(shape.left, shape.at)
    numbers = _numbers(mark, max(left, right), sizes)
    whole = _width(mark.label, numbers, sizes)
    words = longest_word(mark.label, sizes.font) + _width("", numbers, sizes)
    if max(left, right) < min(whole, max(LEAST_ROOM * sizes.font, words)):
        return _above(mark, shape, space)
    on_right = right >= whole or right >= left
    room = right if on_right else left
    numbers = _numbers(mark, room, sizes)
    own = width(numbers, sizes.small) + (sizes.gap / 3 if numbers else 0)
    lines = wrap(mark.label, sizes.font, max(room - own, sizes.font), lines=MOST_LINES)
    wide = max(width(line, sizes.font) for line in lines)
    wide = max(wide, width(lines[-1], sizes.font) + own)
    if on_right:
        x = shape.right + sizes.gap
        return Label(tuple(lines), x, "start", numbers, x, x + wide)
    x = shape.left - sizes.gap
    if len(lines) == 1 or own:
        # Lines with a superscript start together, so that it stands behind the last one.
        return Label(tuple(lines), x - wide, "start", numbers, x - wide, x)
    return Label(tuple(lines), x, "end", numbers, x - wide, x)


def _above(mark: Mark, shape: Geometry, space: Space) -> Label:
    """On lines of its own above the marker, where there is no room on either side."""
    sizes = space.sizes
    start = shape.at - sizes.gap - space.room_left(shape.at, shape.at)
    room = space.room_right(start, shape.at)
    numbers = _numbers(mark, room, sizes)
    own = width(numbers, sizes.small) + (sizes.gap / 3 if numbers else 0)
    lines = wrap(mark.label, sizes.font, max(room - own, sizes.font), lines=MOST_LINES)
    wide = max(width(line, sizes.font) for line in lines) + own
    x = max(start, min(shape.at, start + room - wide))
    return Label(tuple(lines), x, "start", numbers, x, x + wide, above=True)


def _inside(mark: Mark, shape: Geometry, space: Space) -> Label | None:
    bar, sizes = shape.bar, space.sizes
    if bar is None:
        return None
    start = bar.start + sizes.gap
    breaks = [row.start for row in space.ruler.breaks if row.start >= bar.start]
    room = min([bar.solid, *breaks]) - start - sizes.gap
    numbers = _numbers(mark, room, sizes)
    wide = _width(mark.label, numbers, sizes)
    if wide > room:
        return None
    return Label((mark.label,), start, "start", numbers, start, start + wide)


def _width(label: str, numbers: str, sizes: Sizes) -> float:
    own = width(numbers, sizes.small) + (sizes.gap / 3 if numbers else 0)
    return width(label, sizes.font) + own


def _numbers(mark: Mark, room: float, sizes: Sizes) -> str:
    """The citations as a superscript, cut behind a comma where they take too much of the room."""
    told = ranges(list(mark.numbers))
    most = max(SHARE_OF_NUMBERS * room, 4 * sizes.small)
    if width(told, sizes.small) <= most:
        return told
    parts = told.split(",")
    while len(parts) > 1 and width(",".join(parts) + "," + ELLIPSIS, sizes.small) > most:
        parts.pop()
    return ",".join(parts) + "," + ELLIPSIS
