"""What to try where nothing was found: the nearest spelling, and which filter to drop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from literature.searching.query import Query, read_query
from literature.searching.tokens import indexed
from patients.search import CaseSearch
from patients.searching import engine
from patients.searching.engine import Count
from patients.searching.known_words import words_like
from patients.searching.names import names
from patients.searching.values import SHOWN
from patients.searching.wanted import Order, Wanted
from patients.searching.widening import widened

MAX_WORDS: Final = 5
"""Words of one query whose spelling is looked at."""


@dataclass(frozen=True, slots=True)
class Droppable:
    """A filter, by the fields that it is made of, and what would be found without it."""

    label: str
    fields: tuple[str, ...]
    count: Count


@dataclass(frozen=True, slots=True)
class Help:
    spelling: str
    """The words as they may have been meant; empty where nothing comes near."""
    drop: list[Droppable]


def help_for(search: CaseSearch) -> Help:
    """For a search that found nothing."""
    return Help(_spelling(search), list(_droppable(search)))


def _spelling(search: CaseSearch) -> str:
    asked = search.filters.get("q") or ""
    if not asked or search.named is not None:
        return ""
    better, changed = asked, False
    for typed in _words_of(read_query(asked), asked):
        nearest = _nearest(typed, search.wanted)
        if nearest:
            better, changed = better.replace(typed, nearest), True
    return better if changed and _finds(better, search.wanted) else ""


def _words_of(query: Query, asked: str) -> list[str]:
    """The words of the query that no case has, as they were typed."""
    found = []
    for group in query.groups:
        for term in group:
            found += [asked[run.start : run.end] for run in term.runs if not run.chinese]
    return found[:MAX_WORDS]


def _nearest(typed: str, wanted: Wanted) -> str:
    """The known word that is spelt most like it and stands in a case; empty where it stands in one
    itself, or none comes near."""
    if not typed.isalpha() or _stands(typed, wanted):
        return ""
    near = words_like(wanted.audience, typed)
    return next((word for word in near if _stands(word, wanted)), "")


def _stands(word: str, wanted: Wanted) -> bool:
    words = widened(read_query(word), names()).query or indexed(word)
    alone = Wanted(wanted.audience, words=words)
    return bool(engine.hits(alone, Order.NEWEST, limit=1))


def _finds(words: str, wanted: Wanted) -> bool:
    found = widened(read_query(words), names())
    alone = Wanted(wanted.audience, words=found.query, nothing=found.is_empty)
    return bool(engine.hits(alone, Order.NEWEST, limit=1))


def _droppable(search: CaseSearch) -> Iterator[Droppable]:
    wanted = search.wanted
    for label, fields, without in _without_each(search, wanted):
        count = engine.count(without)
        if count.number:
            yield Droppable(label, fields, count)


def _without_each(
    search: CaseSearch, wanted: Wanted
) -> Iterator[tuple[str, tuple[str, ...], Wanted]]:
    filters: dict[str, Any] = search.filters
    if filters.get("q") and search.named is None and not wanted.without_words().is_everything:
        yield "the words", ("q",), wanted.without_words()
    for facet in SHOWN:
        if filters.get(facet.name):
            yield facet.label.lower(), (facet.name,), wanted.without_facet(facet.name)
    if wanted.year_from is not None or wanted.year_to is not None:
        years = replace(wanted, year_from=None, year_to=None)
        yield "the years", ("year_from", "year_to"), years
    if filters.get("cited"):
        yield "the reference that is cited", ("cites",), replace(wanted, ties=())
    if wanted.sequence is not None:
        names_of = ("first", "then", "within", "direction", "times")
        yield "the sequence", names_of, replace(wanted, sequence=None)
