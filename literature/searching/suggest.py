"""The references that somebody may mean while typing: by DOI, PMID, author and year, or title."""

from __future__ import annotations

from typing import Final

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import OperationalError, transaction
from django.db.models import F

from literature import reading_from
from literature.models import Reference
from literature.search import CONFIG, identifier_condition
from literature.searching.work_query import work_query

SHOWN: Final = 10
RANKED: Final = 200
"""Hits that are put in order; the newest of more."""
SECONDS: Final = 1
_LEAST: Final = 2
_DOI_START: Final = "10."
_LAST: Final = "\U0010ffff"


def suggestions(typed: str) -> list[Reference]:
    """At most ten, the best first. Nothing for less than two characters, nor where finding them
    would take longer than a second: a suggestion is not worth waiting for."""
    typed = typed.replace("\x00", "").strip()
    if len(typed) < _LEAST:
        return []
    try:
        with (
            transaction.atomic(using=reading_from.alias()),
            reading_from.connection().cursor() as cursor,
        ):
            cursor.execute(f"SET LOCAL statement_timeout = '{SECONDS}s'")
            found = _found(typed)
            cursor.execute("RESET statement_timeout")
            return found
    except OperationalError:
        return []


def _found(typed: str) -> list[Reference]:
    works = Reference.objects.defer("search")
    identifier = identifier_condition(typed)
    if identifier is not None and (exact := list(works.filter(identifier)[:SHOWN])):
        return exact
    begun = typed.lower().removeprefix("https://doi.org/").removeprefix("doi:").strip()
    if begun.startswith(_DOI_START):
        return list(works.filter(doi__gte=begun, doi__lt=begun + _LAST).order_by("doi")[:SHOWN])
    asked = work_query(typed, typing=True)
    if not asked:
        return []
    query = SearchQuery(asked, config=CONFIG, search_type="raw")
    newest = Reference.objects.filter(search=query).order_by("-pk").values("pk")[:RANKED]
    rank = SearchRank(F("search"), query)
    return list(works.filter(pk__in=newest).order_by(rank.desc(), "-pk")[:SHOWN])
