"""The page of one proposal, and what is done on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from literature.public_ids import new_public_id
from literature.views.access import needs
from patients.actions import revisions
from patients.actions import revisions_deciding as deciding
from patients.models import Case, Revision
from patients.revisions.access import DECIDES, revision_or_404
from patients.revisions.forms import CommentForm, DecideForm, SubmitForm, problems_of
from patients.revisions.page import deciders, page_of
from patients.revisions.views import signed_in
from patients.vocabulary import RevisionState, Status

STALE, REFUSED = 409, 422
DONE = {
    RevisionState.ACCEPTED: "Accepted. Readers see it with the case’s next version.",
    RevisionState.PARTLY_ACCEPTED: "Accepted in part. Readers see it with the next version.",
    RevisionState.REJECTED: "Rejected. The author will read your reason.",
    RevisionState.ASKED_BACK: "Asked back. The author can answer and hand it in again.",
}


@gzip_page
@require_safe
@signed_in
def revision_page(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, revision_or_404(request, public_id))


def _page(
    request: HttpRequest, revision: Revision, *, status: int = 200, **changed: Any
) -> HttpResponse:
    page = page_of(revision, request.user)
    if "ticked" in changed:
        page.ticked = changed.pop("ticked")
    named = revision.source_reference
    told = {
        "comment": revision.comment,
        "source": revision.source,
        "reference": named.public_id if named else "",
    }
    context = {
        "section": "curation",
        "page": page,
        "revision": revision,
        "submit_form": SubmitForm(initial=told),
        "decide_form": DecideForm(),
        "comment_form": CommentForm(),
        "deciders": deciders() if page.may_assign else [],
        **changed,
    }
    context["problems"] = [
        *changed.get("said", []),
        *(row for name in ("submit_form", "decide_form", "comment_form")
          for row in problems_of(context[name]) if context[name].is_bound),
    ]  # fmt: skip
    return render(request, "curation/revision.html", context, status=status)


def _again(
    request: HttpRequest, revision: Revision, error: ValidationError, **changed: Any
) -> HttpResponse:
    """The page once more, with what was typed and why it was refused."""
    status = STALE if isinstance(error, deciding.StaleError) else REFUSED
    said = [("", words) for words in error.messages]
    fresh = revision_or_404(request, revision.public_id)
    return _page(request, fresh, status=status, said=said, **changed)


@require_POST
@signed_in
def submit(request: HttpRequest, public_id: str) -> HttpResponse:
    revision = revision_or_404(request, public_id)
    form = SubmitForm(request.POST)
    if not form.is_valid():
        return _page(request, revision, status=REFUSED, submit_form=form)
    try:
        revisions.submit(revision=revision, by=request.user, **form.cleaned_data)
    except PermissionDenied as error:
        return _page(request, revision, status=403, said=[("", str(error))])
    except ValidationError as error:
        return _again(request, revision, error, submit_form=SubmitForm(initial=form.cleaned_data))
    messages.success(request, "Handed in. A curator will look at it.")
    return redirect("curation:revision", public_id)


@require_POST
@needs(DECIDES)
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    revision = revision_or_404(request, public_id)
    form = DecideForm(request.POST)
    ticked = set(request.POST.getlist("parts"))
    if not form.is_valid():
        return _page(request, revision, status=REFUSED, decide_form=form, ticked=ticked)
    asked = form.cleaned_data
    try:
        decided = _decided(request, revision, asked, ticked)
    except PermissionDenied as error:
        return _page(request, revision, status=403, said=[("", str(error))])
    except ValidationError as error:
        again = DecideForm(initial=asked)
        return _again(request, revision, error, decide_form=again, ticked=ticked)
    messages.success(request, DONE[RevisionState(decided.state)])
    return redirect("curation:revision", public_id)


def _decided(
    request: HttpRequest, revision: Revision, asked: dict[str, Any], ticked: set[str]
) -> Revision:
    reason, by = asked["reason"], request.user
    if asked["do"] == "reject":
        return deciding.reject(revision=revision, reason=reason, by=by)
    if asked["do"] == "ask":
        return deciding.ask_back(revision=revision, reason=reason, by=by)
    parts = None if revision.is_case else ticked
    return deciding.accept(revision=revision, parts=parts, seen=asked["seen"], reason=reason, by=by)


@require_POST
@signed_in
def add_comment(request: HttpRequest, public_id: str) -> HttpResponse:
    revision = revision_or_404(request, public_id)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, revision, status=REFUSED, comment_form=form)
    try:
        revisions.comment(revision=revision, text=form.cleaned_data["text"], by=request.user)
    except ValidationError as error:
        kept = CommentForm(initial=form.cleaned_data)
        return _again(request, revision, error, comment_form=kept)
    return redirect(f"{reverse('curation:revision', args=[public_id])}#comments")


def _act(
    request: HttpRequest, public_id: str, act: Callable[[Revision], Any], done: str
) -> HttpResponse:
    revision = revision_or_404(request, public_id)
    try:
        act(revision)
    except PermissionDenied as error:
        return _page(request, revision, status=403, said=[("", str(error))])
    except ValidationError as error:
        return _again(request, revision, error)
    messages.success(request, done)
    return redirect("curation:revision", public_id)


@require_POST
@signed_in
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    def act(revision: Revision) -> None:
        revisions.withdraw(revision=revision, by=request.user)

    return _act(request, public_id, act, "Withdrawn.")


@require_POST
@signed_in
def renew(request: HttpRequest, public_id: str) -> HttpResponse:
    def act(revision: Revision) -> None:
        revisions.renew(revision=revision, by=request.user)

    return _act(request, public_id, act, "Your proposal now stands on the case as it is.")


@require_POST
@needs(DECIDES)
def assign(request: HttpRequest, public_id: str) -> HttpResponse:
    """To the person chosen, to oneself (`me`), or to nobody."""
    chosen = request.POST.get("assignee", "")

    def act(revision: Revision) -> None:
        to = request.user if chosen == "me" else None
        if chosen not in ("", "me"):
            to = deciders().filter(username=chosen.replace("\x00", "")).first()
            if to is None:
                raise ValidationError("Choose somebody who decides proposals.")
        revisions.assign(revision=revision, to=to, by=request.user)

    return _act(request, public_id, act, "Assigned." if chosen else "Nobody has it now.")


@require_POST
@needs(DECIDES)
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    def act(revision: Revision) -> None:
        deciding.undo_acceptance(revision=revision, by=request.user)

    return _act(request, public_id, act, "The acceptance is taken back.")


@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
@needs("patients.propose_revision")
def begin(request: HttpRequest, accession: str) -> HttpResponse:
    """What proposing is, and the drafts one has on this case; posted, it begins one."""
    case = Case.objects.filter(accession=accession, status=Status.PUBLISHED).first()
    if case is None:
        raise Http404("There is no case to propose on at this address.")
    own = Revision.objects.filter(case=case, author=request.user.pk)
    if request.method != "POST":
        drafts = own.filter(state__in=(RevisionState.DRAFT, RevisionState.ASKED_BACK))
        context = {"section": "cases", "case": case, "drafts": drafts, "key": new_public_id()}
        return render(request, "curation/begin.html", context)
    key = request.POST.get("key", "").replace("\x00", "")[:40]
    try:
        revision = revisions.begin(case=case, by=request.user, key=key)
    except ValidationError as error:
        messages.error(request, f"Not begun. {' '.join(error.messages)}")
        return redirect("curation:mine")
    if not revision.is_writable or revision.case_id != case.pk:
        return redirect("curation:revision", revision.public_id)
    return redirect("patients:case-propose", accession, revision.public_id)
