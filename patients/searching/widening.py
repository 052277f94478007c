"""A query widened by the other names of the terms that it names. Pure, given the names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from literature.searching.query import Query, Term, chinese, compiled_term, phrase_of
from literature.searching.tokens import Run, runs
from patients.searching.concepts import concept
from patients.searching.names import MAX_NAMES, NamedTerm, Names, key_of

MAX_WIDENED: Final = 8
"""Names in one query that are widened; a query stays a few kilobytes."""
MAX_TERMS: Final = 4
"""Terms of one name."""
_MAY_STAND_ALONE: Final = frozenset("的了和与及或在并伴后术")
"""Single characters beside a name that change nothing of what is meant."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that every hit has, as to_tsquery takes it, and what shows it in a text."""

    query: str
    shown_by: tuple[Term, ...]
    asked: str = ""
    """As it was typed, folded."""
    named: tuple[str, ...] = ()
    """Displays of the terms that it names."""
    spelt: tuple[str, ...] = ()
    """All the names that are searched for in its place."""


@dataclass(frozen=True, slots=True)
class Widened:
    parts: tuple[Part, ...] = ()
    without: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_empty: bool = True
    """Nothing can be searched for: see the notes."""

    @property
    def query(self) -> str:
        """For to_tsquery, of words and pairs of characters alone."""
        return " & ".join(
            [part.query for part in self.parts] + [f"!{each}" for each in self.without]
        )


Begun = Callable[[str], Sequence[str]]
"""The words that begin with what was typed."""


def widened(query: Query, names: Names, begun: Begun = lambda start: ()) -> Widened:
    """`begun` is asked for what ends in `*`: the index has stems, of which more may be typed than
    there is of them."""
    parts = [part for part in _parts(query, names, begun) if part.query]
    without = [f"({each})" for term in query.without if (each := compiled_term(term))]
    return Widened(
        parts=tuple(parts),
        without=tuple(without),
        notes=query.notes,
        is_empty=not parts and not without,
    )


def _parts(query: Query, names: Names, begun: Begun) -> Iterator[Part]:
    left = MAX_WIDENED
    at = 0
    while at < len(query.groups):
        stretch = _plain_stretch(query.groups[at:])
        found = _named(stretch, names) if left else None
        if found is not None:
            length, terms = found
            yield _of_terms(stretch[:length], terms)
            left, at = left - 1, at + length
            continue
        group = query.groups[at]
        at += 1
        if len(group) > 1:
            yield _any([_one(term, names, begun) for term in group])
            continue
        split = _split(group[0], names) if left else None
        if split is None:
            yield _one(group[0], names, begun)
        else:
            left -= 1
            yield from split


def _plain_stretch(groups: Sequence[tuple[Term, ...]]) -> list[Term]:
    """The words from here on that stand side by side, without OR, quotation marks or stars."""
    stretch = []
    for group in groups:
        if len(group) > 1 or group[0].phrase or group[0].prefix:
            break
        stretch.append(group[0])
    return stretch


def _named(stretch: Sequence[Term], names: Names) -> tuple[int, Sequence[NamedTerm]] | None:
    """The longest name that the first words make, and how many of them."""
    for length in range(min(len(stretch), names.longest), 0, -1):
        key = key_of(run for term in stretch[:length] for run in term.runs)
        if key in names.by_key:
            return length, names.by_key[key]
    if stretch and len(stretch[0].runs) == 1 and stretch[0].runs[0].text in names.eponyms:
        return 1, names.eponyms[stretch[0].runs[0].text]
    return None


def _one(term: Term, names: Names, begun: Begun) -> Part:
    if term.prefix and len(term.runs) == 1:
        return _beginning(term, begun)
    if not term.phrase and not term.prefix and (found := names.by_key.get(key_of(term.runs))):
        return _of_terms([term], found)
    return _plain(term)


def _plain(term: Term) -> Part:
    return Part(compiled_term(term), (term,), _typed([term]))


def _beginning(term: Term, begun: Begun) -> Part:
    words = sorted({each for word in begun(term.runs[0].text) if (each := phrase_of(word))})
    return Part(f"({' | '.join([compiled_term(term), *words])})", (term,), _typed([term]))


def _typed(terms: Sequence[Term]) -> str:
    return " ".join(run.text for term in terms for run in term.runs)


def _any(parts: Sequence[Part]) -> Part:
    parts = [part for part in parts if part.query]
    return Part(
        f"({' | '.join(part.query for part in parts)})" if parts else "",
        tuple(term for part in parts for term in part.shown_by),
        " or ".join(part.asked for part in parts),
        tuple(name for part in parts for name in part.named),
        tuple(name for part in parts for name in part.spelt),
    )


def _of_terms(asked: Sequence[Term], terms: Sequence[NamedTerm]) -> Part:
    """What was typed, or the terms as they are coded, or any of their names."""
    terms = terms[:MAX_TERMS]
    literal = " & ".join(query for term in asked if (query := compiled_term(term)))
    return _alternatives(f"({literal})" if literal else "", tuple(asked), _typed(asked), terms)


def _alternatives(
    literal: str, shown: tuple[Term, ...], typed: str, terms: Sequence[NamedTerm]
) -> Part:
    spelt = [name for term in terms for name in term.names[:MAX_NAMES]]
    queries = [literal, *(concept(term.slug) for term in terms), *map(phrase_of, spelt)]
    query = " | ".join(dict.fromkeys(each for each in queries if each))
    marks = (*shown, *(Term(found) for name in spelt if (found := tuple(runs(name)))))
    return Part(
        query=f"({query})",
        shown_by=tuple(dict.fromkeys(marks)),
        asked=typed,
        named=tuple(term.display for term in terms),
        spelt=tuple(dict.fromkeys(spelt)),
    )


def _split(term: Term, names: Names) -> list[Part] | None:
    """A run of Chinese as the names in it, and what stands between; None where there are none."""
    if term.phrase or len(term.runs) != 1 or not term.runs[0].chinese:
        return None
    parts: list[Part] = []
    rest = ""
    text, at, found_any = term.runs[0].text, 0, False
    while at <= len(text):
        name = _name_at(text, at, names)
        if name or at == len(text):
            if len(rest) == 1 and rest not in _MAY_STAND_ALONE:
                return None  # “胰腺炎” is not “胰腺” and something
            if len(rest) > 1:
                parts.append(_chinese_part(rest))
            rest = ""
        if at == len(text):
            break
        if name:
            own = names.chinese[name][:MAX_TERMS]
            mark = (Term((Run(name, 0, len(name), True),)),)
            parts.append(_alternatives(chinese(name), mark, name, own))
            found_any = True
        else:
            rest += text[at]
        at += len(name) or 1
    return parts if found_any else None


def _name_at(text: str, at: int, names: Names) -> str:
    for length in range(min(names.longest_chinese, len(text) - at), 1, -1):
        if text[at : at + length] in names.chinese:
            return text[at : at + length]
    return ""


def _chinese_part(text: str) -> Part:
    return Part(chinese(text), (Term((Run(text, 0, len(text), True),)),), text)
