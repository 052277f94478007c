"""What somebody typed, read as a query: words, "phrases", -exclusions, OR, a trailing *. Pure.

Nothing that was typed is ever given to the database as a query: only what was read from it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from literature.searching.folding import is_chinese
from literature.searching.stop_words import STOP_WORDS
from literature.searching.tokens import Run, runs

MAX_TERMS: Final = 32
"""Words and phrases of one query; further ones are left out, and it says so."""
MAX_RUN: Final = 40
"""Characters of one run of Chinese that are asked for."""
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„«»＂「」『』", '"'))
_PIECE: Final = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_OR: Final = frozenset({"OR", "或"})
_PARTICLES: Final = frozenset("的了和与及或在")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked for: a word, several that stand together, or a phrase."""

    runs: tuple[Run, ...]
    phrase: bool = False
    """In quotation marks, and so asked for as it stands."""
    prefix: bool = False
    """Only the beginning of its last word is given."""

    @property
    def is_chinese(self) -> bool:
        return any(run.chinese for run in self.runs)


@dataclass(frozen=True, slots=True)
class Query:
    """All of `groups` are asked for, of each group any; none of `without`."""

    groups: tuple[tuple[Term, ...], ...] = ()
    without: tuple[Term, ...] = ()
    notes: tuple[str, ...] = ()
    """What was left out, in sentences."""

    @property
    def is_empty(self) -> bool:
        return not self.groups and not self.without


@dataclass(slots=True)
class _Reader:
    groups: list[list[Term]] = field(default_factory=list)
    without: list[Term] = field(default_factory=list)
    common: list[str] = field(default_factory=list)
    joins: bool = False
    count: int = 0

    def read(self, piece: re.Match[str]) -> None:
        word = piece["word"]
        if word in _OR and not piece["minus"]:
            self.joins = bool(self.groups)
            return
        term = _term(piece)
        if term is None:
            return
        if not term.phrase and _is_common(term):
            self.common += [run.text for run in term.runs]
            return
        self.count += 1
        if self.count > MAX_TERMS:
            return
        if piece["minus"]:
            self.without.append(term)
        elif self.joins:
            self.groups[-1].append(term)
        else:
            self.groups.append([term])
        self.joins = False


def read_query(text: str, *, typing: bool = False) -> Query:
    """Any text can be read. `typing`: the last word may not be finished yet."""
    reader = _Reader()
    text = text.translate(_QUOTES)
    if text.count('"') % 2:
        text += '"'
    for piece in _PIECE.finditer(text):
        reader.read(piece)
    groups = [tuple(group) for group in reader.groups]
    if typing and groups and text[-1:].isalnum():
        groups[-1] = (*groups[-1][:-1], _begun(groups[-1][-1]))
    return Query(tuple(groups), tuple(reader.without), _notes(reader, text))


def _notes(reader: _Reader, text: str) -> tuple[str, ...]:
    notes = []
    nothing = not reader.groups and not reader.without
    if reader.common and nothing:
        words = ", ".join(f"“{word}”" for word in dict.fromkeys(reader.common[:8]))
        notes.append(f"Too common to search by: {words}. Add a word that says more.")
    elif nothing and text.strip():
        notes.append("There is no word in this to search for.")
    if reader.count > MAX_TERMS:
        notes.append(f"Only the first {MAX_TERMS} words and phrases were searched for.")
    return tuple(notes)


def _is_common(term: Term) -> bool:
    return not term.prefix and all(run.text in STOP_WORDS for run in term.runs)


def _term(piece: re.Match[str]) -> Term | None:
    phrase = piece["phrase"] is not None
    text = piece["phrase"] if phrase else piece["word"]
    found = tuple(_bounded(run) for run in runs(text))
    if not found:
        return None
    ends = text.rstrip()
    prefix = not phrase and ends.endswith("*") and not found[-1].chinese
    return Term(found, phrase=phrase, prefix=prefix)


def _bounded(run: Run) -> Run:
    if len(run.text) <= MAX_RUN:
        return run
    return Run(run.text[:MAX_RUN], run.start, run.end, run.chinese)


def _begun(term: Term) -> Term:
    if term.phrase or term.runs[-1].chinese:
        return term
    return Term(term.runs, prefix=True)


def compiled_term(term: Term) -> str:
    """`term` for to_tsquery: words that stand together in their order, pairs of Chinese all of
    them. Quoted Chinese stands together too."""
    if term.phrase:
        return _together(term.runs, prefix=False)
    parts = []
    latin: list[Run] = []
    for run in term.runs:
        if run.chinese:
            parts.append(chinese(run.text))
        else:
            latin.append(run)
    if latin:
        parts.insert(0, _together(latin, prefix=term.prefix and not term.runs[-1].chinese))
    return _all(part for part in parts if part)


def chinese(text: str) -> str:
    """All pairs of a run; of a lone character, what begins with it."""
    if len(text) == 1:
        return "" if text in _PARTICLES else f"{text}:*"
    return _all(dict.fromkeys(text[at : at + 2] for at in range(len(text) - 1)))


def _together(found: Sequence[Run], *, prefix: bool) -> str:
    """The words at the distances at which the index has them."""
    query, gap = "", 1
    for run in found:
        words = [run.text[at : at + 2] for at in range(len(run.text) - 1)] if run.chinese else []
        after = 2 if words else 1  # the last character of a run stands alone once more
        words = words or [f"{run.text}:*" if run.chinese else run.text]
        for word in words:
            query += f" <{gap}> {word}" if query else word
            gap = 1
        gap = after
    return f"{query}:*" if prefix and query else query


def _all(parts: object) -> str:
    found = list(parts)  # type: ignore[call-overload]
    return found[0] if len(found) == 1 else f"({' & '.join(found)})" if found else ""


def phrase_of(text: str) -> str:
    """A name as it may stand in a text, for to_tsquery; empty where there is no word in it."""
    found = [_bounded(run) for run in runs(text)]
    if not found:
        return ""
    if all(run.chinese for run in found):
        return _all(part for run in found if (part := chinese(run.text)))
    return f"({_together(found, prefix=False)})"


def holds_chinese(text: str) -> bool:
    return any(is_chinese(character) for character in text)
