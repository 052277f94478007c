"""What the marks mean: only those that the figure uses, always below it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from patients.timeline import shapes
from patients.timeline.axis import Ruler
from patients.timeline.canvas import Canvas
from patients.timeline.marks import Mark
from patients.timeline.options import FigureOptions, Form
from patients.timeline.sizes import Sizes
from patients.timeline.text import width
from patients.timeline.tracks import draw_state
from patients.timeline.wording import Phrases, phrases
from patients.vocabulary import Change

SAMPLE = 2.4
"""In markers: the width of a drawn sample."""


@dataclass(frozen=True, slots=True)
class Sample:
    words: str
    draw: Callable[[float, float], None]
    """At its left end and middle."""


class Legend:
    def __init__(self, canvas: Canvas, sizes: Sizes, options: FigureOptions, right: float) -> None:
        self.canvas = canvas
        self.sizes = sizes
        self.options = options
        self.right = right
        self.wide = SAMPLE * sizes.marker

    def draw(self, marks: list[Mark], ruler: Ruler, y: float, *, states: bool = False) -> float:
        """Samples with their meaning, as many a line as fit; answers their foot.

        `states` says that the figure draws boxes for what scans showed.
        """
        sizes, canvas = self.sizes, self.canvas
        x = sizes.gap
        canvas.open("g", css="legend", aria_hidden="true")
        samples = [*self._samples(marks, ruler)]
        if states:
            samples.append(Sample(phrases(self.options.language).states, self._states))
        for sample in samples:
            wide = self.wide + sizes.gap + width(sample.words, sizes.font)
            if x + wide > self.right and x > sizes.gap:
                x, y = sizes.gap, y + sizes.line * 1.15
            middle = y + sizes.line / 2
            sample.draw(x, middle)
            canvas.text(
                x + self.wide + sizes.gap, middle + 0.35 * sizes.font, sample.words, sizes.font, "k"
            )
            x += wide + 3 * sizes.gap
        canvas.close("g")
        return y + sizes.line * 1.3

    def _samples(self, marks: list[Mark], ruler: Ruler) -> Iterator[Sample]:
        words = phrases(self.options.language)
        points = [mark for mark in marks if not mark.is_span]
        floating = [mark for mark in points if not mark.is_exact]
        if any(mark.is_exact for mark in points):
            yield Sample(words.exact, self._exact)
        if any(mark.low is not None and mark.high is not None for mark in floating):
            yield Sample(words.bracket, self._bracket)
        if any(mark.low is not None and mark.high is None for mark in floating):
            yield Sample(words.later, self._later)
        if any(mark.low is None and mark.high is not None for mark in floating):
            yield Sample(words.earlier, self._earlier)
        if any(mark.low is None and mark.high is None for mark in floating):
            yield Sample(words.unknown, self._unknown)
        yield from self._bar_samples([mark for mark in marks if mark.is_span], words)
        yield from self._axis_samples(ruler, words)

    def _bar_samples(self, spans: list[Mark], words: Phrases) -> Iterator[Sample]:
        if any(mark.is_exact for mark in spans):
            yield Sample(words.bar, lambda x, y: self._bar(x, y, "b"))
        if any(not mark.is_exact for mark in spans):
            yield Sample(words.floating_bar, lambda x, y: self._bar(x, y, "b u"))
        if any(mark.has_own_end and mark.end_low != mark.end_high for mark in spans):
            yield Sample(words.hatched, self._hatched)
        if any(mark.ongoing for mark in spans):
            yield Sample(words.goes_on, self._goes_on)
        if any(mark.dose_every for mark in spans):
            yield Sample(words.doses, self._doses)

    def _axis_samples(self, ruler: Ruler, words: Phrases) -> Iterator[Sample]:
        if ruler.breaks:
            yield Sample(words.break_, self._break)
        if ruler.stretched:
            yield Sample(words.stretched, lambda x, y: self._axis(x, y, "w"))
        if ruler.order_only:
            yield Sample(words.order_only, lambda x, y: self._axis(x, y, "z"))

    # Samples

    def _exact(self, x: float, y: float) -> None:
        self._marker(x + self.wide / 2, y, "f")

    def _marker(self, x: float, y: float, css: str) -> None:
        self.canvas.path(shapes.circle(x, y, self.sizes.marker * 0.42), css)

    def _bracket(self, x: float, y: float) -> None:
        foot = y + self.sizes.marker * 0.62
        self.canvas.line(x, foot, x + self.wide, foot, "d")
        self._marker(x + self.wide / 2, y, "o")

    def _arrow(self, x: float, y: float, *, left: bool) -> None:
        radius = self.sizes.marker * 0.42
        start, end = (
            (x + self.wide / 2 - radius, x) if left else (x + self.wide / 2 + radius, x + self.wide)
        )
        self.canvas.line(start, y, end, y, "d")
        self.canvas.path(shapes.arrow_head(end, y, 0.32 * self.sizes.marker, left=left), "l")

    def _later(self, x: float, y: float) -> None:
        self._arrow(x, y, left=False)
        self._marker(x + self.wide / 2, y, "o")

    def _earlier(self, x: float, y: float) -> None:
        self._arrow(x, y, left=True)
        self._marker(x + self.wide / 2, y, "o")

    def _unknown(self, x: float, y: float) -> None:
        self._arrow(x, y, left=False)
        self._arrow(x, y, left=True)
        self._marker(x + self.wide / 2, y, "o")

    def _bar(self, x: float, y: float, css: str) -> None:
        half = self.sizes.bar * 0.3
        self.canvas.rect(x, y - half, self.wide, 2 * half, css)

    def _hatched(self, x: float, y: float) -> None:
        half = self.sizes.bar * 0.3
        self._bar(x, y, "b")
        lines = shapes.hatching(x + self.wide / 2, y - half, x + self.wide, y + half)
        self.canvas.path(lines, "h")

    def _goes_on(self, x: float, y: float) -> None:
        half = self.sizes.bar * 0.3
        self.canvas.rect(x, y - half, self.wide * 0.75, 2 * half, "b")
        self.canvas.path(shapes.arrow_head(x + self.wide, y, half), "l")

    def _doses(self, x: float, y: float) -> None:
        self._bar(x, y, "b")
        radius = 0.16 * self.sizes.marker
        foot = y + self.sizes.bar * 0.3
        for share in (0.2, 0.5, 0.8):
            self.canvas.path(shapes.circle(x + self.wide * share, foot, radius), "p")

    def _states(self, x: float, y: float) -> None:
        for share, state in ((0.15, Change.NEW), (0.5, Change.UNCHANGED), (0.85, Change.RESOLVED)):
            draw_state(self.canvas, state, x + self.wide * share, y, 0.28 * self.sizes.marker)

    def _break(self, x: float, y: float) -> None:
        half = 0.5 * self.sizes.line
        if self.options.form is Form.VERTICAL:
            for dy in (-0.3 * half, 0.5 * half):
                self.canvas.path(shapes.zigzag_across(y + dy, x, x + self.wide), "q")
            return
        for share in (0.3, 0.7):
            self.canvas.path(shapes.zigzag(x + self.wide * share, y - half, y + half), "q")

    def _axis(self, x: float, y: float, css: str) -> None:
        if css == "z":
            self.canvas.line(x, y, x + self.wide, y, "x")
        self.canvas.line(x, y, x + self.wide, y, css)
