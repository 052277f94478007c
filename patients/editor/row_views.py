"""One row: its form, saved, previewed, moved, removed; and the lists it is filled in from."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from patients.actions import edits
from patients.editor import lookups, rows
from patients.editor.access import NOTHING_HERE, by_htmx, for_editors, whole_case
from patients.editor.forms import short_name
from patients.editor.forms.fields import MAX_TYPED
from patients.editor.lines import Line, lines_of
from patients.editor.opening import (
    OpenForm,
    around,
    open_new,
    open_row,
    posted_place,
    takes_along,
)
from patients.editor.page import EditPage, messages_of
from patients.editor.preview import preview_of, preview_typed
from patients.editor.rendering import CONFLICT, REFUSED, page_response, parts_response, to_page
from patients.editor.rows import Place
from patients.editor.saving import Outcome, save_typed
from patients.models import Case
from patients.vocabulary import TermKind


@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def row(request: HttpRequest, accession: str, kind: str, public_id: str) -> HttpResponse:
    """The form of one row; posted, it is saved."""
    case = whole_case(accession, request.user)
    if request.method == "POST":
        return _save(request, case, posted_place(kind, public_id, request.POST))
    found = rows.find(case, kind, public_id)
    if found is None:
        raise Http404(NOTHING_HERE)
    return _form_response(request, open_row(case, found))


@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def summary(request: HttpRequest, accession: str) -> HttpResponse:
    """The form of the case itself and of its patient."""
    case = whole_case(accession, request.user)
    if request.method == "POST":
        return _save(request, case, Place("case", accession))
    return _form_response(request, open_row(case, case))


@gzip_page
@require_safe
@for_editors
def new(request: HttpRequest, accession: str) -> HttpResponse:
    """An empty form, `?kind=finding&on=event-ID`, as a row of its own."""
    case = whole_case(accession, request.user)
    kind = request.GET.get("kind", "")
    if not by_htmx(request):
        return page_response(
            request, EditPage(case, request.user), open_new(case, kind, request.GET)
        )
    return parts_response(request, "_new_row", {"opened": open_new(case, kind, request.GET)})


def _form_response(request: HttpRequest, opened: OpenForm) -> HttpResponse:
    if not by_htmx(request):
        return to_page(opened.case, opened.key)
    return parts_response(request, "_form", {"opened": opened})


def _save(request: HttpRequest, case: Case, place: Place) -> HttpResponse:
    if request.POST.get("do") == "preview" and place.kind == "event":
        return _previewed_page(request, case, place)
    # The rows as they are now, to tell afterwards which lines have changed.
    before = lines_of(case) if by_htmx(request) else None
    try:
        outcome = save_typed(case=case, place=place, posted=request.POST, by=request.user)
    except LookupError as error:
        return _lost(request, place, str(error.args[0]))
    if not outcome.was_saved:
        return _refused(request, place, outcome)
    if before is None:
        messages.success(request, "Saved.")
        return to_page(case, place.key)
    return _saved(request, place, before, outcome)


def _saved(
    request: HttpRequest, place: Place, before: dict[str, Line], outcome: Outcome
) -> HttpResponse:
    case = whole_case(outcome.case.accession, request.user)
    on = place.parent_id if place.parent_kind == "event" else ""
    page = EditPage(case, request.user, highlight=place.id if place.kind == "event" else on)
    found = case if place.kind == "case" else rows.find(case, place.kind, place.id)
    opened = open_row(case, found)
    context = {
        "page": page,
        "figure": page.figure,
        "opened": opened,
        "changed": [line for key, line in page.lines.flat().items() if before.get(key) != line],
        # Its fields, or what can be done to it, are others now.
        "renewed": _changes_category(before, place, found),
        "parent_along": takes_along(case, rows.find(case, place.parent_kind, place.parent_id))
        if place.parent_id
        else "",
        "preview": preview_of(outcome.form) if place.kind == "event" else None,  # type: ignore[arg-type]
    }
    return parts_response(request, "_saved", context)


def _changes_category(before: dict[str, Line], place: Place, found: Any) -> bool:
    was = before.get(place.key)
    return place.kind == "event" and was is not None and was.category != found.category


def _refused(request: HttpRequest, place: Place, outcome: Outcome) -> HttpResponse:
    status = CONFLICT if outcome.conflict else REFUSED
    opened = around(
        outcome.case,
        outcome.row,
        place,
        outcome.form,
        token=request.POST.get("token", ""),
        is_new=outcome.row.pk in (None, -1),
        conflict=outcome.conflict,
        preview=preview_of(outcome.form) if place.kind == "event" else None,  # type: ignore[arg-type]
    )
    if by_htmx(request):
        return parts_response(request, "_refused", {"opened": opened}, status=status)
    page = EditPage(whole_case(outcome.case.accession, request.user), request.user)
    return page_response(request, page, opened, status=status)


def _lost(request: HttpRequest, place: Place, why: str) -> HttpResponse:
    """Nothing can be saved here any more; what was typed stays in the browser's form."""
    context = {"key": place.key, "why": why}
    template = "_lost" if by_htmx(request) else "lost"
    return parts_response(request, template, context, status=CONFLICT)


