"""The figure with time from top to bottom, for narrow screens: one event below the other."""

from __future__ import annotations

from dataclasses import dataclass, replace

from patients.document.model import CaseDocument
from patients.timeline import shapes
from patients.timeline.axis import AxisPlan, Ruler, lay_at
from patients.timeline.canvas import Canvas
from patients.timeline.drawing import EventPen
from patients.timeline.geometry import Bar, Bracket, geometry
from patients.timeline.header import Stamp, block_stamps, break_words, day_stamps, origin_of
from patients.timeline.labels import Label
from patients.timeline.legend import Legend
from patients.timeline.marks import Mark, marks_of
from patients.timeline.options import Axis, FigureOptions, Medium
from patients.timeline.series import tracks_of
from patients.timeline.sizes import sizes_for
from patients.timeline.stretches import stretches_of
from patients.timeline.text import BOLD, ranges, width, wrap
from patients.timeline.wording import label_of

TICKS = 5.0
"""In font sizes: the column of days."""
MOST_COLUMNS = 6
"""Of bars side by side; more share the last one."""
MOST_LINES = 6
MOST_PER_DAY = 0.5
"""Height of a day at the most, in the unit of the figure."""
MOST_SCALED = 500.0
"""Height that the days between the events may take together."""


@dataclass(slots=True)
class Entry:
    """One event with its lines of text: category, label, what was seen."""

    mark: Mark
    label: Label
    seen: list[str]
    height: float
    y: float = 0.0


