"""References taken out: a selection, or what a search found."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from literature.choosing import RefusedError, searched, selected
from literature.export_page import answer
from literature.exporting import Chosen
from literature.forms import ReferenceSearchForm


@gzip_page
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """`?id=…&id=…` for a selection, in that order; else the query of the list of references."""
    try:
        chosen = selected(request.GET.getlist("id")) if "id" in request.GET else _search(request)
    except RefusedError as refusal:
        context = {"section": "references", "refusal": refusal.reason}
        return render(request, "literature/exports/refused.html", context, status=400)
    back = ("References", reverse("literature:reference-list"))
    if len(chosen.references) == 1:
        back = (chosen.references[0].public_id, chosen.references[0].get_absolute_url())
    return answer(request, chosen, section="references", back=back)


def _search(request: HttpRequest) -> Chosen:
    """Raises RefusedError, also where nothing says what to take out."""
    form = ReferenceSearchForm(request.GET)
    if not form.is_valid():
        reasons = [str(reason) for errors in form.errors.values() for reason in errors]
        raise RefusedError("", " ".join(reasons))
    return searched(form.cleaned_data, request.user)
