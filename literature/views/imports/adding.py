"""The page where references come in: a text, a file, or one typed by hand."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any, BinaryIO, Final

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from literature import import_presenters as presenters
from literature import importing, lookup
from literature.actions import imports
from literature.forms import AddForm, RecordForm
from literature.importers.limits import MAX_BYTES
from literature.importers.model import UnreadableError
from literature.models import Import, ImportState, Reference
from literature.public_ids import PUBLIC_ID_RE
from literature.views.imports.access import for_those_who_add, import_or_404

BY_HAND: Final = "typed by hand"
BESIDE_THE_FILE: Final = 2 * 1024 * 1024
"""What a request may hold beside the file: the text box, the options, the marks between them."""


# The check of the form's token reads the body, so it comes after that of the length.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who_add
def add(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, _empty_form(request))
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > MAX_BYTES + BESIDE_THE_FILE:
        return _too_large(request, f"A file may have {MAX_BYTES // 1_000_000} MB at most.")
    try:
        return _add(request)
    except RequestDataTooBig:
        return _too_large(request, "The box takes up to 900 KB of text.")


def _empty_form(request: HttpRequest) -> AddForm:
    """`?attach=ID` names the work whose list is to be pasted, `?again=ID` an import whose text is
    to be corrected and read again. Raises Http404 for an import that this user does not see."""
    initial = {"attach": request.GET.get("attach", "")[:300]}
    if request.GET.get("again"):
        before = import_or_404(request.GET["again"], request.user)
        if presenters.may_read_again(before):
            initial["text"] = b"".join(importing.original_bytes(before)).decode("utf-8", "replace")
        if before.attach_to is not None:
            initial["attach"] = before.attach_to.public_id
    return AddForm(initial=initial)


def _too_large(request: HttpRequest, reason: str) -> HttpResponse:
    refusal = f"This is too much at once, and was not read. {reason}"
    return _page(request, AddForm(), refusal=f"{refusal} Split it into several files.", status=413)


@csrf_protect
def _add(request: HttpRequest) -> HttpResponse:
    form = AddForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        begun = _begin(form, request.user)
    except UnreadableError as error:
        return _unreadable(request, form, str(error))
    if begun.state == ImportState.FAILED:
        return _unreadable(request, form, begun.error)
    return redirect(begun)


def _unreadable(request: HttpRequest, form: AddForm, reason: str) -> HttpResponse:
    form.add_error("file" if form.cleaned_data["file"] else "text", reason)
    return _page(request, form, status=422)


def _begin(form: AddForm, user: Any) -> Import:
    """Raises UnreadableError."""
    data = form.cleaned_data
    uploaded = data["file"]
    source: BinaryIO
    if uploaded:
        source, name, format = uploaded.file, uploaded.name, ""
    else:
        source, name = BytesIO(data["text"].encode()), presenters.PASTED
        format = lookup.IDENTIFIERS.name if lookup.only_identifiers(data["text"]) else ""
    return imports.begin(
        source=source,
        name=name,
        by=user,
        format=format,
        attach_to=data["attach"],
        licence=data["licence"] if data["hold_abstracts"] else "",
    )


@require_POST
@for_those_who_add
def add_by_hand(request: HttpRequest) -> HttpResponse:
    record = RecordForm(request.POST)
    if not record.is_valid():
        return _page(request, AddForm(), record=record, status=422)
    source = BytesIO(json.dumps([record.csl], ensure_ascii=False).encode())
    return redirect(imports.begin(source=source, name=BY_HAND, by=request.user, format="csl-json"))


def _page(
    request: HttpRequest,
    form: AddForm,
    *,
    record: RecordForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    attach = str(form["attach"].value() or "").strip()
    context = {
        "section": "references",
        "form": form,
        "work": Reference.objects.filter(public_id=attach).first()
        if PUBLIC_ID_RE.fullmatch(attach)
        else None,
        "record": record or RecordForm(),
        "record_open": record is not None,
        "refusal": refusal,
        "lookup_off": lookup.why_off(),
    }
    return render(request, "literature/imports/add.html", context, status=status)
