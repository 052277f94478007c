"""The figure with time from left to right: axis, lanes, breaks, tracks, legend."""

from __future__ import annotations

from patients.document.model import CaseDocument
from patients.timeline import shapes
from patients.timeline.axis import AxisPlan, Ruler, fit
from patients.timeline.axis_drawing import draw_axis
from patients.timeline.canvas import Canvas
from patients.timeline.drawing import EventPen
from patients.timeline.header import (
    block_stamps,
    break_words,
    day_stamps,
    origin_of,
    without_collisions,
)
from patients.timeline.labels import Space
from patients.timeline.legend import Legend
from patients.timeline.marks import Mark, marks_of
from patients.timeline.options import Axis, FigureOptions, Medium
from patients.timeline.row_drawing import RowPen
from patients.timeline.rows import Item, Lane, lanes_of
from patients.timeline.series import tracks_of
from patients.timeline.sizes import Sizes, sizes_for
from patients.timeline.stretches import stretches_of
from patients.timeline.text import width, wrap
from patients.timeline.tracks import TrackPen
from patients.timeline.wording import label_of
from patients.vocabulary import Category

NARROW = 6.5
"""In gutters: a figure no wider than this has no column for lane names."""


class Horizontal:
    """One drawing. Everything below `plot_top` is placed from the top down."""

    def __init__(self, document: CaseDocument, options: FigureOptions) -> None:
        self.document = document
        self.options = options
        self.sizes: Sizes = sizes_for(options.medium)
        is_screen = options.medium is Medium.SCREEN
        self.canvas = Canvas(links=is_screen, fixed_lengths=is_screen)
        self.marks: list[Mark] = marks_of(document, options.lanes, options.language)
        self.origin = origin_of(document, self.marks, options.day_zero)
        self.has_gutter = options.width > NARROW * self.sizes.gutter
        self.ruler = self._ruler()
        self.left = self.gutter
        self.right = max(options.width, self.ruler.end + self.sizes.pad)
        self.space = Space(self.left + self.sizes.gap, self.right, self.ruler, self.sizes)
        self.lanes: list[Lane] = lanes_of(self.marks, list(Category.values), self.space)
        self.items: dict[int, Item] = {}
        self.rows = RowPen(self.canvas, EventPen(self.canvas, options, self.sizes), self.sizes)

    @property
    def gutter(self) -> float:
        return self.sizes.gutter if self.has_gutter else 0.0

    def _ruler(self) -> Ruler:
        elastic = self.options.axis is Axis.ELASTIC
        plan = AxisPlan(stretches_of(self.marks, elastic=elastic), self.options.axis, self.sizes)
        margin = self.sizes.marker * 1.5
        return fit(plan, self.gutter + margin, self.options.width - margin)

    def draw(self) -> float:
        """Draws everything and answers the height."""
        sizes = self.sizes
        plot_top = self._header()
        bands = Canvas(links=False, fixed_lengths=False)
        y = self._place_lanes(plot_top, bands)
        lanes_end = y = max(y, plot_top + self._longest_break_words())
        self.canvas.parts += bands.parts
        self.canvas.boxes += bands.boxes
        self._grid(plot_top, lanes_end)
        for mark in self.marks:
            self.rows.event(self.items[mark.place])
        tracks = tracks_of(self.document, self.marks, self.options.language)
        pen = TrackPen(self.canvas, self.space, sizes, self.gutter, self.marks)
        y = pen.draw(tracks, y, self.options)
        self._breaks(plot_top, lanes_end, y)
        draw_axis(self.canvas, self.ruler, plot_top - 0.25 * sizes.line)
        legend = Legend(self.canvas, sizes, self.options, self.right)
        states = any(track.shows_states for track in tracks)
        return legend.draw(self.marks, self.ruler, y + sizes.line * 0.6, states=states)

    # Axis

    def _header(self) -> float:
        """Years and blocks on one line, days on the next; answers where the plot begins."""
        sizes, canvas = self.sizes, self.canvas
        limits = (self.left + sizes.gap, self.right)
        found = block_stamps(self.document, self.marks, self.ruler, self.origin, self.options)
        blocks = without_collisions(found, sizes.font, limits, centred=True)
        first = sizes.line
        canvas.open("g", css="axis", aria_hidden="true")
        for left, stamp in blocks:
            css = "y" if stamp.is_year else "k"
            canvas.text(left, first, stamp.words, sizes.font, css, bold=stamp.is_year)
        days = day_stamps(self.marks, self.ruler, self.origin, self.options)
        second = first + (sizes.line if blocks else 0)
        for left, stamp in without_collisions(days, sizes.font, limits, centred=True):
            canvas.text(left, second, stamp.words, sizes.font, "k")
        canvas.close("g")
        return second + sizes.gap + 0.5 * sizes.line

    def _grid(self, top: float, bottom: float) -> None:
        days = sorted({mark.low for mark in self.marks if mark.is_exact and mark.low is not None})
        for day in days:
            x = self.ruler.at(day)
            self.canvas.line(x, top - 0.25 * self.sizes.line, x, bottom, "g")

    def _breaks(self, top: float, lanes_end: float, bottom: float) -> None:
        """White bands with jagged edges over everything that runs through them."""
        canvas, sizes = self.canvas, self.sizes
        top -= 0.6 * sizes.line
        for row in self.ruler.breaks:
            canvas.rect(row.start, top, row.end - row.start, bottom - top, "n")
            canvas.path(shapes.zigzag(row.start, top, bottom), "q")
            canvas.path(shapes.zigzag(row.end, top, bottom), "q")
            words = break_words(row, self.origin, self.options)
            middle = (row.start + row.end) / 2
            canvas.upright_text(middle, (top + lanes_end) / 2, words, sizes.font, "k")

    def _longest_break_words(self) -> float:
        words = [break_words(row, self.origin, self.options) for row in self.ruler.breaks]
        return max((width(line, self.sizes.font) for line in words), default=0.0)

    # Lanes

    def _place_lanes(self, y: float, bands: Canvas) -> float:
        sizes = self.sizes
        for number, lane in enumerate(self.lanes):
            top = y
            name = label_of(lane.category, self.options.language)
            y += sizes.gap
            if not self.has_gutter:
                y += sizes.line
            for row in lane.rows:
                y = self.rows.place(row, y)
                self.items |= {item.mark.place: item for item in row.items}
            if self.has_gutter:
                y = max(y, top + self._name_lines(name) * sizes.line + 2 * sizes.gap)
            if number % 2 == 0:
                bands.rect(0, top, self.right, y - top, "a")
            self._lane_name(name, lane.category, top, y, bands)
        return y

    def _name_lines(self, name: str) -> int:
        return len(wrap(name, self.sizes.font * 1.1, self.gutter - 2 * self.sizes.gap, lines=2))

    def _lane_name(
        self, name: str, category: str, top: float, bottom: float, bands: Canvas
    ) -> None:
        sizes = self.sizes
        x = sizes.gap
        if not self.has_gutter:
            bands.text(
                x,
                top + sizes.gap + 0.76 * sizes.line,
                name,
                sizes.font,
                f"v c-{category}",
                bold=True,
            )
            return
        lines = wrap(name, sizes.font * 1.1, self.gutter - 2 * sizes.gap, lines=2)
        y = (top + bottom) / 2 - (len(lines) - 1) * sizes.line / 2 + 0.35 * sizes.font
        for place, line in enumerate(lines):
            bands.text(x, y + place * sizes.line, line, sizes.font, f"v c-{category}", bold=True)
