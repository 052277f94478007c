"""What is known of a quote, and how it is told."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices


class QuoteState(TextChoices):
    VERIFIED = "verified", "Verified"
    ELSEWHERE = "elsewhere", "Found in another reference"
    NOT_FOUND = "not_found", "Not found in the text we hold"
    NO_TEXT = "no_text", "No text held"


_WHERE: Final = {"abstract": "abstract", "full_text": "full text"}


def state_words(state: str, depth: str = "") -> str:
    """`verified in the abstract`, `not found in the text we hold`; empty where nothing is known.

    `depth` is that of the text it was found in. The other reference is named by the caller.
    """
    match state:
        case QuoteState.VERIFIED:
            return f"verified in the {_WHERE.get(depth, 'text')}"
        case QuoteState.ELSEWHERE:
            return "not found in this study, but in another"
        case QuoteState.NOT_FOUND:
            return "not found in the text we hold"
        case QuoteState.NO_TEXT:
            return "no text held"
    return ""
