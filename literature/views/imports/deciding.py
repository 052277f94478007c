"""What a person does with an import that was read: decide, mend, bring in, throw away, undo."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from literature.actions import imports
from literature.forms import RecordForm
from literature.import_presenters import plan_token
from literature.importing import plan
from literature.models import Import, ImportRow, ImportState, Verdict
from literature.views.imports.access import NOTHING_HERE, for_those_who_add, import_or_404
from literature.views.imports.pages import MEND, preview_response, report_response

CHANGED = (
    "Your decisions are saved. They change what will happen, so it is said anew below: look, and "
    "press the button again."
)


@require_POST
@for_those_who_add
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Saves the decisions of one page; `do` says what comes after."""
    imported = import_or_404(public_id, request.user)
    try:
        imports.decide(imported=imported, decisions=_decisions(request), by=request.user)
    except ValidationError as error:
        return _refused(request, imported, error)
    if request.POST.get("mend", "").isdecimal():
        return _to_row(request, imported, int(request.POST["mend"]))
    if request.POST.get("do") == "save":
        return _save(request, imported)
    messages.success(request, "Decisions saved.")
    further = 1 if request.POST.get("do") == "next" else 0
    return redirect(_address(request, imported, further))


def _decisions(request: HttpRequest) -> dict[int, str]:
    """By position of the row, as the radio buttons name them; what is no row is left out."""
    found = {}
    for name, value in request.POST.items():
        prefix, _, position = name.partition("-")
        if prefix == "decision" and position.isdecimal() and len(position) < 10:
            found[int(position)] = str(value)
    return found


def _save(request: HttpRequest, imported: Import) -> HttpResponse:
    """Brings in, unless the decisions just saved make it something else than the button said."""
    if request.POST.get("plan") != plan_token(plan(imported)):
        messages.warning(request, CHANGED)
        return redirect(f"{_address(request, imported)}#bring-in")
    try:
        imports.save(imported=imported, by=request.user)
    except ValidationError as error:
        return _refused(request, imported, error)
    return redirect(imported)


def _refused(request: HttpRequest, imported: Import, error: ValidationError) -> HttpResponse:
    imported.refresh_from_db()
    if imported.state != ImportState.READY:
        for message in error.messages:
            messages.error(request, message)
        return redirect(imported)
    query = {"verdict": request.POST.get("verdict", ""), "page": request.POST.get("page", "")}
    return preview_response(request, imported, query, refusal=error.messages, status=422)


def _address(request: HttpRequest, imported: Import, further: int = 0) -> str:
    """The page of the preview that the form stood on, or the next one."""
    query = {}
    if request.POST.get("verdict") in Verdict.values:
        query["verdict"] = request.POST["verdict"]
    page = request.POST.get("page", "")
    number = (int(page) if page.isdecimal() and len(page) < 8 else 1) + further
    if number > 1:
        query["page"] = str(number)
    return imported.get_absolute_url() + (f"?{urlencode(query)}" if query else "")


def _to_row(request: HttpRequest, imported: Import, position: int) -> HttpResponse:
    address = _address(request, imported)
    joint = "&" if "?" in address else "?"
    return redirect(f"{address}{joint}mend={position}#row-{position}")


@require_POST
@for_those_who_add
def decide_all(request: HttpRequest, public_id: str) -> HttpResponse:
    """One decision for all probable rows that are still open."""
    imported = import_or_404(public_id, request.user)
    decision = request.POST.get("decision", "")
    try:
        imports.decide_all(
            imported=imported, verdict=Verdict.PROBABLE, decision=decision, by=request.user
        )
    except ValidationError as error:
        return _refused(request, imported, error)
    messages.success(request, "Decided for all that were still open.")
    return redirect(imported)


@require_POST
@for_those_who_add
def mend(request: HttpRequest, public_id: str, position: int) -> HttpResponse:
    """Changes what was read in one row; it is compared with the library anew."""
    imported = import_or_404(public_id, request.user)
    row = imported.rows.filter(position=position).first()
    if row is None:
        raise Http404(NOTHING_HERE)
    form = RecordForm(request.POST, known=row.csl, prefix=MEND)
    if not form.is_valid():
        return _mend_again(request, imported, row, form)
    try:
        imports.mend_row(row=row, csl=form.csl, by=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return _mend_again(request, imported, row, form)
    messages.success(request, f"Row {position} is mended.")
    return redirect(f"{_address(request, imported)}#row-{position}")


def _mend_again(
    request: HttpRequest, imported: Import, row: ImportRow, form: RecordForm
) -> HttpResponse:
    query = {"verdict": request.POST.get("verdict", ""), "page": request.POST.get("page", "")}
    return preview_response(request, imported, query, mending=(row.position, form), status=422)


@require_POST
@for_those_who_add
def cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    imported = import_or_404(public_id, request.user)
    try:
        imports.cancel(imported=imported, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(imported)


@require_POST
@for_those_who_add
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    imported = import_or_404(public_id, request.user)
    try:
        imports.undo(imported=imported, by=request.user)
    except ValidationError as error:
        imported.refresh_from_db()
        if imported.state == ImportState.DONE:
            return report_response(request, imported, refusal=error.messages, status=409)
        messages.error(request, " ".join(error.messages))
        return redirect(imported)
    imported.refresh_from_db()
    if imported.state == ImportState.UNDONE:
        messages.success(request, "Undone: what this import added is taken away again.")
    return redirect(imported)
