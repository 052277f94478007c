"""The reader's choices of the figure, for the forms on the case page. Pure: no query."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from patients.document import CaseDocument
from patients.exporters.figure import FORMATS
from patients.figure_form import LEAST_DPI, MOST_DPI, USUAL_DPI, FigureForm, OneOf
from patients.vocabulary import Category

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FigureFile:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class FigureChoices:
    """What `figure_options.html` and `figure_export.html` show. Both forms are sent by GET."""

    page_url: str
    """The case page without any choice."""
    is_usual: bool
    """Nothing was chosen, so there is nothing to reset."""
    axes: list[Choice]
    lanes: list[Choice]
    """Those that the case has; all are chosen where the reader chose none."""
    events: list[Choice]
    languages: list[Choice]
    colours: list[Choice]
    times: list[Choice]
    widths: list[Choice]
    dpi: int
    least_dpi: int
    most_dpi: int
    files: list[FigureFile]
    kept_by_page: list[Pair]
    """Name and value of what the page's form must carry along and does not show itself."""
    kept_by_export: list[Pair]


def figure_choices(
    form: FigureForm, document: CaseDocument, *, version: int | None = None
) -> FigureChoices:
    """`form` must be valid; `version` is the number where the page is that of one version."""
    data = form.cleaned_data
    kept = _kept(form)
    present = {event.category for event in document.events}
    return FigureChoices(
        page_url=_page_url(document.accession, version),
        is_usual=not kept,
        axes=_choices(form, "axis"),
        lanes=[
            Choice(value, label, not data["lanes"] or value in data["lanes"])
            for value, label in Category.choices
            if value in present
        ],
        events=[
            Choice(event.id, f"{event.number}. {event.label}", event.id == data["t0"])
            for event in document.events
        ],
        languages=_choices(form, "lang"),
        colours=_choices(form, "colour"),
        times=_choices(form, "time"),
        widths=_choices(form, "width"),
        dpi=data["dpi"],
        least_dpi=LEAST_DPI,
        most_dpi=MOST_DPI,
        files=[
            FigureFile(row.label, _file_url(document.accession, version, ending))
            for ending, row in FORMATS.items()
        ],
        kept_by_page=[pair for pair in kept if pair[0] in ("colour", "time", "width", "dpi")],
        kept_by_export=[pair for pair in kept if pair[0] in ("axis", "lanes", "t0")],
    )


def _page_url(accession: str, version: int | None) -> str:
    if version is None:
        return reverse("patients:case-detail", args=[accession])
    return reverse("patients:version-detail", args=[accession, version])


def _file_url(accession: str, version: int | None, ending: str) -> str:
    if version is None:
        return reverse(f"patients:figure-{ending}", args=[accession])
    return reverse("patients:version-figure", args=[accession, version, ending])


def _choices(form: FigureForm, name: str) -> list[Choice]:
    field = form.fields[name]
    assert isinstance(field, OneOf)
    chosen = form.cleaned_data[name]
    return [Choice(value, label, value == chosen) for value, label in field.labels.items()]


def _kept(form: FigureForm) -> list[Pair]:
    """What differs from the usual, as it stands in a permalink."""
    data = form.cleaned_data
    kept = [
        (name, data[name])
        for name, field in form.fields.items()
        if isinstance(field, OneOf) and data[name] != field.usual
    ]
    if data["lanes"]:
        kept.append(("lanes", ",".join(data["lanes"])))
    if data["t0"]:
        kept.append(("t0", data["t0"]))
    if data["dpi"] != USUAL_DPI:
        kept.append(("dpi", str(data["dpi"])))
    return kept
