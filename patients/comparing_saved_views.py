"""Comparisons that a user keeps: saving, the list, opening, renaming, deleting. One's own alone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from patients.actions import comparisons
from patients.comparing_form import read_comparison
from patients.comparing_page import SaveForm, comparison_page
from patients.models import SavedComparison


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def saved(request: HttpRequest) -> HttpResponse:
    """The list; posted to, it takes one more."""
    return _save(request) if request.method == "POST" else _list(request)


def _list(request: HttpRequest, *, status: int = 200, **told: str) -> HttpResponse:
    found = SavedComparison.objects.visible_to(request.user)
    context = {"section": "cases", "comparisons": found, **told}
    return render(request, "patients/comparing/saved_list.html", context, status=status)


def _save(request: HttpRequest) -> HttpResponse:
    asked = read_comparison(request.POST, request.user)
    name = request.POST.get("name", "")
    if asked.problems or not asked.may_be_drawn:
        return comparison_page(request, asked, status=422, form=SaveForm(name))
    try:
        made = comparisons.save(
            name=name, accessions=asked.accessions, columns=asked.columns, align=asked.align,
            differences=asked.differences, by=request.user,
        )  # fmt: skip
    except ValidationError as error:
        form = SaveForm(name, " ".join(error.messages))
        return comparison_page(request, asked, status=422, form=form)
    messages.success(request, f"Saved as “{made.name}”.")
    return redirect(_address(made))


def _address(comparison: SavedComparison) -> str:
    compare = reverse("patients:compare")
    return f"{compare}?{comparison.query}&saved={comparison.public_id}"


def _own(request: HttpRequest, public_id: str) -> SavedComparison:
    """Raises Http404 alike for what there is not and for what is another user's."""
    return get_object_or_404(SavedComparison.objects.visible_to(request.user), public_id=public_id)


@require_safe
@login_required
def open_saved(request: HttpRequest, public_id: str) -> HttpResponse:
    """Leads to the comparison, which says what of it cannot be read any more."""
    return redirect(_address(_own(request, public_id)))


@require_POST
@login_required
def rename(request: HttpRequest, public_id: str) -> HttpResponse:
    comparison = _own(request, public_id)
    name = request.POST.get("name", "")
    try:
        made = comparisons.rename(comparison=comparison, name=name, by=request.user)
    except ValidationError as error:
        told: dict[str, Any] = {"problem": " ".join(error.messages), "at": public_id, "typed": name}
        return _list(request, status=422, **told)
    messages.success(request, f"Renamed to “{made.name}”.")
    return redirect("comparisons:list")


@require_POST
@login_required
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    comparison = _own(request, public_id)
    comparison.delete()
    messages.success(request, f"“{comparison.name}” was deleted.")
    return redirect("comparisons:list")
