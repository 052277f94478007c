"""Facets and chips with the address that each of them leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from literature.permalinks import WHOLE, Permalinks
from patients.search import Facet
from patients.searching.engine import Count
from patients.searching.events_named import EventsNamed
from patients.searching.values import SHOWN, WORD_FACETS
from patients.searching.wanted import Direction

SHOWN_VALUES = 8
FOLDED_VALUES = 40
"""Further ones that are folded away; those beyond them have a page of their own."""
OPEN = 6
"""Facets that are open at first; those with a choice are too."""


@dataclass(frozen=True, slots=True)
class FacetLink:
    label: str
    count: Count
    chosen: bool
    url: str


@dataclass(frozen=True, slots=True)
class FacetView:
    name: str
    label: str
    note: str
    open: bool
    links: list[FacetLink]
    more: list[FacetLink]
    total: int
    all_url: str
    """Where all values are; empty where they are here."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str
    value: str
    url: str


def facet_views(
    facets: list[Facet], permalinks: Permalinks, *, all_at: str, whole: str = ""
) -> list[FacetView]:
    """`all_at` is the address of the page of filters; `whole` the name of the one that is shown
    alone, with all of its values."""
    views: list[FacetView] = []
    for facet in facets:
        if facet.values and whole in ("", facet.name):
            is_open = bool(whole) or len(views) < OPEN
            views.append(_facet_view(facet, permalinks, all_at, is_open=is_open, whole=bool(whole)))
    return views


def _facet_view(
    facet: Facet, permalinks: Permalinks, all_at: str, *, is_open: bool, whole: bool
) -> FacetView:
    most = SHOWN_VALUES + FOLDED_VALUES
    rows = facet.values
    if not whole and len(rows) > most:
        rows = [*rows[:most], *(row for row in rows[most:] if row.chosen)]
    links = [
        FacetLink(row.label, row.count, row.chosen, permalinks.toggled(facet.name, row.value))
        for row in rows
    ]
    total = len(facet.values)
    all_query = "&".join(filter(None, (permalinks.query, urlencode({WHOLE: facet.name}))))
    return FacetView(
        name=facet.name,
        label=facet.label,
        note=facet.info.note,
        open=is_open or any(link.chosen for link in links),
        links=links if whole else links[:SHOWN_VALUES],
        more=[] if whole else links[SHOWN_VALUES:],
        total=total,
        all_url=f"{all_at}?{all_query}" if len(rows) < total else "",
    )


def chips(filters: dict[str, Any], permalinks: Permalinks) -> list[Chip]:
    """`filters` is the cleaned data of a CaseSearchForm. Runs no query."""
    return list(_chips(filters, permalinks))


def _chips(filters: dict[str, Any], permalinks: Permalinks) -> Iterator[Chip]:
    if filters.get("q"):
        yield Chip("Words", filters["q"], permalinks.without("q"))
    terms = filters.get("terms") or {}
    for facet in SHOWN:
        words = WORD_FACETS.get(facet.name, {})
        for value in filters.get(facet.name) or []:
            label = terms[value].display if value in terms else words.get(value, value)
            yield Chip(facet.label, label, permalinks.toggled(facet.name, value))
    for name, label in (("year_from", "From year"), ("year_to", "To year")):
        if filters.get(name):
            yield Chip(label, str(filters[name]), permalinks.without(name))
    if filters.get("cited"):
        yield Chip("Cites", str(filters["cited"]), permalinks.without("cites"))
    if filters.get("events"):
        url = permalinks.without("first", "then", "within", "direction", "times")
        yield Chip("Sequence", sequence_words(filters), url)


def sequence_words(filters: dict[str, Any]) -> str:
    """`embolisation, then anticoagulant within 30 days`."""
    first, then = (each.words for each in filters["events"])
    words = {
        Direction.AFTER: f"{first}, then {then}",
        Direction.BEFORE: f"{first}, before it {then}",
        Direction.EITHER: f"{first}, before or after it {then}",
    }[Direction(filters.get("direction") or Direction.AFTER)]
    if filters.get("within") is not None:
        days = filters["within"]
        words += f" within {days} day{'' if days == 1 else 's'}"
    return f"{words}, certainly" if filters.get("times") == "certain" else words


@dataclass(frozen=True, slots=True)
class Understood:
    """How an event of the sequence was read, for the page to say."""

    words: str
    meant: str


def understood(events: tuple[EventsNamed, EventsNamed] | None) -> list[Understood]:
    found = []
    for event in events or ():
        shown = "; ".join(event.meant[:6])
        more = len(event.meant) - 6
        found.append(Understood(event.words, f"{shown} and {more} more" if more > 0 else shown))
    return found
