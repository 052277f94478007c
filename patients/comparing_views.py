"""Cases side by side, as a page and as files of the same query."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from literature.bibliography.model import BibliographyError, BusyError
from patients.comparing import COLUMNS, MOST_CASES
from patients.comparing.exporting import FORMATS
from patients.comparing_form import Comparison, read_comparison
from patients.presenters.comparison import attribute_rows

RETRY_AFTER = "10"
"""Seconds."""


@gzip_page
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    return _page(request, read_comparison(request.GET, request.user))


def _page(request: HttpRequest, asked: Comparison, status: int = 200) -> HttpResponse:
    table = asked.table if asked.may_be_drawn else None
    context = {
        "section": "cases",
        "asked": asked,
        "chosen": [
            (document.accession, document.title, f"?{asked.query(without=document.accession)}")
            for document in asked.documents
        ],
        "rows": attribute_rows(table) if table else [],
        "references": table.references if table else [],
        "columns": [(column.key, column.heading, column.key in asked.columns)
                    for column in COLUMNS],
        "other_view": f"?{asked.query(differences=not asked.differences)}",
        "files": [
            (made.label, f"{reverse('patients:compare-file', args=[made.ending])}?{asked.query()}")
            for made in FORMATS.values()
        ],
        "room": MOST_CASES - len(asked.documents),
    }  # fmt: skip
    return render(request, "patients/comparing/page.html", context, status=status)


@require_safe
def compare_file(request: HttpRequest, ending: str) -> HttpResponse:
    """Whatever keeps it from being made is said on the page, and nothing of it is in the file."""
    asked = read_comparison(request.GET, request.user)
    if not asked.may_be_drawn or asked.problems:
        return _page(request, asked, status=400)
    made = FORMATS[ending]
    try:
        content = made.write(asked.table)
    except BusyError as error:
        asked.problems.append(str(error))
        response = _page(request, asked, status=503)
        response["Retry-After"] = RETRY_AFTER
        return response
    except BibliographyError as error:
        asked.problems.append(str(error))
        return _page(request, asked, status=422)
    response = HttpResponse(content, content_type=made.content_type)
    response["Content-Disposition"] = f'attachment; filename="comparison.{ending}"'
    return response
