"""The editor's page, and what is done to a case as a whole."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from literature.public_ids import new_public_id
from patients.actions import edits, revisions
from patients.editor import rows
from patients.editor.access import for_beginners_of_cases, for_editors, may_edit, whole_case
from patients.editor.forms import NewCaseForm
from patients.editor.opening import OpenForm, open_new, open_row
from patients.editor.page import EditPage, messages_of
from patients.editor.rendering import page_response, to_page
from patients.editor.saving import typed_in
from patients.models import Case

MAX_KEY = 40


@gzip_page
@require_safe
@for_editors
def edit(request: HttpRequest, accession: str) -> HttpResponse:
    """The page; `?open=event-ID` opens a row, `?new=finding&on=event-ID` begins one."""
    case = whole_case(accession, request.user)
    opened = _asked_for(case, request)
    return page_response(request, EditPage(case, request.user, highlight=_event_of(opened)), opened)


def _asked_for(case: Case, request: HttpRequest) -> OpenForm | None:
    """A row that is not there any more opens nothing: links to it outlive it."""
    if request.GET.get("new"):
        return open_new(case, request.GET["new"], request.GET)
    key = request.GET.get("open", "")
    if key == "summary":
        return open_row(case, case)
    kind, _, public_id = key.partition("-")
    row = rows.find(case, kind, public_id) if kind in rows.MODELS else None
    return open_row(case, row) if row is not None else None


def _event_of(opened: OpenForm | None) -> str:
    """The id of the event that an open row is about, to point out in the figure."""
    if opened is None or opened.is_new:
        return ""
    place = opened.place
    return place.id if place.kind == "event" else place.parent_id


@require_http_methods(["GET", "HEAD", "POST"])
@for_beginners_of_cases
def new_case(request: HttpRequest) -> HttpResponse:
    form = NewCaseForm(case=Case(), row=Case(), key="new", data=_typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            case = _begun(request, form)
        except ValidationError as error:
            form.adopt(error)
        else:
            who = "Only curators see" if may_edit(request.user) else "Only you and the curators see"
            messages.success(request, f"The draft is saved. {who} it.")
            return redirect("patients:case-edit", accession=case.accession)
    key = request.POST.get("key", "") or new_public_id()
    context = {"section": "cases", "form": form, "key": key[:MAX_KEY]}
    status = 422 if form.errors else 200
    return render(request, "patients/editor/new_case.html", context, status=status)


@transaction.atomic
def _begun(request: HttpRequest, form: NewCaseForm) -> Case:
    """A draft; a proposal of one by who may not edit. Sent twice, one form begins one."""
    key = request.POST.get("key", "").replace("\x00", "")[:MAX_KEY]
    is_proposal = not may_edit(request.user)
    if is_proposal:
        begun = revisions.known_case(by=request.user, key=key)
        if begun is not None:
            return begun
    case = edits.create_case(
        title=form.cleaned_data["title"],
        patient_fields=form.of_patient(),
        case_fields=form.of_case(),
        by=request.user,
    )
    if is_proposal:
        revisions.begin_case(case=case, by=request.user, key=key)
    return case


def _typed(request: HttpRequest) -> Any:
    return typed_in(request.POST) if request.method == "POST" else None


@require_POST
@for_editors
def undo(request: HttpRequest, accession: str) -> HttpResponse:
    case = whole_case(accession, request.user)
    try:
        edit = edits.undo(case=case, by=request.user)
        messages.success(request, f"Taken back: {edit.words}.")
    except ValidationError as error:
        messages.error(request, messages_of(error))
    return to_page(case)


@require_POST
@for_editors
def redo(request: HttpRequest, accession: str) -> HttpResponse:
    case = whole_case(accession, request.user)
    try:
        edit = edits.redo(case=case, by=request.user)
        messages.success(request, f"Done again: {edit.words}.")
    except ValidationError as error:
        messages.error(request, messages_of(error))
    return to_page(case)