def _previewed_page(request: HttpRequest, case: Case, place: Place) -> HttpResponse:
    try:
        shown = preview_typed(case, place, request.POST)
    except LookupError as error:
        return _lost(request, place, str(error.args[0]))
    opened = around(
        shown.form.case,
        shown.form.instance,
        place,
        shown.form,
        token=request.POST.get("token", ""),
        is_new=shown.form.instance.pk == -1,
        preview=shown.preview,
    )
    page = EditPage(whole_case(case.accession, request.user), request.user)
    return page_response(request, page, opened, figure=shown.figure)


@gzip_page
@require_POST
@for_editors
def preview(request: HttpRequest, accession: str, kind: str, public_id: str) -> HttpResponse:
    """How the typed time is understood. Posted, though it writes nothing: a query string would
    put the date of day 0 into histories and logs."""
    case = whole_case(accession, request.user)
    if kind != "event":
        raise Http404(NOTHING_HERE)
    place = posted_place(kind, public_id, request.POST)
    try:
        shown = preview_typed(case, place, request.POST)
    except LookupError as error:
        return _lost(request, place, str(error.args[0]))
    context = {"preview": shown.preview, "key": place.key, "figure": shown.figure}
    return parts_response(request, "_previewed", context)


@require_POST
@for_editors
def move(request: HttpRequest, accession: str, kind: str, public_id: str) -> HttpResponse:
    """One place up or down among the rows that stand on the same."""
    case = whole_case(accession, request.user)
    found = rows.find(case, kind, public_id)
    if found is None:
        raise Http404(NOTHING_HERE)
    beside = [other.pk for other in rows.siblings(case, found)]
    to = beside.index(found.pk) + (-1 if request.POST.get("to") == "up" else 1)
    if not 0 <= to < len(beside):
        messages.info(request, f"It is {'first' if to < 0 else 'last'} already.")
        return to_page(case, f"{kind}-{public_id}")
    try:
        edits.move_part(row=found, to=to, by=request.user)
    except ValidationError as error:  # others have moved or removed rows meanwhile
        messages.error(request, f"Not moved. {messages_of(error)}")
    return to_page(case, f"{kind}-{public_id}")


@require_POST
@for_editors
def remove(request: HttpRequest, accession: str, kind: str, public_id: str) -> HttpResponse:
    case = whole_case(accession, request.user)
    found = rows.find(case, kind, public_id)
    if found is None:
        return to_page(case)
    name, along = short_name(found), takes_along(case, found)
    words = f"Removed {name}{f' with {along}' if along else ''}"
    beside = rows.siblings(case, found)
    at = beside.index(found)
    nearest = next((row.public_id for row in (*beside[at + 1 :], *beside[:at][::-1])), "")
    try:
        edits.remove_part(row=found, words=words, by=request.user)
    except ValidationError as error:
        messages.error(request, f"Not removed. {messages_of(error)}")
        return to_page(case, f"{kind}-{public_id}")
    messages.success(request, f"{words}.", extra_tags="undo")
    return to_page(case, f"{kind}-{nearest}" if nearest else "", closed=True)


@require_safe
@for_editors
def terms(request: HttpRequest, accession: str) -> HttpResponse:
    """Options for a term field, by what is typed so far."""
    kinds = tuple(kind for kind in TermKind if kind in request.GET.get("kinds", "").split(","))
    found = lookups.terms_like(_asked(request), kinds)
    return parts_response(request, "_options", {"options": [term.display for term in found]})


@require_safe
@for_editors
def references(request: HttpRequest, accession: str) -> HttpResponse:
    """Options for the field of a study, by what is typed so far."""
    found = lookups.references_like(_asked(request))
    options = [lookups.reference_words(row) for row in found]
    return parts_response(request, "_options", {"options": options})


def _asked(request: HttpRequest) -> str:
    typed = request.GET.get(request.GET.get("field", "q"), "")
    return typed.replace("\x00", "")[:MAX_TYPED]
