"""Where words stand in a text, and the part of the text around them with the words marked. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from literature.searching.query import Term
from literature.searching.tokens import Run, pairs, runs

Span = tuple[int, int]

BEFORE: Final = 60
"""Characters shown before the first word that is marked."""
LENGTH: Final = 240
SHORT: Final = 100
"""Characters of a text that is likely to come again: a label, or the name of a term."""


@dataclass(frozen=True, slots=True)
class Read:
    """A text, and the words and runs of Chinese in it."""

    text: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Stemmed:
    """A text that is looked through: of each run its stem, or the run itself of Chinese."""

    text: str
    runs: tuple[Run, ...]
    stems: tuple[str, ...]
    known: frozenset[str]
    chinese: str
    """All its runs of Chinese, with spaces between."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A term that is looked for in many texts."""

    latin: tuple[str, ...]
    """Stems that stand beside each other; of a beginning the last is as typed."""
    chinese: tuple[str, ...]
    prefix: bool = False


def read(text: str) -> Read:
    return _read_before(text) if len(text) <= SHORT else _read(text)


def _read(text: str) -> Read:
    return Read(text, tuple(runs(text)))


_read_before = lru_cache(maxsize=20_000)(_read)


def stemmed(text: Read, stem: Mapping[str, str]) -> Stemmed:
    """`stem` knows every word of the text."""
    stems = tuple(run.text if run.chinese else stem[run.text] for run in text.runs)
    chinese = " ".join(run.text for run in text.runs if run.chinese)
    return Stemmed(text.text, text.runs, stems, frozenset(stems), chinese)


def sought(term: Term, stem: Mapping[str, str], *, loose: bool = False) -> Sought:
    """`stem` knows every word of the term. `loose`: of Chinese, pairs of its characters will do."""
    words = [run.text for run in term.runs if not run.chinese]
    latin = [stem[word] for word in words]
    if term.prefix and words:
        latin[-1] = words[-1]
    chinese = [run.text for run in term.runs if run.chinese]
    if loose:
        chinese = [pair for each in chinese for pair in pairs(each)]
    return Sought(tuple(latin), tuple(chinese), term.prefix)


def spans_of(sought_for: Sought, text: Stemmed) -> list[Span]:
    """Where it stands in the text."""
    found: list[Span] = []
    for part in sought_for.chinese:
        if part in text.chinese:
            found += _chinese_spans(part, text)
    if sought_for.latin and _may_hold(sought_for, text):
        found += _latin_spans(sought_for, text)
    return found


def _may_hold(sought_for: Sought, text: Stemmed) -> bool:
    whole = sought_for.latin[:-1] if sought_for.prefix else sought_for.latin
    return text.known.issuperset(whole)


def _chinese_spans(part: str, text: Stemmed) -> list[Span]:
    return [
        (run.start + at, run.start + at + len(part))
        for run in text.runs
        if run.chinese
        for at in _places(part, run.text)
    ]


def _places(part: str, whole: str) -> Iterable[int]:
    at = whole.find(part)
    while at >= 0:
        yield at
        at = whole.find(part, at + 1)


def _latin_spans(sought_for: Sought, text: Stemmed) -> list[Span]:
    """Runs of words beside each other whose stems are those that are looked for."""
    asked, length = sought_for.latin, len(sought_for.latin)
    found = []
    for start in range(len(text.runs) - length + 1):
        last = start + length - 1
        if sought_for.prefix:
            holds = text.stems[start:last] == asked[:-1] and text.runs[last].text.startswith(
                asked[-1]
            )
        else:
            holds = text.stems[start : last + 1] == asked
        if holds:
            found.append((text.runs[start].start, text.runs[last].end))
    return found


def merged(spans: Iterable[Span]) -> list[Span]:
    """In order, those that touch as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def marked(text: str, spans: Iterable[Span]) -> SafeString:
    """The whole text, with `<mark>` around the spans and all else escaped."""
    parts, at = [], 0
    for start, end in merged(spans):
        parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return mark_safe("".join([*parts, escape(text[at:])]))


def passage(text: str, spans: Iterable[Span]) -> SafeString:
    """The part of the text around the first spans, marked, with … where it is cut."""
    found = merged(spans)
    start = _word_start(text, max(0, found[0][0] - BEFORE)) if found else 0
    end = min(len(text), max(start + LENGTH, found[0][1] if found else 0))
    end = _word_end(text, end)
    inside = [(a - start, min(b, end) - start) for a, b in found if a < end]
    shown = marked(text[start:end].replace("\n", " "), inside)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return mark_safe(f"{before}{shown}{after}")


def _word_start(text: str, at: int) -> int:
    """Not in the middle of a word; of Chinese anywhere will do."""
    if at == 0:
        return 0
    for place in range(at, min(at + 20, len(text))):
        if not text[place - 1].isascii() or not text[place - 1].isalnum():
            return place
    return at


def _word_end(text: str, at: int) -> int:
    for place in range(at, min(at + 20, len(text))):
        if not text[place].isascii() or not text[place].isalnum():
            return place
    return min(at, len(text))
