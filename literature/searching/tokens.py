"""Text cut into what is indexed: words, and pairs of Chinese characters. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from literature.searching.folding import MAX_WORD, folded_character, folded_word, is_chinese

MAX_INDEXED: Final = 80_000
"""Characters of each weight that can be found: PostgreSQL refuses a vector above 1 MB."""


@dataclass(frozen=True, slots=True)
class Run:
    """A word, or a run of Chinese, as it stands in the text from `start` to `end`."""

    text: str
    """Folded; of Chinese every character as it counts."""
    start: int
    end: int
    chinese: bool = False


class _Folding(dict[int, str]):
    """For str.translate: letters folded, all else a space. What is not one character when it is
    folded is `_MANY`: such a text is read letter by letter."""

    def __missing__(self, code: int) -> str:
        folded = folded_character(chr(code))
        made = folded if len(folded) == 1 else _MANY
        self[code] = made if made == _MANY or made.isalnum() else " "
        return self[code]


_MANY: Final = "\x00"
_FOLDING: Final = _Folding({0: " "})
_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\u3040-\u30ff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN: Final = re.compile(f"([{_HAN}]+)|[^ {_HAN}]+")


def runs(text: str) -> Iterator[Run]:
    """Everything but what stands between words is in one of these, in order."""
    folded = text.translate(_FOLDING)
    if _MANY in folded:
        yield from _runs_letter_by_letter(text)
        return
    for found in _RUN.finditer(folded):
        if found[1]:
            yield Run(found[1], found.start(), found.end(), True)
        else:
            yield Run(folded_word(found[0][:MAX_WORD]), found.start(), found.end())


def _runs_letter_by_letter(text: str) -> Iterator[Run]:
    letters: list[str] = []
    start = end = 0
    chinese = False
    for place, character in enumerate(text):
        folded = folded_character(character)
        if not folded:  # an accent of its own
            continue
        kind = is_chinese(folded[0])
        if letters and (not folded.isalnum() or kind != chinese):
            yield _run(letters, start, end, chinese)
            letters = []
        if folded.isalnum():
            if not letters:
                start, chinese = place, kind
            letters.append(folded)
            end = place + 1
    if letters:
        yield _run(letters, start, end, chinese)


def _run(letters: list[str], start: int, end: int, chinese: bool) -> Run:
    text = "".join(letters)
    return Run(text if chinese else folded_word(text[:MAX_WORD]), start, end, chinese)


def pairs(run: str) -> list[str]:
    """The neighbouring characters of a run of Chinese, two by two; of a lone one, itself."""
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def indexed(text: str) -> str:
    """`text` as it goes into a vector: words and pairs with spaces between, nothing else.

    The last character of a run stands alone once more, so that every character begins something:
    a query of one character then asks for all that begins with it.
    """
    folded = text[:MAX_INDEXED].translate(_FOLDING)
    if folded.isascii() and _MANY not in folded:
        return " ".join([folded_word(word[:MAX_WORD]) for word in folded.split()])
    parts: list[str] = []
    for run in runs(text[:MAX_INDEXED]):
        if not run.chinese:
            parts.append(run.text)
            continue
        parts += pairs(run.text)
        if len(run.text) > 1:
            parts.append(run.text[-1])
    return " ".join(parts)


def words(text: str) -> Iterator[str]:
    """The words of `text`, folded; Chinese is left out."""
    return (run.text for run in runs(text) if not run.chinese)
