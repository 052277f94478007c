"""The passage of a text that comes nearest to a quote that is not in it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

from literature.quotes.fold import CJK, folded

MIN_SHARED = 0.5
"""Of the words of a quote that a passage must hold to be worth showing."""
AROUND = 60
"""Characters shown before and after it, at most."""
MAX_WORDS = 500
MAX_TEXT_WORDS = 500_000
_BROKEN = "(?:\u00ad\\s*|[-\u2010]\\s*\\n\\s*)"
"""Within a word: a hyphen at the end of a line, or one that is not seen."""
_WORD = re.compile(f"[{CJK}]|[^\\W_{CJK}]+(?:{_BROKEN}[^\\W_{CJK}]+)*")
_SENTENCE_END = re.compile(r"[.!?。！？]\s|\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Passage:
    """`pieces` make up the passage in order; the second says whether the quote has it too."""

    start: int
    end: int
    shared: float
    """Of the words of the quote, from 0 to 1."""
    pieces: list[tuple[str, bool]]


def nearest_passage(quote: str, text: str) -> Passage | None:
    """The window of `text` with most words of `quote`; None where none has half of them.

    Linear in `text`, of which the first 500,000 words are read.
    """
    asked = _words(quote)[:MAX_WORDS]
    size = len(asked)
    words = [match for _, match in zip(range(MAX_TEXT_WORDS), _WORD.finditer(text), strict=False)]
    if not size or not words:
        return None
    plain = [_plain(word.group()) for word in words]
    first, last, shared = _best_window(plain, asked)
    if shared / size < MIN_SHARED:
        return None
    first, last = _as_long(plain, first, last, asked)
    start, end = words[first].start(), words[last].end()
    left, right = _widened(text, start, end)
    pieces = [(text[left:start], True), *_compared(quote, text[start:end]), (text[end:right], True)]
    return Passage(start, end, shared / size, [piece for piece in pieces if piece[0]])


def _words(text: str) -> list[str]:
    return [_plain(word) for word in _WORD.findall(text)]


def _plain(word: str) -> str:
    return word.lower() if word.isascii() and word.isalnum() else folded(word)


def _best_window(words: list[str], asked: list[str]) -> tuple[int, int, int]:
    """First and last word of the best window as long as `asked`, and how many words it shares."""
    size = len(asked)
    lacking = Counter(asked)
    shared = best = best_end = 0
    for number, word in enumerate(words):
        if word in lacking:
            shared += lacking[word] > 0
            lacking[word] -= 1
        gone = words[number - size] if number >= size else ""
        if gone in lacking:
            lacking[gone] += 1
            shared -= lacking[gone] > 0
        if shared > best:
            best, best_end = shared, number
    return max(0, best_end - size + 1), best_end, best


def _as_long(words: list[str], first: int, last: int, asked: list[str]) -> tuple[int, int]:
    """The window cut to its first and last word that are asked for, with as many words before and
    after as the quote has there: so a changed word at either end is in it."""
    while first < last and words[first] not in asked:
        first += 1
    while last > first and words[last] not in asked:
        last -= 1
    if words[first] in asked:
        first = max(0, first - asked.index(words[first]))
    if words[last] in asked:
        last = min(len(words) - 1, last + asked[::-1].index(words[last]))
    return first, last


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """The ends moved out to those of the sentence, as far as a little way allows."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text, max(0, start - AROUND), start)]
    left = ends[-1] if ends else max(0, start - AROUND)
    if not ends and left > 0:
        left = text.find(" ", left, start) + 1 or left
    after = _SENTENCE_END.search(text, end, end + AROUND)
    right = after.start() + 1 if after else min(len(text), end + AROUND)
    if not after and right < len(text):
        cut = text.rfind(" ", end, right)
        right = cut if cut > end else right
    return left, right


def _compared(quote: str, passage: str) -> list[tuple[str, bool]]:
    """The passage in pieces that the quote has, and has not."""
    theirs = list(_WORD.finditer(passage))
    matcher = SequenceMatcher(
        None, _words(quote)[:MAX_WORDS], [_plain(word.group()) for word in theirs], autojunk=False
    )
    pieces: list[tuple[str, bool]] = []
    at = 0
    for tag, _, _, low, high in matcher.get_opcodes():
        if low == high:
            continue
        end = theirs[high].start() if high < len(theirs) else len(passage)
        pieces.append((passage[at:end], tag == "equal"))
        at = end
    return pieces
