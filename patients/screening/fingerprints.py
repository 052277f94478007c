"""What a clearing is bound to: the words found, where they stand and the words around them.

So a clearing does not reach another occurrence, and a change close by needs a new look.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from patients.screening.model import Finding, Hit, Place
from patients.screening.texts import FreeText

AROUND = 24
"""Characters on each side that a clearing is bound to."""
SHOWN_AROUND = 60
"""Characters on each side that people are shown."""
LONGEST_CUT = 15
"""Characters of a word that is left out rather than cut; there are none in Chinese."""


def findings_in(source: FreeText, hits: Iterable[Hit]) -> list[Finding]:
    """The hits of one text, each with a fingerprint of its own."""
    seen: Counter[str] = Counter()
    found = []
    for hit in hits:
        told = _told(source.place, source.text, hit)
        found.append(
            Finding(
                kind=hit.kind,
                rule=hit.rule,
                place=source.place,
                before=_before(source.text, hit.start),
                text=source.text[hit.start : hit.end],
                after=_after(source.text, hit.end),
                # Words that stand twice among the same words are told apart by their order.
                fingerprint=hashlib.sha256(f"{told}\0{seen[told]}".encode()).hexdigest(),
            )
        )
        seen[told] += 1
    return found


def _told(place: Place, text: str, hit: Hit) -> str:
    before = text[max(0, hit.start - AROUND) : hit.start]
    after = text[hit.end : hit.end + AROUND]
    return "\0".join([
        place.kind, place.id, place.field, hit.kind, before, text[hit.start : hit.end], after,
    ])  # fmt: skip


def _before(text: str, start: int) -> str:
    words = text[max(0, start - SHOWN_AROUND) : start]
    if start <= SHOWN_AROUND:
        return words
    cut = words.find(" ", 0, LONGEST_CUT)
    return f"…{words[cut + 1 :]}"


def _after(text: str, end: int) -> str:
    words = text[end : end + SHOWN_AROUND]
    if end + SHOWN_AROUND >= len(text):
        return words
    cut = words.rfind(" ", SHOWN_AROUND - LONGEST_CUT)
    return f"{words[:cut] if cut > 0 else words}…"
