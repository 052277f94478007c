"""The pages of published versions: each at its own address, the list, what changed."""

from __future__ import annotations

from hashlib import sha256

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from literature.paging import paginate
from literature.permalinks import Permalinks
from patients import versions
from patients.exporters.figure import drawing_version
from patients.models import Case
from patients.picture_page import hidden_in
from patients.publishing_forms import PageForm
from patients.reading import Reading, read_version
from patients.serving.conditional import has_own_cookies, unless_known
from patients.views import case_page
from patients.withdrawn import unreadable

PAGE_SIZE = 10
STYLES = ("css/casebase.css", "css/figure.css", "css/versions.css", "css/images.css")


class ChangesForm(forms.Form):
    since = forms.IntegerField(required=False, min_value=1, max_value=999_999)


@gzip_page
@require_safe
def version_detail(request: HttpRequest, accession: str, number: int) -> HttpResponseBase:
    try:
        reading = read_version(accession, number, request.user)
    except Case.DoesNotExist as error:
        return unreadable(request, accession, error)
    if has_own_cookies(request):
        return case_page(request, reading, is_version=True)
    return unless_known(
        request, _etag(reading), lambda: case_page(request, reading, is_version=True)
    )


def _etag(reading: Reading) -> str:
    """The checksum of the version, and a mark of what the page shows around it. Weak, since the
    page may be sent compressed."""
    hidden = sorted(hidden_in(reading))
    around = (reading.version, reading.current, drawing_version(), *map(static, STYLES), *hidden)
    return f'W/"{reading.checksum}-{sha256(repr(around).encode()).hexdigest()[:8]}"'


@gzip_page
@require_safe
def version_list(request: HttpRequest, accession: str) -> HttpResponse:
    try:
        found = versions.versions_of(accession, request.user)
    except Case.DoesNotExist as error:
        return unreadable(request, accession, error)
    form = PageForm(request.GET)
    if not form.is_valid():
        raise Http404("There is no such page.")
    page = paginate(found, form.cleaned_data["page"] or 1, Permalinks(request.GET), size=PAGE_SIZE)
    before = found.filter(number__lt=page.rows[-1].number).first()
    context = {
        "section": "cases",
        "accession": accession,
        "title": page.rows[0].document["title"],
        "page": page,
        "rows": versions.version_rows(page.rows, before),
    }
    return render(request, "patients/versions/list.html", context)


@gzip_page
@require_safe
def version_changes(request: HttpRequest, accession: str, number: int) -> HttpResponse:
    """What changed since the version before, or since `?since=`."""
    form = ChangesForm(request.GET)
    if not form.is_valid():
        raise Http404("There is no such version.")
    since = form.cleaned_data["since"] or number - 1
    try:
        new = read_version(accession, number, request.user)
        old = read_version(accession, since, request.user)
    except Case.DoesNotExist as error:
        return unreadable(request, accession, error)
    changes = versions.changes_between(old.document, new.document)
    context = {
        "section": "cases",
        "accession": accession,
        "old": old,
        "new": new,
        "changes": changes,
        "sides": [
            versions.side(f"Version {reading.version}", reading, changes) for reading in (old, new)
        ],
    }
    return render(request, "patients/versions/changes.html", context)
