"""Draws the figure of a case document."""

from __future__ import annotations

from dataclasses import dataclass

from patients.document.model import CaseDocument
from patients.timeline import text
from patients.timeline.canvas import Canvas, TextBox
from patients.timeline.horizontal import Horizontal
from patients.timeline.options import FigureOptions, Form, Medium
from patients.timeline.print_style import style
from patients.timeline.sizes import sizes_for
from patients.timeline.vertical import Vertical
from patients.timeline.wording import phrases

MOST_EVENTS = 1000


class FigureTooLargeError(ValueError):
    """More events are asked for than one figure can tell."""


@dataclass(frozen=True, slots=True)
class Figure:
    """An SVG element as text, with its size in the unit of its medium."""

    svg: str
    width: float
    height: float
    texts: tuple[TextBox, ...] = ()
    """Where every line of text stands; no two overlap."""


def draw(document: CaseDocument, options: FigureOptions | None = None) -> Figure:
    """The figure.

    Raises ValueError where `day_zero` names no event of the document, and FigureTooLargeError
    where more than `MOST_EVENTS` events are to be drawn.
    """
    options = options or FigureOptions()
    _refuse_too_many(document, options)
    form = Vertical if options.form is Form.VERTICAL else Horizontal
    drawing: Horizontal | Vertical = form(document, options)
    height = drawing.draw()
    canvas, width = drawing.canvas, drawing.right
    if options.caption or options.footer:
        height = _caption(document, options, canvas, width, height)
    height += 2
    title = phrases(options.language).timeline_of.format(
        accession=document.accession, title=text.clean(document.title)
    )
    is_print = options.medium is Medium.PRINT
    css = f"fig fig-{options.form.value}" + (" fig-print" if is_print else "")
    svg = canvas.svg((width, height), css, title, style(options.colours) if is_print else "")
    return Figure(svg, width, height, tuple(canvas.boxes))


def _refuse_too_many(document: CaseDocument, options: FigureOptions) -> None:
    count = sum(not options.lanes or event.category in options.lanes for event in document.events)
    if count > MOST_EVENTS:
        raise FigureTooLargeError(
            f"{count} events are more than one figure can tell: at most {MOST_EVENTS}. "
            "Choose fewer lanes."
        )


def _caption(
    document: CaseDocument, options: FigureOptions, canvas: Canvas, width: float, y: float
) -> float:
    """Title and footer in lines below the legend; answers their foot."""
    sizes = sizes_for(options.medium)
    told = []
    if options.caption:
        words = phrases(options.language).timeline_of
        told.append(words.format(accession=document.accession, title=text.clean(document.title)))
    if options.footer:
        told.append(text.clean(options.footer))
    for words in told:
        for line in text.wrap(words, sizes.font, width - 2 * sizes.gap, lines=4):
            canvas.text(sizes.gap, y + 0.76 * sizes.line, line, sizes.font, "k")
            y += sizes.line
    return y
