"""What a reader may choose of the figure; every choice is part of its permalink."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Axis(StrEnum):
    """How days become places."""

    ELASTIC = "elastic"
    """Long empty stretches are taken out and marked, crowded days are drawn apart."""
    LINEAR = "linear"
    """Every day is as wide as any other."""
    ORDINAL = "ordinal"
    """Only the order: every time that differs takes the same width."""


class Form(StrEnum):
    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"
    """Time runs down the page: for narrow screens."""


class Medium(StrEnum):
    SCREEN = "screen"
    """Lengths are CSS pixels; colours come from the page."""
    PRINT = "print"
    """Lengths are points (1/72 inch); the figure brings its own colours and fonts."""


class Language(StrEnum):
    ENGLISH = "en"
    CHINESE = "zh"


class Clock(StrEnum):
    CALENDAR = "calendar"
    """Reported years stand on the axis where they are known."""
    RELATIVE = "relative"
    """Only time since day 0."""


class Colours(StrEnum):
    COLOUR = "colour"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class FigureOptions:
    """How to draw one figure. `width` is in the unit of the medium."""

    width: float = 1180
    form: Form = Form.HORIZONTAL
    medium: Medium = Medium.SCREEN
    axis: Axis = Axis.ELASTIC
    clock: Clock = Clock.CALENDAR
    language: Language = Language.ENGLISH
    colours: Colours = Colours.COLOUR
    lanes: tuple[str, ...] = ()
    """Values of `Category` to show; empty shows all."""
    day_zero: str = ""
    """The id of the event to count from; empty is the case's own day 0."""
    highlight: str = ""
    """The ids of the events to point out, with a space between."""
    page: str = ""
    """The address of the page that the links lead to; empty where the figure stands on it."""
    caption: bool = False
    """Adds the title and the legend in words below, for a figure that stands alone."""
    footer: str = ""
    """A last line: accession, version, checksum."""
