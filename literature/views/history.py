"""The history of a reference with all its parts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from literature.actions.reverting import revert
from literature.history.pages import SEE, TAKE_BACK, Subject, show_history, take_back
from literature.history.reading import changes_of
from literature.models import Reference
from literature.views.access import needs


@require_safe
@needs(SEE)
def reference_history(request: HttpRequest, public_id: str) -> HttpResponse:
    return show_history(request, _subject(request, public_id))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(SEE)
@needs(TAKE_BACK)
def reference_take_back(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    return take_back(request, _subject(request, public_id), number)


def _subject(request: HttpRequest, public_id: str) -> Subject:
    reference = get_object_or_404(Reference, public_id=public_id)
    return Subject(
        title=reference.title,
        section="references",
        home=("References", reverse("literature:reference-list")),
        name=reference.public_id,
        url=reference.get_absolute_url(),
        history_url=reverse("literature:reference-history", args=[public_id]),
        changes=changes_of([(Reference._meta.db_table, reference.pk)]),
        revert=lambda changes, reason: revert(
            reference=reference, changes=changes, reason=reason, by=request.user
        ),
    )
