"""Attaching pictures to findings, confirming that they identify nobody, taking them away."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST

from patients.actions import images
from patients.editor.access import NOTHING_HERE, View, guarded, whole_case
from patients.editor.rows import token_of
from patients.images.limits import BESIDE_THE_FILE, MAX_UPLOAD
from patients.images.refusals import TOO_MUCH, FrameNeededError, RefusedError
from patients.models import FindingImage, ImagingFinding
from patients.picture_edit_page import AttachPage, PicturePage
from patients.picture_forms import AttachForm, ConfirmForm
from patients.picture_page import may_attach
from patients.picture_saving import ChangedMeanwhileError, save_words

RETRY_AFTER: Final = "10"
"""Seconds."""
BUSY: Final = 503


def for_attachers(view: View) -> View:
    """Others learn nothing: who is not signed in is asked to, and anybody else gets a 404."""
    return guarded(view, lambda user, **kwargs: may_attach(user))


# The check of the form's token reads the body, so it comes after that of the length.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@for_attachers
def attach(request: HttpRequest, accession: str, finding_id: str) -> HttpResponse:
    page = AttachPage(_finding(request, accession, finding_id))
    if request.method != "POST":
        return _attach_page(request, page)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > MAX_UPLOAD + BESIDE_THE_FILE:
        return _attach_page(request, page, refusal=TOO_MUCH, status=413)
    try:
        return _attach(request, page)
    except RequestDataTooBig:
        return _attach_page(request, page, refusal=TOO_MUCH, status=413)


@csrf_protect
def _attach(request: HttpRequest, page: AttachPage) -> HttpResponse:
    form = page.form = AttachForm(request.POST, request.FILES)
    status = 422
    if form.is_valid():
        try:
            image = images.attach(finding=page.finding, by=request.user, **form.cleaned_data)
        except FrameNeededError as error:
            form.add_error("frame", str(error))
        except RefusedError as error:
            form.add_error("upload", str(error))
            status = error.status
        except ValidationError as error:
            form.adopt(error)
        else:
            messages.success(request, "Attached. Look at it closely before readers can see it.")
            return redirect("patients:image-edit", page.case.accession, image.public_id)
    return _attach_page(request, page, status=status)


def _attach_page(
    request: HttpRequest, page: AttachPage, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {"section": "cases", "page": page, "refusal": refusal}
    response = render(request, "patients/images/attach.html", context, status=status)
    if status == BUSY:
        response["Retry-After"] = RETRY_AFTER
    return response


@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
@for_attachers
def edit(request: HttpRequest, accession: str, image_id: str) -> HttpResponse:
    """The picture whole, what is said of it, and what is to be confirmed; posted, the words."""
    page = _picture_page(request, accession, image_id)
    if request.method == "POST":
        page.words = page.words_form(request.POST)
        if page.words.is_valid():
            try:
                save_words(
                    image=page.image, token=request.POST.get("token", ""), by=request.user,
                    **page.words.cleaned_data,
                )  # fmt: skip
            except ChangedMeanwhileError as error:
                page.words.add_error(None, str(error))
                page.token = token_of(page.case, error.now)
                return _page(request, page, status=409)
            except ValidationError as error:
                page.words.adopt(error)
            else:
                messages.success(request, "The words are saved.")
                return redirect("patients:image-edit", accession, image_id)
        return _page(request, page, status=422)
    return _page(request, page)


@gzip_page
@require_POST
@for_attachers
def confirm(request: HttpRequest, accession: str, image_id: str) -> HttpResponse:
    page = _picture_page(request, accession, image_id)
    page.confirm = ConfirmForm(request.POST)
    if not page.confirm.is_valid():
        return _page(request, page, status=422)
    try:
        images.confirm(image=page.image, by=request.user)
    except ValidationError as error:
        page.confirm.add_error(None, error.messages[0])
        return _page(request, page, status=422)
    messages.success(request, "Confirmed: readers see the image once the case is published.")
    return _gallery(accession, image_id)


@require_POST
@for_attachers
def take_back(request: HttpRequest, accession: str, image_id: str) -> HttpResponse:
    image = _image(request, accession, image_id)
    try:
        images.take_back(image=image, by=request.user)
    except ValidationError as error:
        return _not_done(request, accession, error)
    messages.success(request, "Taken back: nobody but editors sees the image now.")
    return redirect("patients:image-edit", accession, image_id)


@require_POST
@for_attachers
def move(request: HttpRequest, accession: str, image_id: str) -> HttpResponse:
    """One place up or down among the pictures of its finding."""
    image = _image(request, accession, image_id)
    step = {"up": -1, "down": 1}.get(request.POST.get("to", ""))
    if step is None:
        raise Http404(NOTHING_HERE)
    order = list(image.finding.images.values_list("pk", flat=True))
    place = min(max(order.index(image.pk) + step, 0), len(order) - 1)
    try:
        images.move(image=image, to=place, by=request.user)
    except ValidationError as error:
        return _not_done(request, accession, error)
    return _gallery(accession, image_id)


@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
@for_attachers
def remove(request: HttpRequest, accession: str, image_id: str) -> HttpResponse:
    """Asks first; posted, the picture is taken off its finding."""
    page = _picture_page(request, accession, image_id)
    if request.method == "POST":
        try:
            images.remove(image=page.image, by=request.user)
        except ValidationError as error:
            return _not_done(request, accession, error)
        messages.success(request, "Removed from the record. Undo in the editor brings it back.")
        return redirect("patients:case-images", accession)
    return render(request, "patients/images/remove.html", {"section": "cases", "page": page})


def _page(request: HttpRequest, page: PicturePage, *, status: int = 200) -> HttpResponse:
    context = {"section": "cases", "page": page}
    return render(request, "patients/images/edit.html", context, status=status)


def _not_done(request: HttpRequest, accession: str, error: ValidationError) -> HttpResponse:
    """Somebody else did something to it meanwhile: the images as they are now say what."""
    messages.error(request, " ".join(error.messages))
    return redirect("patients:case-images", accession)


def _gallery(accession: str, image_id: str) -> HttpResponse:
    return redirect(f"{reverse('patients:case-images', args=[accession])}#image-{image_id}")


def _finding(request: HttpRequest, accession: str, public_id: str) -> ImagingFinding:
    """Raises Http404."""
    rows = ImagingFinding.objects.visible_to(request.user).select_related("case", "event", "lesion")
    found: ImagingFinding = _found(rows, accession, public_id)
    return found


def _image(request: HttpRequest, accession: str, public_id: str) -> FindingImage:
    """Raises Http404."""
    rows = FindingImage.objects.visible_to(request.user)
    found: FindingImage = _found(rows.select_related("case", "finding"), accession, public_id)
    return found


def _found(rows: Any, accession: str, public_id: str) -> Any:
    row = rows.filter(case__accession=accession, public_id=public_id).first()
    if row is None:
        raise Http404(NOTHING_HERE)
    return row


def _picture_page(request: HttpRequest, accession: str, public_id: str) -> PicturePage:
    """Raises Http404."""
    case = whole_case(accession, request.user)
    images = {row.public_id: row for row in case.findingimages.all()}
    if public_id not in images:
        raise Http404(NOTHING_HERE)
    return PicturePage(case, images[public_id])
