"""Whether quotes stand in the texts that the library holds: of the work they name, or of another.

A summary is ours and no source, so no quote is looked for in it. A text is read only where its
bare letters hold those of the quote (`literature.quotes.letters`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from literature.models import Reference, SourceText
from literature.models.source_text import Depth
from literature.quotes import Quote, find_quote
from literature.quotes.find import Searched
from literature.quotes.letters import sought
from literature.quotes.states import QuoteState

MAX_CANDIDATES: Final = 20
"""Other texts that hold the letters of a quote. Words that more of them hold are a common phrase,
and name no work."""
MIN_SOUGHT: Final = 6
"""Bare letters that the longest part of a quote needs to be looked for by the index."""
MAX_SOUGHT: Final = 60
"""Of the letters of a part, those that the index looks for. More find no fewer texts, and take
longer; what they find is compared with all of them."""
TEXTS_AT_ONCE: Final = 20


@dataclass(frozen=True, slots=True)
class Claim:
    """That `reference` (a primary key) says these words, perhaps in its abstract or full text."""

    reference: int
    quote: str
    depth: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a claim. `offset` counts the characters of the text before the quote."""

    state: QuoteState
    text: SourceText | None = None
    """Without its words; they come with a query."""
    offset: int | None = None
    other: Reference | None = None
    """The work that says it, where that is not the one named."""


def check_quotes(claims: Sequence[Claim]) -> list[Verdict]:
    """A verdict on each claim, in order. One query for all texts of the works named, one for each
    quote that they do not hold, and one for the words of each text that may hold one."""
    found: dict[int, Verdict] = {}
    held: set[int] = set()
    by_reference: dict[int, list[int]] = defaultdict(list)
    for number, claim in enumerate(claims):
        by_reference[claim.reference].append(number)
    quotes = [Quote(claim.quote) for claim in claims]
    for text in _own_texts(list(by_reference)):
        held.add(text.reference_id)
        likely = [
            number
            for number in by_reference[text.reference_id]
            if all(part in text.sought for part in _letters(quotes[number]))
            and _better(text, found.get(number), claims[number].depth)
        ]
        searched = Searched(text.text) if likely else None  # its words come with a query
        for number in likely:
            place = find_quote(quotes[number], searched) if searched else None
            if place is not None:
                found[number] = Verdict(QuoteState.VERIFIED, text, place.start)
    return [
        found.get(number) or _elsewhere(quotes[number], claim, claim.reference in held)
        for number, claim in enumerate(claims)
    ]


def holds_any(text: SourceText, quotes: Sequence[str]) -> list[int]:
    """The places in `quotes` of those that may stand in `text`, by their bare letters."""
    letters = SourceText.objects.values_list("sought", flat=True).get(pk=text.pk)
    return [
        number
        for number, quote in enumerate(quotes)
        if all(part in letters for part in _letters(Quote(quote)))
    ]


def source_texts() -> QuerySet[SourceText]:
    """The texts that a quote may be found in."""
    found: QuerySet[SourceText] = SourceText.objects.exclude(depth=Depth.SUMMARY)
    return found


def _own_texts(references: list[int]) -> Iterator[SourceText]:
    """With their bare letters, a few at a time: they may be long."""
    texts = SourceText._base_manager.exclude(depth=Depth.SUMMARY)
    rows = texts.filter(reference__in=references).defer("text").order_by("reference_id", "pk")
    return rows.iterator(chunk_size=TEXTS_AT_ONCE)


def _better(text: SourceText, known: Verdict | None, depth: str) -> bool:
    """Whether finding the quote in `text` would say more than `known`: the depth that the citation
    names comes first, then the abstract."""
    if known is None or known.text is None:
        return True
    order = [depth, Depth.ABSTRACT.value, Depth.FULL_TEXT.value]
    return order.index(text.depth) < order.index(known.text.depth)


def _letters(quote: Quote) -> list[str]:
    return [sought(part) for part in quote.parts]


def _elsewhere(quote: Quote, claim: Claim, is_held: bool) -> Verdict:
    for text in _candidates(quote, claim.reference):
        found = find_quote(quote, Searched(text.text))
        if found is not None:
            return Verdict(QuoteState.ELSEWHERE, text, found.start, text.reference)
    return Verdict(QuoteState.NOT_FOUND if is_held else QuoteState.NO_TEXT)


def _candidates(quote: Quote, but: int) -> list[SourceText]:
    """Texts of other works that hold the bare letters of every part. One query at most."""
    letters = _letters(quote)
    if not quote.is_distinct or max(map(len, letters), default=0) < MIN_SOUGHT:
        return []
    texts = source_texts().exclude(reference=but).select_related("reference")
    for part in letters:
        texts = texts.filter(sought__contains=part[:MAX_SOUGHT])
        if len(part) > MAX_SOUGHT:
            texts = texts.filter(GreaterThan(StrIndex("sought", Value(part)), 0))
    # Without an order, the database stops at the first that are too many.
    found = list(texts.defer("text", "reference__search").order_by()[: MAX_CANDIDATES + 1])
    return sorted(found, key=lambda text: text.pk) if len(found) <= MAX_CANDIDATES else []
