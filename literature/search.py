"""Finding references: by identifier, else by words, authors and journal."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Q

from literature import citing, identifiers
from literature.models import Reference
from literature.querysets import ReferenceQuerySet, holders_of
from literature.searching.tokens import pairs, runs
from literature.searching.work_query import work_query

CONFIG: Final = "pg_catalog.english"
MAX_RANKED: Final = 5_000
"""Of more hits than these the newest come first: to rank them all would take too long."""
ORDERS: dict[str, tuple[Any, ...]] = {
    "newest": ("-created_at", "-pk"),
    "year": (F("year").desc(nulls_last=True), "title", "pk"),
    "title": ("title", "pk"),
    "author": (F("first_author").asc(nulls_last=True), "year", "pk"),
    "cited": ("-cases_citing", "-pk"),
}


def search_references(filters: dict[str, Any], user: Any) -> ReferenceQuerySet:
    """References that fit the cleaned data of a ReferenceSearchForm, in its order.

    Each has `cases_citing`, the number of cases that cite it as far as `user` may see them.
    """
    found = Reference.objects.annotate(cases_citing=citing.citers().case_count(user))
    if filters.get("type"):
        found = found.filter(type=filters["type"])
    if filters.get("year_from"):
        found = found.filter(year__gte=filters["year_from"])
    if filters.get("year_to"):
        found = found.filter(year__lte=filters["year_to"])
    if filters.get("cited"):
        cited = citing.citers().is_cited(user)
        found = found.alias(is_cited=cited).filter(is_cited=filters["cited"] == "yes")
    for name, weight in (("author", "B"), ("journal", "C")):
        if filters.get(name):
            found = found.filter(search=_query(_within(filters[name], weight)))
    return _by_words(found, filters.get("q") or "", filters.get("sort") or "")


def _by_words(found: ReferenceQuerySet, words: str, sort: str) -> ReferenceQuerySet:
    if not words:
        return found.order_by(*ORDERS.get(sort, ORDERS["newest"]))
    identifier = identifier_condition(words)
    if identifier is not None:
        return found.filter(identifier).order_by(*ORDERS["newest"])
    asked = work_query(words)
    if not asked:
        return found.none()
    query = _query(asked)
    found = found.filter(search=query)
    if sort in ORDERS:
        return found.order_by(*ORDERS[sort])
    if found.order_by()[: MAX_RANKED + 1].count() > MAX_RANKED:
        return found.order_by(*ORDERS["newest"])
    return found.order_by(SearchRank(F("search"), query).desc(), "-pk")


def _query(text: str) -> SearchQuery:
    """`text` is made of folded words and pairs of characters alone, never of what was typed."""
    return SearchQuery(text, config=CONFIG, search_type="raw")


def _within(words: str, weight: str) -> str:
    """Every word, or what begins with it, in the part of the record that has this weight."""
    asked = [f"{each}:*{weight}" for run in runs(words)
             for each in (pairs(run.text) if run.chinese else [run.text])]  # fmt: skip
    return " & ".join(asked)


def identifier_condition(words: str) -> Q | None:
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
