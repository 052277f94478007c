"""The pictures of a case: all of them, and two beside each other."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from patients.models import Case
from patients.picture_page import GalleryPage, PairPage
from patients.reading import Reading, read_case, read_version
from patients.withdrawn import unreadable


@gzip_page
@require_safe
def gallery(request: HttpRequest, accession: str) -> HttpResponse:
    try:
        return _gallery(request, read_case(accession, request.user))
    except Case.DoesNotExist as error:
        return unreadable(request, accession, error)


@gzip_page
@require_safe
def version_gallery(request: HttpRequest, accession: str, number: int) -> HttpResponse:
    try:
        return _gallery(request, read_version(accession, number, request.user), is_version=True)
    except Case.DoesNotExist as error:
        return unreadable(request, accession, error)


@gzip_page
@require_safe
def pair(request: HttpRequest, accession: str) -> HttpResponse:
    try:
        return _pair(request, read_case(accession, request.user))
    except Case.DoesNotExist as error:
        return unreadable(request, accession, error)


@gzip_page
@require_safe
def version_pair(request: HttpRequest, accession: str, number: int) -> HttpResponse:
    try:
        return _pair(request, read_version(accession, number, request.user), is_version=True)
    except Case.DoesNotExist as error:
        return unreadable(request, accession, error)


def _gallery(request: HttpRequest, reading: Reading, *, is_version: bool = False) -> HttpResponse:
    page = GalleryPage(reading, request.user, is_version=is_version)
    return render(request, "patients/images/gallery.html", {"section": "cases", "page": page})


def _pair(request: HttpRequest, reading: Reading, *, is_version: bool = False) -> HttpResponse:
    page = PairPage(reading, request.GET, is_version=is_version)
    context = {"section": "cases", "page": page}
    return render(request, "patients/images/pair.html", context, status=page.status)
