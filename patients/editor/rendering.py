"""Answers of the editor: the whole page, or the parts of it that a save changed."""

from __future__ import annotations

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import SafeString

from patients.editor.addresses import edit_url
from patients.editor.opening import OpenForm
from patients.editor.page import EditPage
from patients.models import Case
from patients.vocabulary import Status

CONFLICT, REFUSED = 409, 422


def page_response(
    request: HttpRequest,
    page: EditPage,
    opened: OpenForm | None = None,
    *,
    status: int = 200,
    figure: SafeString | None = None,
) -> HttpResponse:
    """The whole page, with one row open."""
    context = {
        "section": "cases",
        "page": page,
        "opened": opened,
        "figure": page.figure if figure is None else figure,
        "status_label": Status(page.case.status).label,
        # They are shown within the part of the page that htmx swaps, not above it.
        "notices": list(get_messages(request)),
        "messages": [],
    }
    return render(request, "patients/editor/page.html", context, status=status)


def to_page(case: Case, key: str = "", *, closed: bool = False) -> HttpResponse:
    """Back to the page after a write, at the row `key`."""
    url = edit_url("case-edit", case.accession)
    if not key:
        return HttpResponseRedirect(url)
    return HttpResponseRedirect(f"{url}#{key}" if closed else f"{url}?open={key}#{key}")


def parts_response(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A few parts of the page, each swapped where it stands."""
    return render(request, f"patients/editor/{template}.html", context, status=status)
