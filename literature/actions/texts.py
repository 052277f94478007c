"""Writes of the texts that the library holds."""

from __future__ import annotations

import re
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from literature.citing import citers
from literature.licences import OWN_WORDS
from literature.models import SourceText
from literature.models.source_text import Depth

HELD_ALREADY: Final = (
    "{depth} in this language is held already. A text is never changed, because quotes are checked "
    "against it: a curator can remove it, and then the corrected one can be added."
)
_BREAKS = re.compile(r"\r\n?|[\u0085\u2028\u2029\x0b\x0c]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LINE_ENDS = re.compile(r"[ \t]+\n")
_EMPTY_LINES = re.compile(r"\n{3,}")


@transaction.atomic
def add_text(*, text: SourceText, by: Any) -> SourceText:
    """Saves a new text, tidied, and checks anew the quotes that it may decide.

    Raises ValidationError by field: `text`, `language`, `depth`, `licence`, `shown_as`, `title`.
    """
    text.text = tidied(text.text)
    text.added_by = by if getattr(by, "pk", None) else None
    if (text.depth == Depth.SUMMARY) != (text.licence == OWN_WORDS):
        raise ValidationError({"licence": f"“{OWN_WORDS}” goes with a summary of ours alone."})
    _refuse_held(text)
    text.full_clean()
    try:
        with transaction.atomic():
            text.save()
    except IntegrityError:
        _refuse_held(text)  # somebody added it since we looked
        raise
    citers().texts_changed(text.reference)
    return text


@transaction.atomic
def remove_text(*, text: SourceText, by: Any) -> None:
    """Deletes a text, and checks anew the quotes that were found in it. `by` is the actor."""
    reference = text.reference
    text.delete()
    citers().texts_changed(reference)


def tidied(text: str) -> str:
    """One kind of line break and no control characters; paragraphs stay as they are."""
    text = _CONTROLS.sub("", _BREAKS.sub("\n", text.removeprefix("\ufeff")))
    return _EMPTY_LINES.sub("\n\n", _LINE_ENDS.sub("\n", text)).strip()


def _refuse_held(text: SourceText) -> None:
    same = SourceText.objects.filter(
        reference=text.reference_id, language=text.language, depth=text.depth
    )
    if same.exists():
        raise ValidationError({"language": HELD_ALREADY.format(depth=text.get_depth_display())})
