"""What is searched: listings, by words, facets and sequence. One object for page, API, feed and
export."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, Final, overload

from django.core.cache import cache

from literature.searching.query import read_query
from patients.models import Listing, Term
from patients.querysets import audience_of
from patients.searching import engine
from patients.searching.codes import FACETS, cites_code, key_code, value_of, word_code
from patients.searching.engine import Count
from patients.searching.identifiers import Named, named_in
from patients.searching.known_words import words_begun
from patients.searching.names import Names, names
from patients.searching.values import SHOWN, TERM_FACETS, WORD_FACETS, WORD_OF_CODE, FacetInfo
from patients.searching.wanted import Direction, Hit, Order, Sequence, Wanted, order_of
from patients.searching.widening import Widened, widened

KEPT_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: Count
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    info: FacetInfo
    values: list[FacetValue]

    @property
    def name(self) -> str:
        return self.info.name

    @property
    def label(self) -> str:
        return self.info.label


class CaseSearch:
    """Cleaned data of a CaseSearchForm, asked on behalf of `user`."""

    def __init__(self, filters: dict[str, Any], user: Any) -> None:
        self.filters = filters
        self.user = user
        self.order = order_of(filters)

    @cached_property
    def named(self) -> Named | None:
        """What the words are the identifier of; None where they are words."""
        return named_in(self.filters.get("q") or "", self.user)

    @cached_property
    def words(self) -> Widened:
        asked = self.filters.get("q") or ""
        if not asked or self.named is not None:
            return Widened()
        return widened(read_query(asked), names(), partial(words_begun, audience_of(self.user)))

    @cached_property
    def wanted(self) -> Wanted:
        filters = self.filters
        wanted = Wanted(
            audience=audience_of(self.user),
            codes=tuple(self._codes()),
            ties=tuple(self._ties()),
            year_from=filters.get("year_from"),
            year_to=filters.get("year_to"),
            sequence=self._sequence(),
        )
        if self.named is not None:
            return replace(wanted, only=self.named.listings) if self.named.is_case else wanted
        asked = bool(filters.get("q"))
        return replace(wanted, words=self.words.query, nothing=asked and self.words.is_empty)

    def results(self) -> Found:
        return Found(self)

    def count(self) -> Count:
        return engine.count(self.wanted)

    def facets(self) -> list[Facet]:
        """Values with their counts; each facet counts under the other facets' choices.

        One query for all facets in which nothing is chosen, one for each other, and one that asks
        whether a term has another name now.
        """
        chosen = [facet.name for facet in SHOWN if self.filters.get(facet.name)]
        free = [facet.name for facet in SHOWN if facet.name not in chosen]
        counts = self._kept_counts(free) if self.wanted.is_everything else None
        counts = counts or engine.facet_counts(self.wanted, free)
        for name in chosen:
            counts |= engine.facet_counts(self.wanted.without_facet(name), [name])
        by_facet: dict[int, dict[int, Count]] = defaultdict(dict)
        for code, count in counts.items():
            by_facet[code >> 24][code] = count
        known = names()
        return [self._facet(facet, by_facet[FACETS[facet.name]], known) for facet in SHOWN]

    # -- what is asked, as codes ------------------------------------------------------------------

    def _codes(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        terms = self.filters.get("terms") or {}
        for name in FACETS:
            values = self.filters.get(name)
            if values:
                yield name, tuple(_code(name, value, terms) for value in values)

    def _ties(self) -> Iterator[tuple[int, ...]]:
        if self.filters.get("cited"):
            yield (cites_code(self.filters["cited"].pk),)
        if self.named is not None and self.named.reference is not None:
            yield (cites_code(self.named.reference.pk),)

    def _sequence(self) -> Sequence | None:
        events = self.filters.get("events")
        if not events:
            return None
        return Sequence(
            first=events[0].codes,
            then=events[1].codes,
            within=self.filters.get("within"),
            direction=Direction(self.filters.get("direction") or Direction.AFTER),
            certain=self.filters.get("times") == "certain",
        )

    # -- facets ---------------------------------------------------------------------------------

    def _kept_counts(self, facets: list[str]) -> dict[int, Count] | None:
        """Those of a whole large base, which take long and are asked for most, for a minute."""
        if not engine.is_large():
            return None
        return cache.get_or_set(
            f"facets:{self.wanted.audience}",
            lambda: engine.facet_counts(self.wanted, facets),
            KEPT_SECONDS,
        )

    def _facet(self, info: FacetInfo, counts: dict[int, Count], known: Names) -> Facet:
        """`counts` are those of this facet."""
        chosen = self.filters.get(info.name) or []
        found: dict[str, tuple[str, Count]] = {}
        for code, count in counts.items():
            value, label = _value(info.name, code, known)
            if value:
                found[value] = (label, count)
        for value in chosen:
            found.setdefault(value, (_label(info.name, value, known), Count(0)))
        rows = [
            FacetValue(value, label, count, value in chosen)
            for value, (label, count) in found.items()
        ]
        return Facet(info, _sorted(info, rows))


def _sorted(info: FacetInfo, rows: list[FacetValue]) -> list[FacetValue]:
    if info.name == "year":
        return sorted(rows, key=lambda row: row.value, reverse=True)
    if info.in_order:
        order = list(WORD_FACETS[info.name])
        return sorted(rows, key=lambda row: order.index(row.value))
    return sorted(rows, key=lambda row: (-row.count.number, row.label))


def _code(facet: str, value: str, terms: dict[str, Term]) -> int:
    if facet in TERM_FACETS:
        return key_code(facet, terms[value].pk)
    return key_code(facet, int(value)) if facet == "year" else word_code(facet, value)


def _value(facet: str, code: int, known: Names) -> tuple[str, str]:
    """What the address calls it and what the page does; empty for what is not there any more."""
    if facet == "year":
        return str(value_of(code)), str(value_of(code))
    if facet in TERM_FACETS:
        term = known.by_pk.get(value_of(code))
        return (term.slug, term.display) if term else ("", "")
    word = WORD_OF_CODE.get(code, "")
    return word, _label(facet, word, known)


def _label(facet: str, value: str, known: Names) -> str:
    if facet in TERM_FACETS:
        return known.shown.get(value, {}).get("display", value)
    return WORD_FACETS.get(facet, {}).get(value, value)


class Found:
    """The listings found, in order, each with its case: a slice of them takes two queries."""

    def __init__(self, search: CaseSearch) -> None:
        self.search = search

    def __len__(self) -> int:
        """How many, up to `engine.MAX_COUNTED`, and up to `engine.MAX_RANKED` where the best match
        comes first."""
        return min(self._count, self._reach)

    @cached_property
    def _count(self) -> int:
        return self.search.count().number

    @property
    def _reach(self) -> int:
        ranked = self.search.order == Order.RELEVANCE and self.search.wanted.words
        return engine.MAX_RANKED if ranked else engine.MAX_COUNTED

    @overload
    def __getitem__(self, place: int) -> Listing: ...
    @overload
    def __getitem__(self, place: slice) -> list[Listing]: ...
    def __getitem__(self, place: int | slice) -> Listing | list[Listing]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        start = place.start or 0
        stop = self._reach if place.stop is None else place.stop
        return self.listings(self.hits(limit=max(0, stop - start), offset=start))

    def hits(self, *, limit: int, offset: int = 0, after: Hit | None = None) -> list[Hit]:
        search = self.search
        return engine.hits(search.wanted, search.order, limit=limit, offset=offset, after=after)

    def listings(self, hits: list[Hit], *, summaries: bool = False) -> list[Listing]:
        """What is shown of `hits`; what the user may not see is left out, whatever was found."""
        keys = [hit.listing for hit in hits]
        shown = Listing.objects.visible_to(self.search.user).with_case()
        rows = (shown if summaries else shown.defer("summary")).in_bulk(keys)
        return [rows[key] for key in keys if key in rows]
