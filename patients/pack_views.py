"""The case pack: a page with the choices, and the ZIP."""

from __future__ import annotations

from typing import Final

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from patients.models import Case
from patients.pack.making import pack_etag, write_pack
from patients.pack.model import Material, PackBusyError, PackError
from patients.pack_form import PackForm, without_itself
from patients.pack_page import Asked, material_of, show
from patients.reading import Reading, read_case, read_version
from patients.withdrawn import unreadable

RETRY_AFTER: Final = "30"
"""Seconds."""


@gzip_page
@require_safe
def pack_page(request: HttpRequest, accession: str, number: int | None = None) -> HttpResponseBase:
    """What is in the pack, and what may be chosen."""
    try:
        reading = _read(request, accession, number)
    except Case.DoesNotExist as error:
        return unreadable(request, accession, error)
    query = without_itself(request.GET, reading.document)
    form = PackForm(query, reading.document, request.user)
    return show(
        Asked(request, reading, number, form), status=200 if form.is_valid() else 400
    )  # fmt: skip


@require_safe
def pack_zip(request: HttpRequest, accession: str, number: int | None = None) -> HttpResponseBase:
    try:
        reading = _read(request, accession, number)
    except Case.DoesNotExist as error:
        return unreadable(request, accession, error)
    form = PackForm(request.GET, reading.document, request.user)
    asked = Asked(request, reading, number, form)
    if not form.is_valid():
        return show(asked, status=400)
    material = material_of(asked)
    etag = pack_etag(material)
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    try:
        return _file(material, etag)
    except PackBusyError as error:
        answer = show(asked, status=503, refusal=f"{error} Try again in a little while.")
        answer["Retry-After"] = RETRY_AFTER
        return answer
    except PackError as error:
        return show(asked, status=422, refusal=str(error))


def _file(material: Material, etag: str) -> FileResponse:
    """Raises PackError."""
    answer = FileResponse(
        write_pack(material),
        as_attachment=True,
        filename=f"{material.name}.zip",
        content_type="application/zip",
    )
    answer["ETag"] = etag
    answer["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _read(request: HttpRequest, accession: str, number: int | None) -> Reading:
    """Raises as `read_case` does."""
    if number is None:
        return read_case(accession, request.user)
    return read_version(accession, number, request.user)
