"""The words of an image saved, unless somebody else changed them since they were shown."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from patients.actions import images
from patients.actions.edits.log import lock
from patients.editor.rows import token_of
from patients.models import FindingImage


class ChangedMeanwhileError(Exception):
    """`now` is the image with the words that somebody else gave it."""

    def __init__(self, now: FindingImage) -> None:
        credit = f", credit “{now.credit}”" if now.credit else ", without credit"
        super().__init__(
            f"Somebody else changed the words meanwhile. They are now “{now.caption}”{credit}. "
            "What you typed is below and not saved: save again to replace theirs."
        )
        self.now = now


@transaction.atomic
def save_words(*, image: FindingImage, caption: str, credit: str, token: str, by: Any) -> None:
    """`token` is that of the image as it was shown. Raises ChangedMeanwhileError, and what
    `images.describe` raises."""
    lock(image.case_id)
    now = FindingImage.objects.select_related("case").filter(pk=image.pk).first()
    if now is None:
        raise ValidationError(images.GONE)
    if token_of(now.case, now) != token:
        raise ChangedMeanwhileError(now)
    images.describe(image=now, caption=caption, credit=credit, by=by)
