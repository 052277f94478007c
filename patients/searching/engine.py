"""The engine: finds listings in the index. Whoever wants another engine replaces this module.

It answers with keys of listings, in order, and with counts. It never reads what is shown.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Final

from django.db import OperationalError, transaction

from literature import reading_from
from patients.searching.codes import bounds_of
from patients.searching.conditions import CONFIG, STEPS, Conditions, apart, conditions
from patients.searching.in_order import Expected, Way, estimate, expected, first_of, way_to
from patients.searching.newest_index import ENTRIES, READ, Newest, read
from patients.searching.wanted import Hit, Order, Sequence, Wanted
from patients.vocabulary import Audience

MAX_COUNTED: Final = 20_000
"""Up to here counts are exact."""
MAX_RANKED: Final = 1_000
"""Of more hits than these the newest are put in order of how well they match."""
MAX_OFFSET: Final = 10_000
"""How far pages are counted through; further on one goes from the last hit seen."""
COUNT_SECONDS: Final = 5
MAX_READ: Final = 50_000
"""Of more expected hits than these facets are not tried to be counted exactly: it takes seconds.
Those of all cases are: they are kept for a minute (`patients.search`)."""
LARGE: Final = 50_000
"""Listings from which on counts are asked for apart from the page."""
_PLAN: Final = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off; "
"""For common words PostgreSQL would read every vector instead of the index."""
COUNTED: Final = "e.listing_id, e.listed_at, e.codes"
_SORTS: Final = {
    Order.NEWEST: ("e.listed_at DESC, e.listing_id DESC", "e.listed_at"),
    Order.TITLE: ("e.title_key, e.listing_id", "e.title_key"),
    Order.YEAR: ("e.source_year DESC NULLS LAST, e.listing_id DESC", "e.source_year"),
    Order.EVENTS: ("e.event_count DESC, e.listing_id DESC", "e.event_count"),
}


@dataclass(frozen=True, slots=True)
class Count:
    """How many; `more`: at least so many."""

    number: int
    more: bool = False

    def __str__(self) -> str:
        return f"{self.number:,}+" if self.more else f"{self.number:,}"


def hits(
    wanted: Wanted, order: Order, *, limit: int, offset: int = 0, after: Hit | None = None
) -> list[Hit]:
    """The next `limit` hits after `offset` others, or after the hit `after` in the same order.

    In order of relevance, `after` is not known, and there are at most `MAX_RANKED`.
    """
    if order == Order.RELEVANCE:
        if wanted.words:
            return _ranked(wanted, limit, offset)
        order = Order.NEWEST
    sort, key = _SORTS[order]
    start, found = conditions(Wanted(wanted.audience)), conditions(wanted)
    if after is not None:
        for each in (start, found):
            _add_after(each, order, after)
    if wanted.is_everything:
        sql = f"SELECT e.listing_id, {key} FROM {ENTRIES} AS e WHERE {start} ORDER BY {sort}"
        return _hits(f"{sql} LIMIT %s OFFSET %s", [*start.values, limit, offset], plan="")
    most = offset + limit
    way = _way(wanted, order, most, _expected(found, start))
    sql, values = first_of(found, start, sort, most, way)
    sql = f"SELECT e.listing_id, {key} FROM ({sql}) AS e ORDER BY {sort} LIMIT %s OFFSET %s"
    return _hits(sql, [*values, limit, offset])


def _ranked(wanted: Wanted, limit: int, offset: int) -> list[Hit]:
    start, found = conditions(Wanted(wanted.audience)), conditions(wanted)
    way = _way(wanted, Order.NEWEST, MAX_RANKED, _expected(found, start))
    newest, values = first_of(found, start, _SORTS[Order.NEWEST][0], MAX_RANKED, way)
    sql = f"""
        SELECT listing_id, ts_rank('{{0.05, 0.2, 0.5, 1}}', vector,
            to_tsquery('{CONFIG}', %s)) AS rank
        FROM ({newest}) AS newest ORDER BY rank DESC, listing_id DESC LIMIT %s OFFSET %s
    """
    return _hits(sql, [wanted.words, *values, limit, offset])


def _expected(found: Conditions, start: Conditions) -> Expected:
    (((plan,),),) = _rows(*estimate(found, start))
    return expected(plan["Plan"])


def _way(wanted: Wanted, order: Order, most: int, told: Expected) -> Way:
    """The index of the newest is of what is public, and for their order."""
    is_indexed = order == Order.NEWEST and wanted.audience == Audience.PUBLIC
    return way_to(most, told, _newest if is_indexed else lambda: None)


def _newest() -> Newest | None:
    ((comment,),) = _rows(READ, [])
    return read(comment)


def _add_after(found: Conditions, order: Order, after: Hit) -> None:
    match order:
        case Order.TITLE:
            found.add("(e.title_key, e.listing_id) > (%s, %s)", after.key, after.listing)
        case Order.YEAR if after.key is None:
            found.add("e.source_year IS NULL AND e.listing_id < %s", after.listing)
        case Order.YEAR:
            found.add(
                "(e.source_year IS NULL OR (e.source_year, e.listing_id) < (%s, %s))",
                after.key, after.listing,
            )  # fmt: skip
        case Order.EVENTS:
            found.add("(e.event_count, e.listing_id) < (%s, %s)", after.key, after.listing)
        case _:
            found.add("(e.listed_at, e.listing_id) < (%s, %s)", after.key, after.listing)


def _hits(sql: str, values: list[Any], *, plan: str = _PLAN) -> list[Hit]:
    return [Hit(*row) for row in _rows(sql, values, plan=plan)]


def count(wanted: Wanted, cap: int = MAX_COUNTED) -> Count:
    found = conditions(wanted)
    sql = f"SELECT count(*) FROM (SELECT FROM {ENTRIES} AS e WHERE {found} LIMIT {cap + 1}) AS hits"
    number: int = _rows(sql, found.values)[0][0]
    return Count(min(number, cap), number > cap)


def facet_counts(wanted: Wanted, facets: Collection[str]) -> dict[int, Count]:
    """By code, how many of what is wanted have it. Exact up to `MAX_COUNTED`, where it can be told
    in time; else of the newest `MAX_COUNTED`, and then every number is a lower bound."""
    found, start = conditions(wanted), conditions(Wanted(wanted.audience))
    told = _expected(found, start)
    if wanted.is_everything or told.hits <= MAX_READ:
        sql = f"SELECT e.codes FROM {ENTRIES} AS e WHERE {found}"
        try:
            counts = _counted(sql, found.values, facets, seconds=COUNT_SECONDS)
        except OperationalError:  # the time is up
            pass
        else:
            return {
                code: Count(min(number, MAX_COUNTED), number > MAX_COUNTED)
                for code, number in counts.items()
            }
    sort, way = _SORTS[Order.NEWEST][0], _way(wanted, Order.NEWEST, MAX_COUNTED, told)
    counts = _counted(*first_of(found, start, sort, MAX_COUNTED, way, COUNTED), facets)
    return {code: Count(number, more=True) for code, number in counts.items()}


def _counted(
    hits: str, values: list[Any], facets: Collection[str], *, seconds: int = 0
) -> dict[int, int]:
    """By code, how many of the `hits` have it. Raises OperationalError when `seconds` are over."""
    ranges = [bounds_of(facet) for facet in facets]
    inside = " OR ".join(["code BETWEEN %s AND %s"] * len(ranges)) or "false"
    sql = (
        f"SELECT code, count(*) FROM ({hits}) AS hits, unnest(hits.codes) AS code "
        f"WHERE {inside} GROUP BY code"
    )
    bounds = [bound for pair in ranges for bound in pair]
    return dict(_rows(sql, [*values, *bounds], seconds=seconds))


@dataclass(frozen=True, slots=True)
class SequenceFound:
    listing: int
    first: int
    """Number of the event in its document."""
    then: int
    certain: bool


def sequences_in(listings: Collection[int], sequence: Sequence) -> dict[int, SequenceFound]:
    """By listing, the pair of events that was asked for: a certain one before a possible one."""
    possibly, values = apart(sequence, certain=False)
    certainly, certain_values = apart(sequence, certain=True)
    sql = f"""
        SELECT DISTINCT ON (f.listing_id) f.listing_id, f.event, t.event,
            coalesce({certainly}, false) AS certain
        FROM {STEPS} AS f JOIN {STEPS} AS t ON t.listing_id = f.listing_id
        WHERE f.listing_id = ANY (%s) AND f.code = ANY (%s) AND t.code = ANY (%s)
            AND t.event <> f.event AND {possibly}
        ORDER BY f.listing_id, certain DESC, f.event, t.event
    """
    rows = _rows(
        sql,
        [*certain_values, list(listings), list(sequence.first), list(sequence.then), *values],
    )
    return {row[0]: SequenceFound(*row) for row in rows}


def is_large() -> bool:
    """Whether the index is so large that counts take a while; by PostgreSQL's own estimate."""
    (rows,) = _rows("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [ENTRIES])[0]
    return bool(rows > LARGE)


def _rows(sql: str, values: list[Any], *, seconds: int = 0, plan: str = _PLAN) -> list[Any]:
    """Statements sent together are one transaction, so that `SET LOCAL` ends with them. Where no
    other plan is thought of, leaving `plan` out saves half of the time.

    Raises OperationalError when `seconds` are over; 0 leaves the time to the connection.
    """
    limit = f"SET LOCAL statement_timeout = '{seconds}s'; " if seconds else ""
    scope: Any = transaction.atomic(using=reading_from.alias()) if seconds else nullcontext()
    with scope, reading_from.connection().cursor() as cursor:
        cursor.execute(plan + limit + sql, values)
        return list(cursor.fetchall())
