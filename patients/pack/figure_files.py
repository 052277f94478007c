"""The timeline figure of a pack: PDF, PNG and SVG of one drawing."""

from __future__ import annotations

from typing import Final

from patients.exporters import conversion
from patients.exporters.figure import FORMATS, PrintSize, TooLargeError, points
from patients.figure_form import USUAL_DPI
from patients.pack.model import Material, NotMadeError, PackBusyError
from patients.timeline import Figure, FigureOptions, Language, Medium, draw
from patients.timeline.figure import FigureTooLargeError

DPI: Final = USUAL_DPI
"""Of the PNG."""


def figure_of(material: Material) -> Figure:
    """Raises FigureTooLargeError."""
    options = FigureOptions(
        width=points(material.choices.width_mm),
        medium=Medium.PRINT,
        language=Language(material.choices.language),
        caption=True,
        footer=material.footer,
    )
    return draw(material.document, options)


def figure_file(material: Material, ending: str) -> bytes:
    """Raises NotMadeError where the case has no such figure, and PackBusyError."""
    if not material.document.events:
        raise NotMadeError("The case has no events yet, so there is no figure.")
    try:
        size = PrintSize(material.choices.width_mm, DPI)
        return FORMATS[ending].write(figure_of(material), size)
    except FigureTooLargeError as error:
        raise NotMadeError(str(error)) from None
    except TooLargeError as error:
        raise NotMadeError(error.reason) from None
    except conversion.MissingLettersError as error:
        raise NotMadeError(_no_letters(error.characters)) from None
    except conversion.ConversionTimeoutError:
        raise PackBusyError("Drawing the figure took too long.") from None


def _no_letters(characters: list[str]) -> str:
    named = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in characters)
    return (
        f"No font on the server can draw {named or 'some of the characters'}. figure.svg needs no "
        "font there: a program that has the letters can turn it into the others."
    )
