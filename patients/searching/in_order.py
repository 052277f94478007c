"""The first entries of what is found, in an order: SQL for the quickest of three ways. Pure.

Entries are walked in their order until enough of them fit; or those that fit are taken from the
index of the newest and sorted; or from the index of all. Of many hits the first are met soon on a
walk; few are quickly sorted. PostgreSQL's own choice takes a fetched hit for ten times as dear as
an entry that is walked past, while both take two microseconds where memory holds them, and it walks
a base to its end where words and codes exclude each other. So either short way is bounded, and
followed by the last where it did not find enough.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from patients.searching.conditions import Conditions
from patients.searching.newest_index import ENTRIES, WORTH, Newest

COLUMNS: Final = "e.listing_id, e.listed_at, e.title_key, e.source_year, e.event_count, e.vector"
SPARE: Final = 2
"""How many times as far as it should take a walk goes on."""
SURE: Final = 1.25
"""How many times as many hits as are wanted the newest are expected to have."""
Plan = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Way:
    walk: int = 0
    """Entries to walk at most."""
    since: datetime | None = None
    """From when on the index of the newest has them."""


@dataclass(frozen=True, slots=True)
class Expected:
    hits: int
    entries: int


def estimate(found: Conditions, start: Conditions) -> tuple[str, list[Any]]:
    """Has the planner say how many entries it expects of either; for `expected`."""
    sql = (
        f"EXPLAIN (FORMAT JSON) SELECT FROM {ENTRIES} AS e WHERE {found} "
        f"UNION ALL SELECT FROM {ENTRIES} AS e WHERE {start}"
    )
    return sql, [*found.values, *start.values]


def expected(plan: Plan) -> Expected:
    """Of what `estimate` was answered with."""
    numbers = [int(part["Plan Rows"]) for part in plan.get("Plans", ())]
    if len(numbers) != 2:  # one of the two is empty for certain
        return Expected(0, 0)
    return Expected(*numbers)


def way_to(most: int, told: Expected, newest: Callable[[], Newest | None]) -> Way:
    """To the first `most` hits. `newest` is asked where entries are many."""
    walked = most * told.entries // max(told.hits, 1)
    index = newest() if told.entries >= WORTH else None
    if index is not None:
        among = told.hits * index.holds(told.entries) // told.entries
        if SURE * most <= among < min(walked, told.hits):
            return Way(since=index.since)
    return Way(walk=SPARE * walked if walked <= told.hits else 0)


def first_of(
    found: Conditions, start: Conditions, sort: str, most: int, way: Way, columns: str = COLUMNS
) -> tuple[str, list[Any]]:
    """The first `most` of what is `found`, in the order of `sort`, from the first entry that
    `start` holds for; `columns` hold what it is sorted by. `way` decides how long it takes, not
    what is found; one by the index of the newest is for an order from the newest on."""
    if way.since is None:
        short = f"(SELECT * FROM {ENTRIES} AS e WHERE {start} ORDER BY {sort} LIMIT %s) AS e"
        short, values = f"{short} WHERE {found}", [*start.values, way.walk, *found.values]
    else:
        short = f"(SELECT * FROM {ENTRIES} AS e WHERE {found} AND e.listed_at >= %s OFFSET 0) AS e"
        values = [*found.values, way.since]
    sql = f"""
        WITH near AS MATERIALIZED (
            SELECT {columns} FROM {short} ORDER BY {sort} LIMIT %s
        ), sorted AS (
            SELECT {columns} FROM (
                SELECT * FROM {ENTRIES} AS e
                WHERE {found} AND (SELECT count(*) FROM near) < %s OFFSET 0
            ) AS e ORDER BY {sort} LIMIT %s
        )
        SELECT * FROM near WHERE (SELECT count(*) FROM near) >= %s
        UNION ALL SELECT * FROM sorted
    """
    return sql, [*values, most, *found.values, most, most, most]
