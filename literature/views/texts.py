"""The texts of a reference: added by those who may, removed by curators."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from literature import presenters
from literature.actions.texts import add_text, remove_text
from literature.forms.texts import MAX_FILE, TextForm
from literature.licences import Shown
from literature.models import Reference, SourceText
from literature.views.access import needs

BESIDE_THE_FILE: Final = 1024 * 1024
TOO_LARGE: Final = (
    "This is too much at once, and was not read. The box takes about a million characters, and a "
    "file 10 MB: bring a long text as a file."
)


# The check of the form's token reads the body, so it comes after that of the length.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@needs("literature.add_sourcetext")
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    reference = get_object_or_404(Reference.objects.defer("search"), public_id=public_id)
    if request.method != "POST":
        return _page(request, reference, TextForm())
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > MAX_FILE + BESIDE_THE_FILE:
        return _page(request, reference, TextForm(), refusal=TOO_LARGE, status=413)
    try:
        return _add(request, reference)
    except RequestDataTooBig:
        return _page(request, reference, TextForm(), refusal=TOO_LARGE, status=413)


@csrf_protect
def _add(request: HttpRequest, reference: Reference) -> HttpResponse:
    form = TextForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            text = add_text(text=form.text_row(reference), by=request.user)
        except ValidationError as error:
            _tell(form, error)
        else:
            shown = "readers see it" if text.is_shown else "it is held for checking quotes"
            messages.success(request, f"Added: {text}; {shown}.")
            return redirect(f"{reference.get_absolute_url()}#texts")
    return _page(request, reference, form, status=422)


def _tell(form: TextForm, error: ValidationError) -> None:
    """Each refusal beside its field."""
    for name, told in error.message_dict.items():
        field = name if name in form.fields else None
        for message in told:
            form.add_error(field, message)


def _page(
    request: HttpRequest,
    reference: Reference,
    form: TextForm,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "section": "references",
        "reference": reference,
        "form": form,
        "refusal": refusal,
    }
    return render(request, "literature/texts/add.html", context, status=status)


@gzip_page
@require_safe
def detail(request: HttpRequest, public_id: str, depth: str, language: str) -> HttpResponse:
    """A text that may be shown, whole. One that is held alone is not told from one that is not."""
    text = _text_or_404(public_id, depth, language, shown_as=Shown.FULL)
    context = {
        "section": "references",
        "text": text,
        "reference": text.reference,
        "paragraphs": presenters.paragraphs(text.text),
    }
    return render(request, "literature/texts/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("literature.delete_sourcetext")
def remove(request: HttpRequest, public_id: str, depth: str, language: str) -> HttpResponse:
    """Asks first; posted, the text is removed."""
    text = _text_or_404(public_id, depth, language)
    if request.method == "POST":
        told, reference = str(text), text.reference
        remove_text(text=text, by=request.user)
        messages.success(request, f"Removed: {told}. The quotes that it decided were checked anew.")
        return redirect(reference)
    context = {"section": "references", "text": text, "reference": text.reference}
    return render(request, "literature/texts/remove.html", context)


def _text_or_404(public_id: str, depth: str, language: str, **more: Any) -> SourceText:
    texts = SourceText.objects.select_related("reference").defer("sought", "reference__search")
    named = {"reference__public_id": public_id, "depth": depth, "language": language}
    found: SourceText = get_object_or_404(texts, **named, **more)
    return found
