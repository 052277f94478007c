"""What is searched: listings, by words and facets. One object for the page and the API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Count, F, Func, Q

from patients.models import Listing, Term
from patients.querysets import ListingQuerySet
from patients.vocabulary import Outcome, Sex

ORDERS: dict[str, tuple[Any, ...]] = {
    "newest": ("-listed_at", "-pk"),
    "title": ("title", "pk"),
    "year": (F("source_year").desc(nulls_last=True), "-pk"),
    "events": ("-event_count", "-pk"),
}
CONDITIONS: dict[str, Callable[[list[str]], Q]] = {
    "diagnosis": lambda values: Q(diagnosis__in=values),
    "site": lambda values: Q(site__in=values),
    "treatment": lambda values: Q(treatments__overlap=values),
    "outcome": lambda values: Q(outcome__in=values),
    "sex": lambda values: Q(sex__in=values),
}
LABELS: dict[str, str] = {
    "diagnosis": "Diagnosis",
    "site": "Primary site",
    "treatment": "Treatment",
    "outcome": "Outcome",
    "sex": "Sex",
}


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    values: list[FacetValue]


class CaseSearch:
    """Cleaned data of a CaseSearchForm, asked on behalf of `user`."""

    def __init__(self, filters: dict[str, Any], user: Any) -> None:
        self.filters = filters
        words = filters.get("q") or ""
        self.query = SearchQuery(words, config="english", search_type="websearch")
        self.base = Listing.objects.visible_to(user)
        if words:
            self.base = self.base.filter(search=self.query)

    def results(self) -> ListingQuerySet:
        """The listings found, in order, each with its case's accession and status."""
        found = self._filtered().select_related("case").defer("search", "summary")
        sort = self.filters.get("sort") or ""
        if sort in ORDERS:
            return found.order_by(*ORDERS[sort])
        if self.filters.get("q"):
            return found.order_by(SearchRank(F("search"), self.query).desc(), "-pk")
        return found.order_by(*ORDERS["newest"])

    def facets(self) -> list[Facet]:
        """Values with their counts; each facet counts under the other facets' choices.

        Six queries: one a facet and one for the names of the terms.
        """
        counts = {name: self._counts(name) for name in CONDITIONS}
        slugs = {value for name in ("diagnosis", "site", "treatment") for value in counts[name]}
        names = dict(Term.objects.filter(slug__in=slugs).values_list("slug", "display"))
        names.update({**dict(Outcome.choices), **dict(Sex.choices)})
        return [self._facet(name, counts[name], names) for name in CONDITIONS]

    def _facet(self, name: str, counts: dict[str, int], names: dict[str, str]) -> Facet:
        chosen = self.filters.get(name) or []
        values = {**dict.fromkeys(chosen, 0), **counts}
        rows = [
            FacetValue(value, names.get(value, value), count, value in chosen)
            for value, count in values.items()
        ]
        rows.sort(key=lambda row: (-row.count, row.label))
        return Facet(name, LABELS[name], rows)

    def _counts(self, name: str) -> dict[str, int]:
        found = self._filtered(without=name)
        if name == "treatment":
            column: Any = Func(F("treatments"), function="unnest")
        else:
            column = F(name)
        rows = found.order_by().values(value=column).annotate(count=Count("pk"))
        return {row["value"]: row["count"] for row in rows if row["value"]}

    def _filtered(self, without: str = "") -> ListingQuerySet:
        found = self.base
        for name, condition in CONDITIONS.items():
            values = self.filters.get(name)
            if values and name != without:
                found = found.filter(condition(values))
        return found
