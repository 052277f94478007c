"""What the page of a comparison shows: table, figure, choices, and what the user has saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from literature.public_ids import PUBLIC_ID_RE
from patients.comparing import COLUMNS
from patients.comparing.exporting import FORMATS
from patients.comparing_figure import page_courses
from patients.comparing_form import Comparison
from patients.exporters.figure import FORMATS as FIGURE_FORMATS
from patients.models import SavedComparison
from patients.presenters.comparison import attribute_rows
from patients.reading import Reading
from patients.vocabulary import MOST_COMPARED, Alignment


@dataclass(frozen=True, slots=True)
class CompareAddress:
    """A link of the page: what is written, and where it leads."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class SaveForm:
    """What the user has sent to save a comparison, where it was refused."""

    name: str = ""
    problem: str = ""


NOTHING_SENT = SaveForm()


def comparison_page(
    request: HttpRequest, asked: Comparison, *, status: int = 200, form: SaveForm = NOTHING_SENT
) -> HttpResponse:
    page = reverse("patients:compare")
    context: dict[str, Any] = {
        "section": "cases",
        "asked": asked,
        "chosen": [
            (row.accession, row.title, f"{page}?{asked.query(without=row.accession)}")
            for row in asked.documents
        ],
        "columns": [(column.key, column.heading, column.key in asked.columns)
                    for column in COLUMNS],
        "alignments": [(value, label, value == asked.align) for value, label in Alignment.choices],
        "room": MOST_COMPARED - len(asked.readings),
    }  # fmt: skip
    if asked.may_be_drawn:
        context |= _drawn(request, asked) | {"save_form": form}
    return render(request, "patients/comparing/page.html", context, status=status)


def _drawn(request: HttpRequest, asked: Comparison) -> dict[str, Any]:
    table = asked.table
    query, page = asked.query(), reverse("patients:compare")
    return {
        "rows": attribute_rows(table),
        "references": table.references,
        "figure": page_courses(asked.documents, asked.alignment),
        "files": [
            CompareAddress(row.label, f"{reverse('patients:compare-file', args=[ending])}?{query}")
            for ending, row in FORMATS.items()
        ],
        "figure_files": [
            CompareAddress(
                row.label, f"{reverse('patients:compare-figure', args=[ending])}?{query}"
            )
            for ending, row in FIGURE_FORMATS.items()
        ],
        "other_view": f"{page}?{asked.query(differences=not asked.differences)}",
        "address": request.build_absolute_uri(f"{page}?{query}"),
        "states": [state_of(reading) for reading in asked.readings],
        "saved": _saved(request),
    }


def state_of(reading: Reading) -> str:
    """Which state of a case is compared: its version, with the day on which it was published."""
    accession = reading.document.accession
    if reading.version is None or reading.published_at is None:
        return f"{accession}, working record"
    day = f"{reading.published_at:%d %B %Y}".removeprefix("0")
    return f"{accession}, version {reading.version} of {day}"


def _saved(request: HttpRequest) -> SavedComparison | None:
    """The one that was opened, where it is the user's own."""
    public_id = request.GET.get("saved", "")
    if not PUBLIC_ID_RE.match(public_id):
        return None
    return SavedComparison.objects.visible_to(request.user).filter(public_id=public_id).first()
