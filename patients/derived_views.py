"""Derived results of a case for curators: to set one aside with a reason, and to take that back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from patients.actions import derived
from patients.derived_forms import SetAsideForm
from patients.derived_page import DerivedPage, ResultPage, may_set_aside
from patients.editor.access import NOTHING_HERE, View, guarded, whole_case


def _for_setting_aside(view: View) -> View:
    """Others learn nothing: who is not signed in is asked to, and anybody else gets a 404."""
    return guarded(view, lambda user, **kwargs: may_set_aside(user))


@gzip_page
@require_safe
@_for_setting_aside
def derived_list(request: HttpRequest, accession: str) -> HttpResponse:
    context = {"section": "cases", "page": DerivedPage(whole_case(accession, request.user))}
    return render(request, "patients/derived/list.html", context)


@gzip_page
@require_safe
@_for_setting_aside
def derived_result(request: HttpRequest, accession: str, result: str) -> HttpResponse:
    return _page(request, accession, result)


@gzip_page
@require_POST
@_for_setting_aside
def set_aside(request: HttpRequest, accession: str, result: str) -> HttpResponse:
    form = SetAsideForm(request.POST)
    case = whole_case(accession, request.user)
    if not form.is_valid():
        return _page(request, accession, result, form, status=422)
    try:
        derived.set_aside(
            case=case, result=result, reason=form.cleaned_data["reason"], by=request.user
        )
    except ValidationError as error:
        return _refused(request, accession, result, form, error)
    messages.success(request, "Set aside. Readers see it so with the next version.")
    return redirect("patients:derived-list", accession)


@gzip_page
@require_POST
@_for_setting_aside
def take_back(request: HttpRequest, accession: str, result: str) -> HttpResponse:
    case = whole_case(accession, request.user)
    try:
        derived.take_back(case=case, result=result, by=request.user)
        messages.success(request, "Taken back: the result stands again.")
    except ValidationError as error:
        messages.info(request, " ".join(error.messages))
    return redirect("patients:derived-list", accession)


def _refused(
    request: HttpRequest, accession: str, result: str, form: SetAsideForm, error: ValidationError
) -> HttpResponse:
    """Says why, beside what was typed."""
    told = error.message_dict
    for message in told.pop("reason", []):
        form.add_error("reason", message)
    form.describe()
    problems = [message for messages_ in told.values() for message in messages_]
    return _page(request, accession, result, form, problems, status=422)


def _page(
    request: HttpRequest,
    accession: str,
    result: str,
    form: SetAsideForm | None = None,
    problems: list[str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    try:
        page = ResultPage(whole_case(accession, request.user), result, form)
    except LookupError as error:
        raise Http404(NOTHING_HERE) from error
    page.problems = problems or []
    context = {"section": "cases", "page": page}
    return render(request, "patients/derived/result.html", context, status=status)
