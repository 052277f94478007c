"""The pages of cases."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from patients import presenters
from patients.care_page import care_for
from patients.citing_page import may_cite, waiting_for
from patients.derived_page import may_set_aside
from patients.figure_form import FigureForm
from patients.figure_page import page_figure
from patients.figure_views import figure_refused
from patients.likeness_reading import ShownOnPage, on_the_page
from patients.models import Case
from patients.picture_page import hidden_in, pictures_in
from patients.reading import Reading, read_case
from patients.serving.conditional import has_own_cookies, page_etag, unless_known
from patients.versions import citation_words
from patients.vocabulary import Status
from patients.withdrawn import unreadable


@gzip_page
@require_safe
def case_detail(request: HttpRequest, accession: str) -> HttpResponseBase:
    try:
        reading = read_case(accession, request.user)
    except Case.DoesNotExist as error:
        return unreadable(request, accession, error)
    if request.GET or reading.version is None or has_own_cookies(request):
        return case_page(request, reading)
    like = on_the_page(accession)
    etag = page_etag(reading.checksum, reading.version, like.digest, hidden_in(reading))
    return unless_known(request, etag, lambda: case_page(request, reading, like=like))


def case_page(
    request: HttpRequest, reading: Reading, *, is_version: bool = False,
    like: ShownOnPage | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of a case; as the page of one version it stands at the version's own address, and
    names no like cases. `like` is what it names, where that is known already."""
    accession = reading.document.accession
    form = FigureForm(request.GET, reading.document)
    if not form.is_valid():
        return figure_refused(request, accession, form.problems)
    of_version = reading.version if is_version else None
    context = {
        "section": "cases",
        "reading": reading,
        "is_version": is_version,
        "status_label": Status(reading.status).label,
        "case": presenters.case_view(reading.document, pictures_in(reading, is_version=is_version)),
        "figure": page_figure(form, reading.document, version=of_version),
        "may_cite": may_cite(request.user) and not is_version,
        "like": None if is_version else like or on_the_page(accession),
        "care": None if is_version else care_for(request.user, reading),
        "may_set_aside": not reading.version and may_set_aside(request.user),
        "waiting": [] if is_version else waiting_for(accession, request.user),
        "case_url": request.build_absolute_uri(reverse("patients:case-detail", args=[accession])),
    }
    if reading.version is not None:
        own = reverse("patients:version-detail", args=[accession, reading.version])
        context["cite_as"] = citation_words(reading, request.build_absolute_uri(own))
    return render(request, "patients/case_detail.html", context)
