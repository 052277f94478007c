"""What is known of a quote, as pages show it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from literature.quotes.states import state_words


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """`url` and `short` name the other work that holds the quote."""

    state: str
    words: str
    url: str = ""
    short: str = ""


def quote_check(
    state: str, depth: str, found_in: str | None = None, short: str = ""
) -> QuoteCheck | None:
    """None where nothing is known: without a quote, or of before quotes were checked."""
    words = state_words(state, depth)
    if not words:
        return None
    url = reverse("literature:reference-detail", args=[found_in]) if found_in else ""
    return QuoteCheck(state, words, url, short if found_in else "")
