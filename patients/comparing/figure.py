"""Draws the courses of several cases on one axis: a block a case, the same lanes in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from patients.comparing.aligning import NOUNS, Aligned
from patients.comparing.course_block import CourseBlock
from patients.comparing.shared_axis import EXACT, Course, SharedAxis, shared_axis
from patients.timeline import Figure, FigureOptions, Form, Medium, draw, text
from patients.timeline.axis import AxisPlan, Ruler, fit
from patients.timeline.axis_drawing import draw_axis
from patients.timeline.canvas import Canvas
from patients.timeline.figure import FigureTooLargeError
from patients.timeline.header import (
    Origin,
    Stamp,
    break_words,
    day_stamps,
    without_collisions,
)
from patients.timeline.labels import Space
from patients.timeline.legend import Legend
from patients.timeline.marks import Mark, marks_of
from patients.timeline.options import Clock
from patients.timeline.print_style import style
from patients.timeline.sizes import sizes_for
from patients.vocabulary import Alignment, Category

MOST_EVENTS: Final = 2000
"""Of all cases together."""
_CSS: Final = "fig fig-horizontal"
_IN_PRINT: Final = (
    ".here .f,.here .o,.here .b{stroke-width:2}"
    ".m{fill:none;stroke:#4c5863;stroke-width:.6;stroke-dasharray:1 2}"
)
"""Anchors, and the line that they stand on."""
_DAY_ZERO: Final = Origin(None, 0)


@dataclass(frozen=True, slots=True)
class Compared:
    """One case of the figure."""

    aligned: Aligned
    page: str
    """The address of its page, to which its links lead; unused in print."""

    @property
    def name(self) -> str:
        return self.aligned.document.accession

    @property
    def title(self) -> str:
        return text.clean(self.aligned.document.title)


def draw_courses(
    cases: Sequence[Compared],
    alignment: Alignment,
    options: FigureOptions,
    told: Sequence[str] = (),
) -> Figure:
    """All courses with time from left to right. `told` are sentences that stand below a figure
    that stands alone.

    Raises FigureTooLargeError where there are more than `MOST_EVENTS` events.
    """
    drawing = _drawn(cases, alignment, options)
    for sentence in told:
        drawing.sentence(sentence)
    is_print = options.medium is Medium.PRINT
    look = style(options.colours) + _IN_PRINT if is_print else ""
    css = f"{_CSS} fig-print" if is_print else _CSS
    size = (drawing.right, drawing.foot + 2)
    svg = drawing.canvas.svg(size, css, drawing.title, look)
    return Figure(svg, *size, tuple(drawing.canvas.boxes))


def draw_pieces(
    cases: Sequence[Compared], alignment: Alignment, options: FigureOptions
) -> list[str]:
    """The same drawing for a page, cut into SVG elements that stand below one another: axis, a
    block a case, legend. Paper breaks between them. Raises as `draw_courses` does."""
    drawing = _drawn(cases, alignment, options)
    names = [drawing.title, *(f"{case.name}: {case.title}" for case in cases), "Legend"]
    pieces = []
    for name, (cut, after) in zip(names, pairwise(drawing.cuts), strict=True):
        piece = Canvas(links=drawing.canvas.links, fixed_lengths=drawing.canvas.fixed_lengths)
        piece.parts = drawing.canvas.parts[cut.part : after.part]
        pieces.append(piece.svg((drawing.right, after.y - cut.y), _CSS, name, top=cut.y))
    return pieces


def _drawn(cases: Sequence[Compared], alignment: Alignment, options: FigureOptions) -> _Courses:
    count = sum(len(row.aligned.document.events) for row in cases)
    if count > MOST_EVENTS:
        raise FigureTooLargeError(
            f"{count} events are more than one figure can tell: at most {MOST_EVENTS}. "
            "Choose fewer cases; the table below has them all."
        )
    drawing = _Courses(cases, alignment, replace(options, clock=Clock.RELATIVE))
    drawing.draw()
    return drawing


def draw_course(case: Compared, options: FigureOptions) -> Figure:
    """One course with time from top to bottom, counted as in the figure of all: for narrow
    screens, one below the other."""
    return draw(
        case.aligned.document,
        replace(
            options,
            form=Form.VERTICAL,
            clock=Clock.RELATIVE,
            highlight=case.aligned.anchor,
            page=case.page,
        ),
    )


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a piece of the drawing begins: at which part of the canvas, and how far down."""

    part: int
    y: float


