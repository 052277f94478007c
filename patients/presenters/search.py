"""What the search pages say beside results: the other names that were searched for, what is wrong
with what was asked, and what a search that was saved asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from literature.permalinks import Permalinks
from literature.searching.tokens import runs
from patients.facets import sequence_words
from patients.forms import CaseSearchForm
from patients.searching.events_named import EventsNamed
from patients.searching.names import key_of
from patients.searching.values import SHOWN, WORD_FACETS
from patients.searching.widening import Part

MOST_NAMES: Final = 4
ON_PAGE: Final = frozenset({"q", "year_from", "year_to", *CaseSearchForm.SEQUENCE})
"""Fields that stand in the form of the page."""


@dataclass(frozen=True, slots=True)
class OtherNames:
    """What stands for `asked` too: `names`, and `more` that are not told."""

    asked: str
    names: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a field is refused. `target` is the anchor of its input, where it stands on the page;
    `without` the address of the same search without it, where it does not."""

    label: str
    words: str
    target: str
    without: str


def other_names(parts: Iterable[Part], query: str) -> list[OtherNames]:
    """For each name in the query that has others: those, without what was typed."""
    found: dict[str, OtherNames] = {}
    for part in parts:
        typed = {key_of(runs(each)) for each in part.asked.split(" or ")}
        others = [name for name in part.spelt if key_of(runs(name)) not in typed]
        if others:
            shown = tuple(others[:MOST_NAMES])
            found[part.asked] = OtherNames(
                _as_typed(part.asked, query), shown, len(others) - len(shown)
            )
    return list(found.values())


def _as_typed(folded: str, query: str) -> str:
    """`TACE` for `tace`, where the query has it so."""
    at = query.lower().find(folded)
    return query[at : at + len(folded)] if at >= 0 else folded


def search_problems(form: CaseSearchForm, permalinks: Permalinks) -> list[Problem]:
    found = []
    for name, errors in form.errors.items():
        field = form.fields.get(name)
        label = str(field.label or name.capitalize()) if field else ""
        is_here = name in ON_PAGE
        for words in map(str, errors):
            found.append(
                Problem(
                    label,
                    words,
                    target=f"id_{name}" if is_here else "",
                    without="" if is_here else permalinks.without(name),
                )
            )
    return found


def asked_in_words(query: str, displays: Mapping[str, str]) -> str:
    """The query string of a search as `Words: octreotide; Sex: Male`, with the displays of terms by
    slug. What has gone since stands as it was asked."""
    return "; ".join(_asked(QueryDict(query), displays)) or "All cases"


def _asked(query: QueryDict, displays: Mapping[str, str]) -> Iterator[str]:
    if query.get("q"):
        yield f"Words: {query['q']}"
    for facet in SHOWN:
        words = WORD_FACETS.get(facet.name, displays)
        values = [words.get(value, value) for value in query.getlist(facet.name)]
        if values:
            yield f"{facet.label}: {' or '.join(values)}"
    for name, label in (("year_from", "From year"), ("year_to", "To year"), ("cites", "Cites")):
        if query.get(name):
            yield f"{label}: {query[name]}"
    if query.get("first"):
        filters = {name: query.get(name) or None for name in ("within", "direction", "times")}
        events = tuple(EventsNamed(query.get(name, "")) for name in ("first", "then"))
        yield f"Sequence: {sequence_words(filters | {'events': events})}"
    if sort := query.get("sort"):
        yield f"Order: {CaseSearchForm.SORTS.get(str(sort), sort)}"
