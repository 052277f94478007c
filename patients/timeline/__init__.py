"""The timeline figure: document → layout → SVG. Pure: no query, no request, no clock.

`draw` is the one way in, for the page and for every export.
"""

from patients.timeline.figure import Figure, draw
from patients.timeline.options import (
    Axis,
    Clock,
    Colours,
    FigureOptions,
    Form,
    Language,
    Medium,
)

__all__ = [
    "Axis",
    "Clock",
    "Colours",
    "Figure",
    "FigureOptions",
    "Form",
    "Language",
    "Medium",
    "draw",
]
