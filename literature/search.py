"""Finding references: by identifier, else by words."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Q

from literature import citing, identifiers
from literature.models import Reference
from literature.querysets import ReferenceQuerySet, holders_of

ORDERS: dict[str, tuple[Any, ...]] = {
    "newest": ("-created_at", "-pk"),
    "year": (F("year").desc(nulls_last=True), "title", "pk"),
    "title": ("title", "pk"),
    "author": (F("first_author").asc(nulls_last=True), "year", "pk"),
}


def search_references(filters: dict[str, Any], user: Any) -> ReferenceQuerySet:
    """References that fit the cleaned data of a ReferenceSearchForm, in its order."""
    found = Reference.objects.all()
    if filters.get("type"):
        found = found.filter(type=filters["type"])
    if filters.get("year_from"):
        found = found.filter(year__gte=filters["year_from"])
    if filters.get("year_to"):
        found = found.filter(year__lte=filters["year_to"])
    if filters.get("cited"):
        cited = citing.citers().is_cited(user)
        found = found.alias(is_cited=cited).filter(is_cited=filters["cited"] == "yes")
    words, sort = filters.get("q") or "", filters.get("sort") or ""
    if not words:
        return found.order_by(*ORDERS.get(sort, ORDERS["newest"]))
    identifier = _identifier(words)
    if identifier is not None:
        return found.filter(identifier).order_by(*ORDERS["newest"])
    query = SearchQuery(words, config="english", search_type="websearch")
    found = found.filter(search=query)
    if sort in ORDERS:
        return found.order_by(*ORDERS[sort])
    return found.order_by(SearchRank(F("search"), query).desc(), "-pk")


def _identifier(words: str) -> Q | None:
    """The condition for a query that is an identifier, else None."""
    checks = (
        ("doi", identifiers.normalise_doi),
        ("pmcid", identifiers.normalise_pmcid),
        ("pmid", identifiers.normalise_pmid),
    )
    for column, normalise in checks:
        try:
            value = normalise(words)
        except ValueError:
            continue
        return Q(**{column: value}) | Q(pk__in=holders_of({column.upper(): value}))
    return None
