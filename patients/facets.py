"""Facets and chips with the address that each of them leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from literature.permalinks import Permalinks
from patients.search import Facet

SHOWN_VALUES = 8


@dataclass(frozen=True, slots=True)
class FacetLink:
    label: str
    count: int
    chosen: bool
    url: str


@dataclass(frozen=True, slots=True)
class FacetView:
    name: str
    label: str
    links: list[FacetLink]
    more: list[FacetLink]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str
    value: str
    url: str


def facet_views(facets: list[Facet], permalinks: Permalinks) -> list[FacetView]:
    views = []
    for facet in facets:
        links = [
            FacetLink(row.label, row.count, row.chosen, permalinks.toggled(facet.name, row.value))
            for row in facet.values
        ]
        views.append(FacetView(facet.name, facet.label, links[:SHOWN_VALUES], links[SHOWN_VALUES:]))
    return [view for view in views if view.links]


def chips(filters: dict[str, Any], facets: list[Facet], permalinks: Permalinks) -> list[Chip]:
    words = filters.get("q")
    found = [Chip("Words", words, permalinks.without("q"))] if words else []
    for facet in facets:
        found += [
            Chip(facet.label, row.label, permalinks.toggled(facet.name, row.value))
            for row in facet.values
            if row.chosen
        ]
    return found