class Vertical:
    def __init__(self, document: CaseDocument, options: FigureOptions) -> None:
        self.document = document
        self.options = options
        self.sizes = sizes_for(options.medium)
        is_screen = options.medium is Medium.SCREEN
        self.canvas = Canvas(links=is_screen, fixed_lengths=is_screen)
        self.marks = marks_of(document, options.lanes, options.language)
        self.origin = origin_of(document, self.marks, options.day_zero)
        self.right = options.width
        self.rail = TICKS * self.sizes.font
        self.seen = self._findings()
        self.columns = self._columns()
        used = max(self.columns.values(), default=-1) + 1
        self.text_left = self.rail + self.sizes.marker * (1.2 + 0.9 * used) + self.sizes.gap
        self.entries = [self._entry(mark) for mark in self.marks]
        self.pen = EventPen(self.canvas, options, self.sizes)
        self.ruler = self._ruler()

    def draw(self) -> float:
        self._set_places()
        self._axis()
        for entry in self.entries:
            self._event(entry)
        self._breaks()
        legend = Legend(self.canvas, self.sizes, self.options, self.right)
        return legend.draw(self.marks, self.ruler, self._foot + self.sizes.line * 0.6)

    # What has to stand where

    def _findings(self) -> dict[int, list[str]]:
        """What was measured or seen at each event, in words; the tracks of the wide figure."""
        found: dict[int, list[str]] = {}
        for track in tracks_of(self.document, self.marks, self.options.language):
            for point in track.points:
                found.setdefault(point.mark, []).append(f"{track.title}: {point.words}")
        return found

    def _columns(self) -> dict[int, int]:
        """Bars side by side, by the order of their events: which column each has."""
        spans = [mark for mark in self.marks if mark.is_span]
        ends: list[int] = []
        columns: dict[int, int] = {}
        for mark in spans:
            last = self._last_place(mark)
            free = next((place for place, end in enumerate(ends) if end < mark.place), len(ends))
            free = min(free, MOST_COLUMNS - 1)
            if free == len(ends):
                ends.append(last)
            else:
                ends[free] = max(ends[free], last)
            columns[mark.place] = free
        return columns

    def _last_place(self, mark: Mark) -> int:
        """The last event in time order that the bar of `mark` may stand beside."""
        if mark.ongoing or (mark.has_own_end and mark.end_high is None):
            return len(self.marks)
        if not mark.has_own_end:
            return mark.place
        inside = [
            row.place for row in self.marks
            if row.low is not None and mark.end_high is not None and row.low <= mark.end_high
        ]  # fmt: skip
        return max([mark.place, *inside])

    def _entry(self, mark: Mark) -> Entry:
        sizes = self.sizes
        room = self.right - self.text_left
        numbers = ranges(list(mark.numbers))
        while width(numbers, sizes.small) > 0.5 * room and "," in numbers:
            numbers = numbers.removesuffix(",…").rpartition(",")[0] + ",…"
        own = width(numbers, sizes.small) + sizes.gap
        lines = wrap(mark.label, sizes.font, room - own, lines=MOST_LINES)
        seen: list[str] = []
        for words in self.seen.get(mark.place, []):
            seen += wrap(words, sizes.font, room, lines=2)
        label = Label(tuple(lines), self.text_left, "start", numbers, self.text_left, self.right)
        height = (1 + len(lines) + len(seen)) * sizes.line + sizes.gap * 1.6
        return Entry(mark, label, seen, height)

    def _ruler(self) -> Ruler:
        extents = {row.mark.place: row.height for row in self.entries if not row.mark.is_exact}
        at_day: dict[int, float] = {}
        for row in self.entries:
            if row.mark.is_exact and row.mark.low is not None:
                at_day[row.mark.low] = at_day.get(row.mark.low, 0.0) + row.height
        stretches = stretches_of(self.marks, elastic=self.options.axis is Axis.ELASTIC)
        line = self.sizes.line
        dense = replace(
            self.sizes, step=self.sizes.gap, pad=self.sizes.gap, cluster=0.0,
            break_width=2 * line, soft_low=2 * line, soft_high=2 * line,
        )  # fmt: skip
        plan = AxisPlan(stretches, self.options.axis, dense, extents, at_day)
        days = sum(gap.days for gap in stretches.gaps)
        scale = min(MOST_PER_DAY, MOST_SCALED / days) if days else 0.0
        return lay_at(plan, self.sizes.line, scale, dense.step)

    def _set_places(self) -> None:
        used: dict[int, float] = {}
        for entry in self.entries:
            mark = entry.mark
            if mark.place in self.ruler.floats:
                entry.y = self.ruler.floats[mark.place]
            else:
                assert mark.low is not None
                entry.y = self.ruler.at(mark.low) + used.get(mark.low, 0.0)
                used[mark.low] = used.get(mark.low, 0.0) + entry.height

    @property
    def _foot(self) -> float:
        return max([self.ruler.end, *(row.y + row.height for row in self.entries)])

    # Axis

    def _axis(self) -> None:
        canvas, ruler = self.canvas, self.ruler
        canvas.open("g", css="axis", aria_hidden="true")
        canvas.line(self.rail, ruler.start, self.rail, self._foot, "x")
        for top, bottom in ruler.order_only:
            canvas.line(self.rail, top, self.rail, bottom, "z")
        self._brackets()
        taken: list[tuple[float, float]] = []
        blocks = block_stamps(self.document, self.marks, ruler, self.origin, self.options)
        days = day_stamps(self.marks, ruler, self.origin, self.options)
        for stamp in (*blocks, *days):
            self._stamp(stamp, taken)
        canvas.close("g")

    def _brackets(self) -> None:
        """Bounds that events share, once each, left of the axis."""
        sizes = self.sizes
        bounds = {
            (mark.low, mark.high) for mark in self.marks
            if mark.low is not None and mark.high is not None and not mark.is_exact
        }  # fmt: skip
        for place, (low, high) in enumerate(sorted(bounds)):
            x = self.rail - sizes.marker * (0.85 + 0.25 * (place % 3))
            top, bottom = self.ruler.at(low), self.ruler.at(high)
            tick = sizes.gap / 2
            self.canvas.path(f"M{x + tick:.1f} {top:.1f}H{x:.1f}V{bottom:.1f}H{x + tick:.1f}", "d")

    def _stamp(self, stamp: Stamp, taken: list[tuple[float, float]]) -> None:
        """Years, blocks and days in their column; what would cover another is left out."""
        sizes = self.sizes
        room = self.rail - 1.5 * sizes.marker
        size = sizes.font * (BOLD if stamp.is_year else 1)
        lines = wrap(stamp.words, size, room, lines=3)
        top = stamp.start
        if any(abs(top - start) < 1 for start, _ in taken):
            top = max(end for start, end in taken if abs(stamp.start - start) < 1)
        foot = top + len(lines) * sizes.line
        if any(top < end and start < foot for start, end in taken):
            return
        if any(row.start < foot and top < row.end for row in self.ruler.breaks):
            return
        taken.append((top, foot))
        for place, line in enumerate(lines):
            y = top + place * sizes.line + 0.76 * sizes.line
            css = "y" if stamp.is_year else "k"
            self.canvas.text(2, y, line, sizes.font, css, bold=stamp.is_year)

    def _breaks(self) -> None:
        canvas, sizes = self.canvas, self.sizes
        for row in self.ruler.breaks:
            canvas.rect(0, row.start, self.right, row.end - row.start, "n")
            for y in (row.start, row.end):
                canvas.path(shapes.zigzag_across(y, 0, self.right), "q")
            words = break_words(row, self.origin, self.options)
            y = (row.start + row.end) / 2 + 0.35 * sizes.font
            canvas.text(self.right / 2, y, words, sizes.font, "k", anchor="middle")

    # Events

    def _event(self, entry: Entry) -> None:
        sizes, pen, mark = self.sizes, self.pen, entry.mark
        middle = entry.y + 0.5 * sizes.line
        shape = geometry(mark, self.ruler, sizes)
        pen.begin(mark)
        if shape.bar is not None:
            self._bar(mark, shape.bar, middle)
        if shape.bracket is not None:
            self._open_ends(shape.bracket, middle)
        pen.marker(mark, self.rail, middle)
        name = label_of(mark.lane, self.options.language)
        base = entry.y + 0.76 * sizes.line
        self.canvas.text(self.text_left, base, name, sizes.font, f"v c-{mark.lane}", bold=True)
        pen.label(entry.label, entry.y + sizes.line)
        pen.end()
        pen.numbers(entry.label, entry.y + sizes.line)
        first = entry.y + (1 + len(entry.label.lines)) * sizes.line
        for place, line in enumerate(entry.seen):
            y = first + place * sizes.line + 0.76 * sizes.line
            self.canvas.text(self.text_left, y, line, sizes.font, "k", is_label=True)

    def _open_ends(self, bracket: Bracket, y: float) -> None:
        sizes = self.sizes
        radius, tip = sizes.marker / 2, 0.32 * sizes.marker
        if bracket.opens_right:
            self.canvas.line(self.rail, y + radius, self.rail, y + 1.15 * sizes.marker, "d")
            self.canvas.path(shapes.arrow_down(self.rail, y + 1.15 * sizes.marker, tip), "l")
        if bracket.opens_left:
            self.canvas.line(self.rail, y - 1.15 * sizes.marker, self.rail, y - radius, "d")
            self.canvas.path(
                shapes.arrow_down(self.rail, y - 1.15 * sizes.marker, tip, up=True), "l"
            )

    def _bar(self, mark: Mark, bar: Bar, y: float) -> None:
        """Down its own column, right of the axis."""
        sizes, canvas = self.sizes, self.canvas
        wide = 0.6 * sizes.marker
        x = self.rail + sizes.marker * (1.0 + 0.9 * self.columns[mark.place])
        moved = y - bar.start
        end = max(
            bar.end if mark.has_own_end or mark.ongoing else bar.end + moved, y + sizes.marker
        )
        solid = min(max(bar.solid, y), end) if mark.has_own_end else end
        canvas.rect(x, y, wide, end - y, "b u" if bar.floats else "b")
        if end - solid > 0.5:
            canvas.path(shapes.hatching(x, solid, x + wide, end), "h")
        if bar.opens_right:
            canvas.path(shapes.arrow_down(x + wide / 2, end + wide * 0.7, wide * 0.7), "l")
        radius = 0.16 * sizes.marker
        for place in bar.doses:
            if y < place < end:
                canvas.path(shapes.circle(x + wide, place, radius), "p")
