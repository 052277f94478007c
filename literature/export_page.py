"""The page and the files of an export, alike for a case, a selection and a search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from literature.bibliography import styles
from literature.bibliography.files import FILES, entry_text
from literature.bibliography.model import Bibliography, BibliographyError, BusyError, Entry
from literature.exporters.registry import EXPORTERS
from literature.exporting import Chosen, formatted, written
from literature.forms.exports import FORMATS, ExportForm

RETRY_AFTER = 30
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Download:
    format: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """One formatted reference; `text` is the same without type, for a field to copy from."""

    entry: Entry
    text: str


def answer(
    request: HttpRequest,
    chosen: Chosen,
    *,
    section: str,
    back: tuple[str, str],
    form: ExportForm | None = None,
) -> HttpResponseBase:
    """A file where a format is asked for, else the page. `back` is a label and an address."""
    form = form or ExportForm(request.GET)
    context: dict[str, Any] = {
        "section": section,
        "chosen": chosen,
        "form": form,
        "back_label": back[0],
        "back_url": back[1],
        "kept": _kept(request.GET, form),
    }
    if not form.is_valid():
        context["suggestions"] = _suggestions(context["kept"], form)
        return _page(request, context, status=400)
    format, style = form.cleaned_data["format"], form.chosen
    try:
        if format:
            return _file(chosen, format, style, request.user)
        made = formatted(chosen, style)
    except BibliographyError as error:
        context["refusal"] = str(error)
        context["downloads"] = _downloads(request.GET, style, list(EXPORTERS))
        return _refused(request, context, error)
    context["made"] = made
    context["entries"] = entry_views(made)
    found = styles.find(style)
    context["order_of_style"] = found.is_sorted
    context["remarks"] = [] if found.is_sorted else chosen.remarks
    context["downloads"] = _downloads(request.GET, style, list(FORMATS))
    return _page(request, context)


def _suggestions(kept: list[tuple[str, str]], form: ExportForm) -> list[tuple[str, str]]:
    """Titles of the styles that may have been meant, and where they are used."""
    return [(title, f"?{urlencode([*kept, ('style', name)])}") for name, title in form.suggestions]


def entry_views(made: Bibliography) -> list[EntryView]:
    return [EntryView(entry, entry_text(entry)) for entry in made.entries]


def _file(chosen: Chosen, format: str, style: str, user: Any) -> HttpResponseBase:
    file = written(chosen, format, style, user)
    response: HttpResponseBase
    if format in FILES:
        response = HttpResponse(b"".join(file.pieces), content_type=file.content_type)
    else:
        response = StreamingHttpResponse(file.pieces, content_type=file.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _refused(
    request: HttpRequest, context: Mapping[str, Any], error: BibliographyError
) -> HttpResponseBase:
    busy = isinstance(error, BusyError)
    response = _page(request, context, status=503 if busy else 422)
    if busy:
        response["Retry-After"] = str(RETRY_AFTER)
    return response


def _page(
    request: HttpRequest, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponseBase:
    return render(request, "literature/exports/page.html", dict(context), status=status)


def _kept(query: QueryDict, form: ExportForm) -> list[tuple[str, str]]:
    """What says which references were chosen: the form carries it along."""
    return [
        (name, value)
        for name, values in query.lists()
        for value in values
        if name not in form.fields and value
    ]


def _downloads(query: QueryDict, style: str, formats: list[str]) -> list[Download]:
    downloads = []
    for format in formats:
        address = query.copy()
        address["format"] = format
        address["style"] = style
        address.pop("other", None)
        if format in EXPORTERS:
            address.pop("style")
        downloads.append(Download(format, FORMATS[format], f"?{address.urlencode()}"))
    return downloads