class _Courses:
    """One drawing, from the top down: header, a block a case, legend."""

    def __init__(
        self, cases: Sequence[Compared], alignment: Alignment, options: FigureOptions
    ) -> None:
        self.cases = cases
        self.noun = NOUNS[alignment]
        self.title = f"Courses of {len(cases)} cases, laid upon the {self.noun}"
        self.cuts: list[Cut] = []
        self.foot = 0.0
        self.options = options
        self.sizes = sizes_for(options.medium)
        is_screen = options.medium is Medium.SCREEN
        self.canvas = Canvas(links=is_screen, fixed_lengths=is_screen)
        courses = [
            Course(marks_of(row.aligned.document, (), options.language), row.aligned.anchor)
            for row in cases
        ]
        self.axis: SharedAxis = shared_axis(courses)
        self.marks: list[Mark] = [mark for own in self.axis.courses for mark in own]
        self.ruler: Ruler = self._ruler()
        self.right = max(options.width, self.ruler.end + self.sizes.pad)
        self.left = self.sizes.gutter + self.sizes.gap
        self.anchors = sorted({self._place(mark) for mark in self._anchors()})

    def _ruler(self) -> Ruler:
        plan = AxisPlan(self.axis.stretches, self.options.axis, self.sizes)
        margin = self.sizes.marker * 1.5
        return fit(plan, self.sizes.gutter + margin, self.options.width - margin)

    def _anchors(self) -> list[Mark]:
        ids = {row.aligned.anchor for row in self.cases}
        return [mark for mark in self.marks if mark.event.id in ids]

    def _place(self, mark: Mark) -> float:
        if mark.place == EXACT:
            assert mark.low is not None
            return self.ruler.at(mark.low)
        return self.ruler.floats[mark.place]

    def draw(self) -> None:
        """Everything but the sentences."""
        self._cut(0.0)
        y = self._header()
        draw_axis(self.canvas, self.ruler, y - 0.25 * self.sizes.line)
        space = Space(self.left, self.right, self.ruler, self.sizes)
        lanes = [lane for lane in Category.values if self._is_shared(lane)]
        for case, marks in zip(self.cases, self.axis.courses, strict=True):
            self._cut(y)
            options = replace(self.options, page=case.page, highlight=case.aligned.anchor)
            block = CourseBlock(self.canvas, options, space, self.anchors)
            y = block.draw(case.name, case.title, marks, lanes, y)
        self._cut(y)
        legend = Legend(self.canvas, self.sizes, self.options, self.right)
        self.foot = legend.draw(self.marks, self.ruler, y + 0.6 * self.sizes.line)
        self._cut(self.foot)

    def _cut(self, y: float) -> None:
        self.cuts.append(Cut(len(self.canvas.parts), y))

    def _is_shared(self, lane: str) -> bool:
        return any(mark.lane == lane for mark in self.marks)

    def _header(self) -> float:
        """What the courses are laid upon, the breaks, and the days, each on its line; answers
        where the first block begins."""
        canvas, sizes, y = self.canvas, self.sizes, self.sizes.line
        limits = (self.left, self.right)
        canvas.open("g", css="axis", aria_hidden="true")
        noun = self.noun[0].upper() + self.noun[1:]
        if any(not mark.is_exact for mark in self._anchors()):
            noun = f"{noun}: day 0 or later"
        middle = self.anchors[-1] if self.anchors else self.ruler.at(0)
        for left, stamp in self._lined([Stamp(noun, middle, middle, is_year=True)], limits):
            canvas.text(left, y, stamp.words, sizes.font, "y", bold=True)
        breaks = [
            Stamp(break_words(row, _DAY_ZERO, self.options), row.start, row.end)
            for row in self.ruler.breaks
        ]
        days = sorted(
            day_stamps(self.marks, self.ruler, _DAY_ZERO, self.options),
            key=lambda stamp: (abs(stamp.start - self.ruler.at(0)), stamp.start),
        )
        for stamps in filter(None, (breaks, days)):
            y += sizes.line
            for left, stamp in self._lined(stamps, limits):
                canvas.text(left, y, stamp.words, sizes.font, "k")
        canvas.close("g")
        return y + sizes.gap + 0.5 * sizes.line

    def _lined(self, stamps: list[Stamp], limits: tuple[float, float]) -> list[tuple[float, Stamp]]:
        return without_collisions(iter(stamps), self.sizes.font, limits, centred=True)

    def sentence(self, words: str) -> None:
        """Below all that is there."""
        sizes = self.sizes
        room = self.right - 2 * sizes.gap
        for line in text.wrap(text.clean(words), sizes.font, room, lines=4):
            base = self.foot + 0.76 * sizes.line
            self.canvas.text(sizes.gap, base, line, sizes.font, "k")
            self.foot += sizes.line
