"""The page of identifying text: what was found, what was cleared and why."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from patients.actions import clearing
from patients.editor.access import NOTHING_HERE, for_editors, whole_case
from patients.identifying_page import IdentifyingPage, Typed
from patients.models import Case

REASON = "reason-"
NO_REASONS = "Write a reason beside at least one finding."


@gzip_page
@require_safe
@for_editors
def identifying(request: HttpRequest, accession: str) -> HttpResponse:
    return _page(request, whole_case(accession, request.user))


@gzip_page
@require_POST
@for_editors
def clear(request: HttpRequest, accession: str) -> HttpResponse:
    """Clears the finding `only`, or without it all that have a reason."""
    case = whole_case(accession, request.user)
    _require_permission(request)
    typed = {
        name.removeprefix(REASON): str(value)
        for name, value in request.POST.items()
        if name.startswith(REASON)
    }
    only = request.POST.get("only", "")
    asked = {only: typed.get(only, "")} if only else _with_reason(typed)
    if not asked:
        return _page(request, case, Typed(typed, {"": NO_REASONS}), status=422)
    try:
        made = clearing.clear(case=case, reasons=asked, by=request.user)
    except ValidationError as error:
        errors = {key: " ".join(words) for key, words in error.message_dict.items()}
        return _page(request, case, Typed(typed, errors), status=422)
    messages.success(request, _cleared_words(len(made)))
    return redirect("patients:identifying", accession)


@require_POST
@for_editors
def take_back(request: HttpRequest, accession: str, public_id: str) -> HttpResponse:
    case = whole_case(accession, request.user)
    _require_permission(request)
    row = case.clearings.filter(public_id=public_id).first()
    if row is None:
        raise Http404(NOTHING_HERE)
    try:
        clearing.take_back(clearing=row, by=request.user)
        messages.success(request, "Taken back: it waits to be looked at again.")
    except ValidationError as error:
        messages.info(request, " ".join(error.messages))
    return redirect("patients:identifying", accession)


def _require_permission(request: HttpRequest) -> None:
    if not request.user.has_perm("patients.clear_finding"):
        raise PermissionDenied


def _with_reason(typed: dict[str, str]) -> dict[str, str]:
    return {key: reason for key, reason in typed.items() if reason.strip()}


def _cleared_words(count: int) -> str:
    if count == 0:
        return "Cleared already, by somebody else."
    return "Cleared." if count == 1 else f"{count} findings cleared."


def _page(
    request: HttpRequest, case: Case, typed: Typed | None = None, *, status: int = 200
) -> HttpResponse:
    context = {"section": "cases", "page": IdentifyingPage(case, request.user, typed)}
    return render(request, "patients/identifying/page.html", context, status=status)
