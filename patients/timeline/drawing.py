"""Draws one event: its bracket, bar, marker, label and citations, as one link."""

from __future__ import annotations

from patients.timeline import shapes
from patients.timeline.canvas import Canvas
from patients.timeline.geometry import Bar, Bracket
from patients.timeline.labels import Label
from patients.timeline.marks import Mark
from patients.timeline.options import FigureOptions
from patients.timeline.sizes import Sizes
from patients.timeline.text import ranges, width
from patients.timeline.wording import label_of, phrases


def spoken_name(mark: Mark, options: FigureOptions) -> str:
    """What a screen reader says: label, category, time, studies."""
    parts = [mark.label, label_of(mark.lane, options.language), mark.event.time.words]
    if mark.numbers:
        words = phrases(options.language)
        told = words.references if len(mark.numbers) > 1 else words.reference
        numbers = ranges(list(mark.numbers)).replace(",", ", ")
        parts.append(told.format(numbers=numbers))
    return ". ".join(part for part in parts if part)


class EventPen:
    """Draws events on one canvas, whatever the direction of time."""

    def __init__(self, canvas: Canvas, options: FigureOptions, sizes: Sizes) -> None:
        self.canvas = canvas
        self.options = options
        self.here = options.highlight.split()
        self.sizes = sizes

    def begin(self, mark: Mark) -> None:
        css = f"e c-{mark.lane}" + (" here" if mark.event.id in self.here else "")
        if self.canvas.links:
            self.canvas.open("a", css=css, href=f"{self.options.page}#event-{mark.event.id}")
        else:
            self.canvas.open("g", css=css)
        self.canvas.title(spoken_name(mark, self.options))

    def end(self) -> None:
        self.canvas.close("a" if self.canvas.links else "g")

    def marker(self, mark: Mark, x: float, y: float, *, small: bool = False) -> None:
        radius = self.sizes.marker / 2 * (0.7 if small else 1)
        css = "f" if mark.is_exact else "o"
        self.canvas.path(shapes.marker(mark.lane, x, y, radius), css)

    def bracket(self, bracket: Bracket, x: float, y: float, foot: float) -> None:
        """At `foot` where both ends are known; an arrow beside the marker where one is open."""
        canvas, sizes = self.canvas, self.sizes
        tip = 0.32 * sizes.marker
        if bracket.opens_left or bracket.opens_right:
            radius = sizes.marker / 2
            if bracket.opens_right:
                canvas.line(x + radius, y, bracket.end, y, "d")
                canvas.path(shapes.arrow_head(bracket.end, y, tip), "l")
            if bracket.opens_left:
                canvas.line(bracket.start, y, x - radius, y, "d")
                canvas.path(shapes.arrow_head(bracket.start, y, tip, left=True), "l")
            return
        head = foot - sizes.gap / 1.5
        canvas.path(
            f"M{bracket.start:.1f} {head:.1f}V{foot:.1f}H{bracket.end:.1f}V{head:.1f}",
            "d",
        )

    def bar(self, bar: Bar, y: float) -> None:
        canvas, half = self.canvas, self.sizes.bar / 2
        css = "b u" if bar.floats else "b"
        canvas.rect(bar.start, y - half, bar.end - bar.start, 2 * half, css)
        if bar.end - bar.solid > 0.5:
            canvas.path(shapes.hatching(bar.solid, y - half, bar.end, y + half), "h")
        if bar.opens_right:
            canvas.path(shapes.arrow_head(bar.end + half * 0.6, y, half * 0.9), "l")
        radius = 0.16 * self.sizes.marker
        for place in bar.doses:
            canvas.path(shapes.circle(place, y + half, radius), "p")

    def label(self, label: Label, top: float) -> None:
        """The lines of the label, the first with its top at `top`."""
        canvas, sizes = self.canvas, self.sizes
        for place, line in enumerate(label.lines):
            y = top + place * sizes.line + 0.76 * sizes.line
            canvas.text(label.x, y, line, sizes.font, "t", anchor=label.anchor, is_label=True)

    def numbers(self, label: Label, top: float) -> None:
        """Superscripts, each number a link of its own; outside of the event's link."""
        if not label.numbers:
            return
        sizes = self.sizes
        last = len(label.lines) - 1
        x = label.x + width(label.lines[-1], sizes.font) + sizes.gap / 3
        y = top + last * sizes.line + 0.76 * sizes.line - 0.35 * sizes.font
        superscript(self.canvas, x, y, label.numbers, sizes, self.options.page)


def superscript(canvas: Canvas, x: float, y: float, numbers: str, sizes: Sizes, page: str) -> None:
    if not canvas.links:
        canvas.text(x, y, numbers, sizes.small, "s")
        return
    parts = numbers.split(",")
    for place, part in enumerate(parts):
        words = part + ("," if place < len(parts) - 1 else "")
        number = part.split("–")[0]
        if number.isdigit():
            canvas.open("a", href=f"{page}#ref-{number}", tabindex="-1")
            canvas.text(x, y, words, sizes.small, "s")
            canvas.close("a")
        else:
            canvas.text(x, y, words, sizes.small, "s")
        x += width(words, sizes.small)
