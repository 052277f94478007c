"""The timeline figure for the case page: drawn wide and narrow, with the reader's choices."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from patients.document import CaseDocument
from patients.figure_choices import FigureChoices, figure_choices
from patients.figure_form import FigureForm
from patients.timeline import FigureOptions, Form, draw
from patients.timeline.figure import FigureTooLargeError

NARROW_WIDTH = 350


@dataclass(frozen=True, slots=True)
class PageFigure:
    """`wide` and `narrow` are SVG; the style sheet shows one. Empty where `refusal` says why."""

    wide: SafeString
    narrow: SafeString
    refusal: str
    choices: FigureChoices


def page_figure(
    form: FigureForm, document: CaseDocument, *, version: int | None = None
) -> PageFigure:
    """`form` must be valid; `version` is the number where the page is that of one version."""
    choices = figure_choices(form, document, version=version)
    try:
        wide = _svg(document, form.screen_options())
        narrow = _svg(document, form.screen_options(width=NARROW_WIDTH, form=Form.VERTICAL))
    except FigureTooLargeError as error:
        return PageFigure(SafeString(), SafeString(), str(error), choices)
    return PageFigure(wide, narrow, "", choices)


def _svg(document: CaseDocument, options: FigureOptions) -> SafeString:
    # The canvas of the figure escapes every text that it writes.
    return mark_safe(draw(document, options).svg)
