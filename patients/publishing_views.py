"""The review page of a case, and the steps that are taken there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from literature.paging import paginate
from literature.permalinks import Permalinks
from patients.actions import publishing
from patients.actions.publishing import NotReadyError
from patients.editor.access import View, guarded, may_edit, whole_case
from patients.models import Case, CaseReview
from patients.publishing_forms import PageForm, ReasonForm
from patients.publishing_page import SEND_BACK, WITHDRAW, ReviewPage

NOT_READY = "Not published: the list above says what must be done first."


def for_curators(view: View) -> View:
    """Others learn nothing: who is not signed in is asked to, and anybody else gets a 404."""
    return guarded(view, lambda user, **kwargs: may_edit(user))


@gzip_page
@require_safe
def in_review(request: HttpRequest) -> HttpResponse:
    """The cases that wait for a decision, the oldest first."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not may_edit(request.user):
        raise Http404("There is nothing at this address.")
    form = PageForm(request.GET)
    if not form.is_valid():
        raise Http404("There is no such page.")
    waiting = CaseReview.objects.filter(submitted_at__isnull=False)
    found = waiting.select_related("case", "submitted_by").order_by("submitted_at", "pk")
    page = paginate(found, form.cleaned_data["page"] or 1, Permalinks(request.GET))
    context = {"section": "cases", "page": page}
    return render(request, "patients/publishing/in_review.html", context)


@gzip_page
@require_safe
@for_curators
def review(request: HttpRequest, accession: str) -> HttpResponse:
    return _page(request, ReviewPage(whole_case(accession, request.user), request.user))


@require_POST
@for_curators
def record_checks(request: HttpRequest, accession: str) -> HttpResponse:
    page = ReviewPage(whole_case(accession, request.user), request.user)
    form = page.form = page.checks_form(request.POST)
    if form.is_valid():
        try:
            publishing.record_checks(
                case=page.case, care=form.care, consent=form.cleaned_data["consent"],
                consent_note=form.cleaned_data["consent_note"], class_seen=form.confirmed,
                by=request.user,
            )  # fmt: skip
        except ValidationError as error:
            _adopt(form, error)
        else:
            messages.success(request, "The checks are saved.")
            return _back(page.case)
    return _page(request, page, [*_errors(form)], status=422)


@require_POST
@for_curators
def submit(request: HttpRequest, accession: str) -> HttpResponse:
    def hand_in(case: Case) -> str:
        publishing.submit(case=case, by=request.user)
        return "Handed in: another curator can publish it now."

    return _step(request, accession, hand_in)


@require_POST
@for_curators
def send_back(request: HttpRequest, accession: str) -> HttpResponse:
    form = ReasonForm("send-back", *SEND_BACK, data=request.POST)

    def give_back(case: Case) -> str:
        _refuse_invalid(form)
        publishing.send_back(case=case, reason=form.cleaned_data["reason"], by=request.user)
        return "Sent back."

    return _step(request, accession, give_back, send_back=form)


@require_POST
@for_curators
def publish(request: HttpRequest, accession: str) -> HttpResponse:
    seen = request.POST.get("seen", "")

    def show_readers(case: Case) -> str:
        version = publishing.publish(case=case, by=request.user, seen=seen)
        return f"Published: readers see version {version.number}."

    return _step(request, accession, show_readers)


@require_POST
@for_curators
def withdraw(request: HttpRequest, accession: str) -> HttpResponse:
    form = ReasonForm("withdraw", *WITHDRAW, data=request.POST)

    def take_away(case: Case) -> str:
        _refuse_invalid(form)
        publishing.withdraw(case=case, reason=form.cleaned_data["reason"], by=request.user)
        return "Withdrawn: readers see when and why in place of the case."

    return _step(request, accession, take_away, withdraw=form)


def _step(
    request: HttpRequest, accession: str, step: Callable[[Case], str], **typed: ReasonForm
) -> HttpResponse:
    """Takes one step; where it is refused the page says why and keeps what was typed."""
    case = whole_case(accession, request.user)
    try:
        messages.success(request, step(case))
    except NotReadyError:
        return _page(request, ReviewPage(case, request.user), [("checks", NOT_READY)], status=409)
    except ValidationError as error:
        page = ReviewPage(case, request.user)
        for name, form in typed.items():
            setattr(page, name, form)
        return _page(request, page, _told(error, typed), status=422)
    return _back(case)


def _told(error: ValidationError, typed: dict[str, ReasonForm]) -> list[tuple[str, str]]:
    """Where each refusal is about, as an id on the page, and what it says."""
    place = next((f"{form.auto_id}" % "reason" for form in typed.values()), "decide")
    return [(place, message) for message in error.messages]


def _refuse_invalid(form: ReasonForm) -> None:
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())


def _adopt(form: Any, error: ValidationError) -> None:
    """Puts a refusal on the fields that it names, as far as the form has them."""
    for name, found in getattr(error, "error_dict", {NON_FIELD_ERRORS: [error]}).items():
        form.add_error(name if name in form.fields else None, found)


def _errors(form: Any) -> list[tuple[str, str]]:
    return [
        (f"id_{name}" if name in form.fields else "checks", f"{_label(form, name)}{message}")
        for name, found in form.errors.items()
        for message in found
    ]


def _label(form: Any, name: str) -> str:
    return f"{form.fields[name].label}: " if name in form.fields else ""


def _page(
    request: HttpRequest,
    page: ReviewPage,
    problems: list[tuple[str, str]] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"section": "cases", "page": page, "problems": problems or []}
    return render(request, "patients/publishing/review.html", context, status=status)


def _back(case: Case) -> HttpResponse:
    return redirect("patients:case-publish", accession=case.accession)
