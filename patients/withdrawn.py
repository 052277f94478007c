"""What readers are told where a case cannot be read."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from patients.models import Case
from patients.reading import CaseWithdrawnError


def unreadable(request: HttpRequest, accession: str, error: Case.DoesNotExist) -> HttpResponse:
    """The page that stays of a withdrawn case (410). Raises Http404 where nothing may be told."""
    if not isinstance(error, CaseWithdrawnError):
        raise Http404(f"There is no case {accession}.") from None
    context = {"section": "cases", "accession": accession, "at": error.at, "reason": error.reason}
    return render(request, "patients/versions/withdrawn.html", context, status=410)
