"""The editor on a proposal: its own views, called with the proposal laid over the rows."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from patients.actions import revisions
from patients.editor.access import NOTHING_HERE, View, by_htmx, guarded
from patients.editor.addresses import Proposing, within
from patients.models import Revision
from patients.revisions.base import LOCKED
from patients.revisions.merging import merged
from patients.revisions.overlay import Overlaid, laid_over
from patients.vocabulary import Status

CONFLICT = 409
READING = ("GET", "HEAD")


def in_proposal(view: View) -> View:
    """A view of the editor as a view of a proposal, for its author alone."""

    @wraps(view)
    def proposed(
        request: HttpRequest, accession: str, revision_id: str, **kwargs: Any
    ) -> HttpResponse:
        revision = _own(request, accession, revision_id)
        proposal = Proposing(
            root=reverse("patients:case-propose", args=[accession, revision_id]),
            page=reverse("curation:revision", args=[revision_id]),
            revision=revision,
        )
        try:
            with within(proposal):
                if request.method in READING:
                    with laid_over(revision, request.user):
                        return view(request, accession=accession, **kwargs)
                return _written(request, accession, revision, view, kwargs)
        except ValidationError as error:
            return _lost(request, " ".join(error.messages), kwargs)

    return guarded(proposed, _may_propose)


def _may_propose(user: Any, **kwargs: Any) -> bool:
    return bool(user.has_perm("patients.propose_revision"))


def _own(request: HttpRequest, accession: str, revision_id: str) -> Revision:
    found = Revision.objects.select_related("case", "author").filter(
        public_id=revision_id, case__accession=accession, author=request.user.pk
    )
    revision = found.first()
    if revision is None or revision.is_case:
        raise Http404(NOTHING_HERE)
    if not revision.is_writable:
        words = revision.get_state_display().lower()
        raise Http404(f"This proposal is {words}: it cannot be changed any more.")
    return revision


def _written(
    request: HttpRequest, accession: str, revision: Revision, view: View, kwargs: Any
) -> HttpResponse:
    """Runs the view, and keeps what its edits came to. Two requests on one proposal take turns."""
    with transaction.atomic():
        revision = revisions.own_writable(revision, request.user)
        if revision.case.status != Status.PUBLISHED:
            raise ValidationError("The case is not published any more: nothing can be proposed.")
        with laid_over(revision, request.user) as overlaid:
            response = view(request, accession=accession, **kwargs)
        if overlaid.log != revision.log:
            _refuse_locked(overlaid, revision)
            revisions.keep(revision=revision, log=overlaid.log, by=request.user)
    return response


def _refuse_locked(overlaid: Overlaid, revision: Revision) -> None:
    """What was proposed before a curator changed its row stands, as a conflict."""
    before = revision.changes
    changed = {(one["model"], one["pk"]) for one in merged(overlaid.log) if one not in before}
    if changed & overlaid.base.locked:
        raise ValidationError(LOCKED)


def _lost(request: HttpRequest, why: str, kwargs: dict[str, Any]) -> HttpResponse:
    """Nothing can be saved here; what was typed stays in the browser's form."""
    kind, public_id = kwargs.get("kind"), kwargs.get("public_id")
    key = f"{kind}-{public_id}" if kind else "summary"
    template = "_lost" if by_htmx(request) and request.method not in READING else "lost"
    context = {"key": key, "why": why, "section": "cases"}
    return render(request, f"patients/editor/{template}.html", context, status=CONFLICT)
