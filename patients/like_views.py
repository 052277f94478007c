"""Cases that are like one, with weights that a reader may change."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from patients.like_form import WeightsForm
from patients.like_page import like_context
from patients.models import Case
from patients.reading import read_case
from patients.withdrawn import unreadable


@gzip_page
@require_safe
def like_cases(request: HttpRequest, accession: str) -> HttpResponse:
    try:
        reading = read_case(accession, request.user)
    except Case.DoesNotExist as error:
        return unreadable(request, accession, error)
    form = WeightsForm(request.GET)
    context = like_context(reading, form)
    status = 200 if form.is_valid() else 400
    return render(request, "patients/likeness/page.html", context, status=status)
