"""Images on findings: attached, described, moved and removed as edits of the record; confirmed by
somebody who looked at them."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from patients.actions import cases, edits, naming, prepared_answers
from patients.actions.edits.steps import name_of
from patients.images import process, storing
from patients.images.model import Decoded
from patients.images.refusals import refuse_length
from patients.models import Case, CaseEdit, FindingImage, ImageFile, ImagingFinding

GONE: Final = "This image has been removed meanwhile."
DESTROYED: Final = "This image was removed to protect somebody's privacy."
ATTACHING: Final = "Attaching images, and changing and removing them, is for curators."
CONFIRMING: Final = "Confirming that an image identifies nobody is for curators."


def attach(
    *,
    finding: ImagingFinding,
    upload: Any,
    caption: str,
    credit: str,
    by: Any,
    frame: int | None = None,
) -> FindingImage:
    """Reads the picture in `upload` (a binary file with `size` in bytes), stores it made anew, and
    puts it last on the finding; `frame`, from 1, where the file holds several.

    Call it outside of a transaction: reading takes seconds. Raises PermissionDenied,
    ValidationError by field, and RefusedError and its kinds, each before anything is stored.
    """
    _refuse_unless(by, "patients.attach_image", ATTACHING)
    image = FindingImage(case_id=finding.case_id, finding=finding)
    image.caption, image.credit = caption.strip(), credit.strip()
    image.full_clean(exclude=["file"])
    refuse_length(upload.size)
    upload.seek(0)
    made = process.decode(upload.read(), frame=frame, seconds=settings.IMAGE_SECONDS)
    name = storing.keep(made)
    try:
        return _add(image, made, name, by)
    except BaseException:
        storing.throw_away(name)
        raise


@transaction.atomic
def _add(image: FindingImage, made: Decoded, name: str, by: Any) -> FindingImage:
    case = cases.lock(image.case)
    image.file = ImageFile.objects.create(
        case=case,
        public_id=image.public_id,
        name=name,
        **{field: getattr(made, field) for field in _FACTS},
    )
    image.position = FindingImage.objects.filter(finding=image.finding_id).count()
    words = f"Attached {name_of(image)}"
    edits.save_rows(case=case, rows=[image], words=words, by=by)
    return image


_FACTS: Final = (
    "came_as", "ending", "width", "height", "small_width", "small_height", "size", "sha256",
    "says_burned_in",
)  # fmt: skip


def describe(*, image: FindingImage, caption: str, credit: str, by: Any) -> FindingImage:
    """Says anew what it shows and whose it is. Raises PermissionDenied, and ValidationError by
    field."""
    _refuse_unless(by, "patients.attach_image", ATTACHING)
    image.caption, image.credit = caption.strip(), credit.strip()
    words = f"Described {name_of(image)}"
    edits.save_rows(case=image.case, rows=[image], words=words, by=by)
    return image


def move(*, image: FindingImage, to: int, by: Any) -> CaseEdit | None:
    """Places it at index `to`, from 0, among the images of its finding. Raises PermissionDenied,
    and ValidationError where there is no such place."""
    _refuse_unless(by, "patients.attach_image", ATTACHING)
    return edits.move_part(row=image, to=to, by=by)


def remove(*, image: FindingImage, by: Any) -> CaseEdit:
    """Takes it off its finding; that can be undone. Published versions keep it. Raises
    PermissionDenied, and ValidationError where it is gone already."""
    _refuse_unless(by, "patients.attach_image", ATTACHING)
    return edits.remove_part(row=image, words=f"Removed {name_of(image)}", by=by)


def confirm(*, image: FindingImage, by: Any) -> ImageFile:
    """That `by` looked at every part of it and saw no text in its pixels and no face that says who
    the patient is. What was confirmed already stays as it is.

    Raises PermissionDenied, and ValidationError where there is nothing to look at any more.
    """
    _refuse_unless(by, "patients.confirm_image", CONFIRMING)
    return _confirm(image, by)


def take_back(*, image: FindingImage, by: Any) -> ImageFile:
    """It is not confirmed any more, and so hidden from readers at once, in every version. Raises as
    `confirm` does."""
    _refuse_unless(by, "patients.confirm_image", CONFIRMING)
    return _confirm(image, None)


@transaction.atomic
def _confirm(image: FindingImage, by: Any) -> ImageFile:
    """`by` is None where it is taken back."""
    Case.objects.select_for_update().get(pk=image.case_id)  # publishing looks at it, locked
    file = ImageFile.objects.select_for_update(of=("self",)).filter(images=image.pk).first()
    if file is None:
        raise ValidationError(GONE)
    if file.purged_at is not None:
        raise ValidationError(DESTROYED)
    if (file.confirmed_at is None) == (by is not None):
        naming.take_away()  # pages that are being made name it, or do not, by what was so far
        prepared_answers.forget(cases=[image.case_id])
        file.confirmed_at = timezone.now() if by is not None else None
        file.confirmed_by = by
        file.save(update_fields=["confirmed_at", "confirmed_by"])
    return file


def _refuse_unless(by: Any, permission: str, words: str) -> None:
    if not by.has_perm(permission):
        raise PermissionDenied(words)
