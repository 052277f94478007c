"""The searches that somebody keeps: their own alone, whoever they are."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from patients.models import SavedSearch
from patients.presenters.search import asked_in_words
from patients.saved_search_forms import MAX_SAVED, SavedSearchForm
from patients.searching.names import names

NOT_HERE = "There is nothing at this address."


@require_safe
@login_required
@never_cache
def saved_searches(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(
    request: HttpRequest, form: Any = None, status: int = 200, renamed: str = ""
) -> HttpResponse:
    """`renamed`: the search that another name was refused for; `form` is of a new one without."""
    displays = {term.slug: term.display for term in names().terms}
    rows = [
        (row, asked_in_words(row.query, displays), row.public_id == renamed)
        for row in SavedSearch.objects.filter(user=cast(User, request.user))
    ]
    context = {
        "section": "cases",
        "rows": rows,
        "form": form,
        "renamed": renamed,
        "asks": asked_in_words(form["query"].value() or "", displays) if form else "",
        "most": MAX_SAVED,
    }
    return render(request, "patients/saved_searches.html", context, status=status)


@require_POST
@login_required
@never_cache
def save(request: HttpRequest) -> HttpResponse:
    row = SavedSearch(user=cast(User, request.user))
    form = SavedSearchForm(request.POST, instance=row)
    if not form.is_valid():
        return _page(request, form, status=422)
    saved = form.save()
    messages.success(request, f"The search “{saved.name}” is saved.")
    return redirect(f"{reverse('patients:case-list')}?{saved.query}")


@require_POST
@login_required
@never_cache
def rename(request: HttpRequest, public_id: str) -> HttpResponse:
    row = _own(request, public_id)
    form = SavedSearchForm({"name": request.POST.get("name"), "query": row.query}, instance=row)
    if not form.is_valid():
        return _page(request, form, status=422, renamed=public_id)
    form.save()
    messages.success(request, f"It is called “{row.name}” now.")
    return redirect("patients:saved-searches")


@require_POST
@login_required
@never_cache
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    row = _own(request, public_id)
    row.delete()
    messages.success(request, f"The search “{row.name}” is deleted.")
    return redirect("patients:saved-searches")


def _own(request: HttpRequest, public_id: str) -> SavedSearch:
    """Raises Http404 alike for what is not there and what is somebody else's."""
    row = SavedSearch.objects.filter(user=cast(User, request.user), public_id=public_id).first()
    if row is None:
        raise Http404(NOT_HERE)
    return row
