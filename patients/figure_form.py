"""What a reader may choose of the timeline figure: the query string of page and export alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from patients.document import CaseDocument
from patients.exporters.figure import PrintSize, points
from patients.timeline import Axis, Clock, Colours, FigureOptions, Form, Language, Medium
from patients.vocabulary import Category

LEAST_DPI, USUAL_DPI, MOST_DPI = 72, 300, 600
SCREEN_WIDTH = 1180
_SHOWN = 40


class OneOf(forms.ChoiceField):
    """One of a closed list of words; the first where nothing is said."""

    def __init__(self, label: str, choices: Mapping[str, str]) -> None:
        super().__init__(required=False, label=label, choices=list(choices.items()))
        self.labels = {str(value): label for value, label in choices.items()}
        self.usual = next(iter(self.labels))

    def to_python(self, value: Any) -> str:
        return str(value or "").strip() or self.usual

    def validate(self, value: str) -> None:
        if value not in self.labels:
            known = _either(list(self.labels))
            raise ValidationError(f"“{_short(value)}” is not known; choose {known}.")


class LanesField(forms.Field):
    """Categories, comma-separated or repeated; in their usual order, each once."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> tuple[str, ...]:
        named = {word.strip() for part in value or [] for word in part.split(",") if word.strip()}
        for word in sorted(named):
            if word not in Category.values:
                raise ValidationError(
                    f"“{_short(word)}” is not a lane; lanes are {_either(Category.values, 'and')}."
                )
        return tuple(lane for lane in Category.values if lane in named)


class FigureForm(forms.Form):
    """Bound to a query string and to the document that is drawn. Nothing said is the usual."""

    axis = OneOf(
        "Axis",
        {
            Axis.ELASTIC: "Elastic: long empty stretches are taken out",
            Axis.LINEAR: "Linear: every day is as wide as any other",
            Axis.ORDINAL: "Order only",
        },
    )
    lanes = LanesField(required=False, label="Lanes")
    t0 = forms.CharField(required=False, label="Count from")
    lang = OneOf("Language", {Language.ENGLISH: "English", Language.CHINESE: "中文"})
    colour = OneOf("Colours", {Colours.COLOUR: "Colour", Colours.GREY: "Greyscale"})
    time = OneOf(
        "Time",
        {Clock.CALENDAR: "Years, where they are known", Clock.RELATIVE: "Only time since day 0"},
    )
    width = OneOf("Width", {"180": "180 mm, two columns", "90": "90 mm, one column"})
    dpi = forms.IntegerField(
        required=False, min_value=LEAST_DPI, max_value=MOST_DPI, label="Dots per inch of a PNG",
        error_messages={
            "invalid": f"Give a whole number from {LEAST_DPI} to {MOST_DPI}.",
            "min_value": f"The least is {LEAST_DPI}.",
            "max_value": f"The most is {MOST_DPI}.",
        },
    )  # fmt: skip

    def __init__(self, query: QueryDict | MultiValueDict[str, str], document: CaseDocument) -> None:
        super().__init__(query)
        self.document = document

    def clean_lanes(self) -> tuple[str, ...]:
        lanes: tuple[str, ...] = self.cleaned_data["lanes"]
        present = {event.category for event in self.document.events}
        if lanes and present and not present.intersection(lanes):
            raise ValidationError("This case has no event in the lanes asked for.")
        return lanes

    def clean_t0(self) -> str:
        chosen: str = self.cleaned_data["t0"]
        if chosen and all(event.id != chosen for event in self.document.events):
            raise ValidationError(f"“{_short(chosen)}” is no event of this case.")
        return chosen

    def clean_dpi(self) -> int:
        return self.cleaned_data["dpi"] or USUAL_DPI

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Parameter and reason of everything that is wrong."""
        return [
            (field, str(reason)) for field, reasons in self.errors.items() for reason in reasons
        ]

    @property
    def size(self) -> PrintSize:
        return PrintSize(int(self.cleaned_data["width"]), self.cleaned_data["dpi"])

    def screen_options(
        self, *, width: float = SCREEN_WIDTH, form: Form = Form.HORIZONTAL
    ) -> FigureOptions:
        """For the page. `width` is in CSS pixels."""
        return FigureOptions(width=width, form=form, medium=Medium.SCREEN, **self._chosen())

    def print_options(self, *, footer: str) -> FigureOptions:
        """For a file: stands alone, at the physical width asked for."""
        return FigureOptions(
            width=points(self.size.width_mm),
            medium=Medium.PRINT,
            caption=True,
            footer=footer,
            **self._chosen(),
        )

    def _chosen(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "axis": Axis(data["axis"]),
            "clock": Clock(data["time"]),
            "language": Language(data["lang"]),
            "colours": Colours(data["colour"]),
            "lanes": data["lanes"],
            "day_zero": data["t0"],
        }


def _either(words: list[str], last: str = "or") -> str:
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else words[:_SHOWN] + "…"
