"""Finding a quote in a text, with what was left out of it marked by an ellipsis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from literature.quotes.fold import DASHES, UNSEEN, Folded, fold, folded, is_cjk

MAX_GAP = 2000
"""Folded characters that an ellipsis may stand for: about a page. Words further apart are not one
quote."""
MAX_PARTS = 20
MAX_PLACES = 10_000
"""Of one part in one text: what is repeated more often decides nothing, and would take long."""
MIN_DISTINCT, MIN_DISTINCT_CJK = 12, 6
"""Folded characters, or Chinese, Japanese or Korean ones, that a quote needs before finding it in a
work that it does not name says anything."""

_LETTER_SUPPLIED = re.compile(r"\[(\w)\](?=\w)")
_REMARK = re.compile(r"\[\s*(sic|emphasis added|原文如此)\s*[!]?\s*\]", re.IGNORECASE)
_ELLIPSIS = re.compile(r"[\[(]?\.{3,}[\])]?|⋯+")
_EDGES = " '.,;:!?。，、；：！？"
_COMPOUND_BEFORE = re.compile(rf"\w[{DASHES.replace('—', '')}](\s*\n\s*)?$")
_COMPOUND_AFTER = re.compile(rf"[{DASHES}](\s*\n\s*)?\w")
_SIGN_BEFORE = re.compile(rf"(^|[^\w)\]]\s*)[{DASHES}]$")
_DECIMAL_BEFORE = re.compile(r"(\d[.,·]|(^|[^\w.])[.,·])$")
_DECIMAL_AFTER = re.compile(r"[.,·]\d")
_BESIDE = 12
"""Characters of the original that are looked at on either side of a place."""
_UNSEEN = re.compile(f"[{UNSEEN}]")


class Quote:
    """A quote made ready to be looked for: `parts` are what stands between its ellipses, folded."""

    def __init__(self, quote: str) -> None:
        plain = _LETTER_SUPPLIED.sub(r"\1", _REMARK.sub(" ", quote))
        parts = (part.strip(_EDGES) for part in _ELLIPSIS.split(folded(plain)))
        self.parts = [part for part in parts if any(char.isalnum() for char in part)]

    @property
    def is_distinct(self) -> bool:
        """Whether it is long enough that finding it in another work tells something."""
        words = "".join(self.parts)
        return len(words) >= MIN_DISTINCT or sum(map(is_cjk, words)) >= MIN_DISTINCT_CJK


@dataclass(frozen=True, slots=True)
class Found:
    """A place in the original text, from `start` up to `end`."""

    start: int
    end: int


class Searched:
    """A text that quotes are looked for in: its original is folded once, and only where needed."""

    def __init__(self, original: str, folded_text: str | None = None) -> None:
        self.original = original
        self.folded_text = self.folding.text if folded_text is None else folded_text

    @cached_property
    def folding(self) -> Folded:
        return fold(self.original)

    def places(self, part: str, start: int = 0) -> Iterator[int]:
        """Where `part` begins, in the folded text, as whole words."""
        at = self.folded_text.find(part, start)
        for _ in range(MAX_PLACES):
            if at < 0:
                return
            if self._is_whole(part, at):
                yield at
            at = self.folded_text.find(part, at + 1)

    def _is_whole(self, part: str, at: int) -> bool:
        """Whether no word or number goes on before or after: “ineffective” holds no “effective”."""
        end = at + len(part)
        before, after = self.folded_text[max(0, at - 2) : at], self.folded_text[end : end + 2]
        if _is_clear(before[-1:], part[0]) and _is_clear(part[-1], after[:1]):
            return True
        start, stop = self.folding.origin(at), self.folding.end(end - 1)
        left = _UNSEEN.sub("", self.original[max(0, start - _BESIDE) : start])
        right = _UNSEEN.sub("", self.original[stop : stop + _BESIDE])
        return not (_runs_on_before(left, part[0]) or _runs_on_after(part[-1], right))


def find_quote(quote: Quote, text: Searched) -> Found | None:
    """The first place that holds all parts of `quote` in order; None where there is none."""
    if not quote.parts or len(quote.parts) > MAX_PARTS:
        return None
    if any(part not in text.folded_text for part in quote.parts):
        return None
    chains: list[tuple[int, int]] | None = None
    for part in quote.parts:
        chains = _follow(text, part, chains)
        if not chains:
            return None
    assert chains is not None
    start, end = chains[0]
    return Found(text.folding.origin(start), text.folding.end(end - 1))


def _follow(
    text: Searched, part: str, chains: list[tuple[int, int]] | None
) -> list[tuple[int, int]]:
    """Each way to go on from `chains` (start and end of what is found so far) with `part`."""
    found: list[tuple[int, int]] = []
    nearest = -1
    for at in text.places(part, chains[0][1] if chains else 0):
        if chains is None:
            found.append((at, at + len(part)))
            continue
        while nearest + 1 < len(chains) and chains[nearest + 1][1] <= at:
            nearest += 1
        if at - chains[nearest][1] <= MAX_GAP:
            found.append((chains[nearest][0], at + len(part)))
        elif nearest + 1 == len(chains):
            break
    return found


def _is_clear(left: str, right: str) -> bool:
    """Whether two characters that stand side by side in a folded text part words for certain.

    Digits beside signs are looked at in the original, for the sake of decimals.
    """
    if not left or not right or left == " " or right == " " or is_cjk(left) or is_cjk(right):
        return True
    if left.isdigit() or right.isdigit():
        return False
    return not (left.isalnum() and right.isalnum())


def _runs_on_before(left: str, first: str) -> bool:
    if not left or not first.isalnum() or is_cjk(first) or is_cjk(left[-1]):
        return False
    if left[-1].isalnum() or _COMPOUND_BEFORE.search(left):
        return True
    return first.isdigit() and bool(_SIGN_BEFORE.search(left) or _DECIMAL_BEFORE.search(left))


def _runs_on_after(last: str, right: str) -> bool:
    if not right or not last.isalnum() or is_cjk(last) or is_cjk(right[0]):
        return False
    if right[0].isalnum() or _COMPOUND_AFTER.match(right):
        return True
    return last.isdigit() and _DECIMAL_AFTER.match(right) is not None
