"""The lists of proposals: the queue of curators, one's own, and what one should know."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from literature.paging import paginate
from literature.permalinks import Permalinks
from literature.public_ids import PUBLIC_ID_RE
from literature.views.access import needs
from patients.actions import revisions_deciding as deciding
from patients.actions import revisions_telling as telling
from patients.models import Notification, Revision
from patients.revisions import queue
from patients.revisions.access import DECIDES, NOTHING_HERE
from patients.revisions.forms import MAX_AT_ONCE, QueueForm

SHOWN = 100
"""Notifications on their page."""


@gzip_page
@require_safe
@needs(DECIDES)
def queue_page(request: HttpRequest) -> HttpResponse:
    form = QueueForm(request.GET)
    if not form.is_valid():
        context = {"section": "curation", "form": form}
        return render(request, "curation/queue.html", context, status=400)
    asked = form.cleaned_data
    found = queue.found(asked, request.user)
    page = paginate(found, asked["page"] or 1, Permalinks(request.GET))
    context = {
        "section": "curation",
        "form": form,
        "page": page,
        "rows": [queue.row_of(row, request.user) for row in page.rows],
        "filters": queue.filters(asked, request.user),
        "is_filtered": any(asked[name] for name in ("who", "kind", "state")),
        "query": request.GET.urlencode(),
    }
    return render(request, "curation/queue.html", context)


@require_POST
@needs(DECIDES)
def accept_many(request: HttpRequest) -> HttpResponse:
    """Accepts what was ticked in the queue, each on its own; what does not fit is said."""
    ticked = list(dict.fromkeys(request.POST.getlist("seen")))[:MAX_AT_ONCE]
    done = 0
    for seen in ticked:
        problem = _accept_one(request, seen)
        if problem:
            messages.error(request, problem)
        else:
            done += 1
    if done:
        messages.success(request, f"Accepted: {done} proposal{'' if done == 1 else 's'}.")
    if not ticked:
        messages.info(request, "Tick what should be accepted first.")
    return redirect("curation:queue")


def _accept_one(request: HttpRequest, seen: str) -> str:
    """Why it was not accepted, or empty."""
    public_id, _, updated = seen.partition(" ")
    rows = Revision.objects.visible_to(request.user)
    known = rows.select_related("case").filter(public_id=public_id)
    revision = known.first() if PUBLIC_ID_RE.fullmatch(public_id) else None
    if revision is None:
        return "One of the proposals is not there any more."
    if revision.updated_at.isoformat() != updated:
        return f"{revision.case.title}: {deciding.CHANGED}"
    try:
        deciding.accept(revision=revision, by=request.user)
    except (ValidationError, PermissionDenied) as error:
        told = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        return f"{revision.case.title}: not accepted. {told}"
    return ""


View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return inner


def may_propose(user: Any) -> bool:
    names = ("patients.propose_case", "patients.propose_revision")
    return any(user.has_perm(name) for name in names)


@gzip_page
@require_safe
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """One's own proposals: what is being written, what waits, what was answered."""
    if not may_propose(request.user):
        raise Http404(NOTHING_HERE)
    form = QueueForm(request.GET)
    form.is_valid()
    own = Revision.objects.filter(author=request.user.pk).select_related("case", "assignee")
    number = form.cleaned_data.get("page") or 1
    page = paginate(own.order_by("-updated_at", "-pk"), number, Permalinks(request.GET))
    rows = [queue.row_of(row, request.user) for row in page.rows]
    context = {"section": "curation", "page": page, "rows": rows}
    return render(request, "curation/mine.html", context)


@gzip_page
@require_safe
@signed_in
def notifications(request: HttpRequest) -> HttpResponse:
    rows = Notification.objects.filter(user=request.user.pk).select_related("revision__case")
    context = {"section": "curation", "rows": list(rows[:SHOWN])}
    return render(request, "curation/notifications.html", context)


@require_POST
@signed_in
def open_notification(request: HttpRequest, public_id: str) -> HttpResponse:
    """Marks one as read and goes on to its proposal."""
    row = get_object_or_404(
        Notification.objects.select_related("revision"),
        public_id=public_id,
        user=request.user.pk,
    )
    telling.read(notifications=Notification.objects.filter(pk=row.pk), by=request.user)
    visible = Revision.objects.visible_to(request.user).filter(pk=row.revision_id)
    if not visible.exists():
        messages.info(request, "The proposal is not yours to see any more.")
        return redirect("curation:notifications")
    return redirect(reverse("curation:revision", args=[row.revision.public_id]))


@require_POST
@signed_in
def read_all(request: HttpRequest) -> HttpResponse:
    telling.read(notifications=Notification.objects.all(), by=request.user)
    return redirect("curation:notifications")
