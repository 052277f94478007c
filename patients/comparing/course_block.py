"""One case of the comparison's figure: its name, then its events in the shared lanes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from patients.timeline import FigureOptions, shapes
from patients.timeline.canvas import Canvas
from patients.timeline.drawing import EventPen
from patients.timeline.labels import Space
from patients.timeline.marks import Mark
from patients.timeline.row_drawing import RowPen
from patients.timeline.rows import Lane, lanes_of, unnamed_lane
from patients.timeline.text import BOLD, width, wrap
from patients.timeline.wording import label_of
from patients.vocabulary import TREATMENTS, Category

NAMED: Final = (Category.DIAGNOSIS, *TREATMENTS, Category.OUTCOME)
"""Lanes whose events carry their labels; the others show marks, whose links name them."""
NOT_REPORTED: Final = "not reported"


class CourseBlock:
    def __init__(
        self, canvas: Canvas, options: FigureOptions, space: Space, anchors: Sequence[float]
    ) -> None:
        """`anchors` are the places where the courses meet."""
        self.canvas = canvas
        self.options = options
        self.space = space
        self.sizes = space.sizes
        self.anchors = anchors
        self.rows = RowPen(canvas, EventPen(canvas, options, self.sizes), self.sizes)

    def draw(
        self, accession: str, title: str, marks: list[Mark], shared: Sequence[str], y: float
    ) -> float:
        """From `y` down; answers the foot. A lane of treatments that another case has stands in
        this one too, and says that nothing is reported."""
        top = self._name(accession, title, y)
        bands = Canvas(links=False, fixed_lengths=False)
        y = top
        for number, lane in enumerate(self._lanes(marks, shared)):
            y = self._lane(lane, number, y, bands)
        self.canvas.parts += bands.parts
        self.canvas.boxes += bands.boxes
        for place in self.anchors:
            self.canvas.line(place, top, place, y, "m")
        items = {
            item.mark.event.id: item
            for lane in self.lanes for row in lane.rows for item in row.items
        }  # fmt: skip
        for mark in marks:
            self.rows.event(items[mark.event.id])
        self._breaks(top, y)
        return y + 2 * self.sizes.gap

    def _name(self, accession: str, title: str, y: float) -> float:
        canvas, sizes = self.canvas, self.sizes
        base = y + 0.76 * sizes.line
        if canvas.links:
            canvas.open("a", css="e", href=self.options.page)
        canvas.text(sizes.gap, base, accession, sizes.font, "y", bold=True)
        x = sizes.gap + BOLD * width(accession, sizes.font) + sizes.font
        for line in wrap(title, sizes.font, self.space.right - x - sizes.gap, lines=1):
            canvas.text(x, base, line, sizes.font, "t")
        if canvas.links:
            canvas.close("a")
        return y + sizes.line + 0.5 * sizes.gap

    def _lanes(self, marks: list[Mark], shared: Sequence[str]) -> list[Lane]:
        named = [mark for mark in marks if mark.lane in NAMED]
        found = {lane.category: lane for lane in lanes_of(named, list(NAMED), self.space)}
        for category in shared:
            own = [mark for mark in marks if mark.lane == category]
            if category not in NAMED and own:
                found[category] = unnamed_lane(category, own, self.space)
            elif category in TREATMENTS and not own:
                found[category] = Lane(category, [])
        self.lanes = [found[category] for category in shared if category in found]
        return self.lanes

    def _lane(self, lane: Lane, number: int, y: float, bands: Canvas) -> float:
        sizes = self.sizes
        top = y
        lines = wrap(
            label_of(lane.category, self.options.language),
            sizes.font * BOLD, sizes.gutter - 2 * sizes.gap, lines=2,
        )  # fmt: skip
        y += 0.5 * sizes.gap
        for row in lane.rows:
            y = self.rows.place(row, y)
        y = max(y, top + len(lines) * sizes.line + 0.5 * sizes.gap)
        if number % 2 == 0:
            bands.rect(0, top, self.space.right, y - top, "a")
        middle = (top + y) / 2 - (len(lines) - 1) * sizes.line / 2 + 0.35 * sizes.font
        css = f"v c-{lane.category}"
        for place, line in enumerate(lines):
            bands.text(sizes.gap, middle + place * sizes.line, line, sizes.font, css, bold=True)
        if not lane.rows:
            x = sizes.gutter + sizes.gap
            bands.text(x, (top + y) / 2 + 0.35 * sizes.font, NOT_REPORTED, sizes.font, "k")
        return y

    def _breaks(self, top: float, foot: float) -> None:
        """Bands with jagged edges over everything that runs through them."""
        for row in self.space.ruler.breaks:
            self.canvas.rect(row.start, top, row.end - row.start, foot - top, "n")
            self.canvas.path(shapes.zigzag(row.start, top, foot), "q")
            self.canvas.path(shapes.zigzag(row.end, top, foot), "q")
