"""The first entries of what is found, in an order: SQL for the quicker of two ways. Pure.

Either entries are walked in their order until enough of them fit, or all that fit are taken from
the index of words and codes and sorted. Of many hits the first are met soon on a walk; few are
quickly sorted. PostgreSQL's own choice takes a fetched hit for ten times as dear as an entry that
is walked past, while both take two microseconds where memory holds them, and it walks a base to its
end where words and codes exclude each other. So the walk is bounded, and followed by the other way
where it did not find enough.
"""

from __future__ import annotations

from typing import Any, Final

from patients.models import SearchEntry
from patients.searching.conditions import Conditions

ENTRIES: Final = SearchEntry._meta.db_table
COLUMNS: Final = "e.listing_id, e.listed_at, e.title_key, e.source_year, e.event_count, e.vector"
SPARE: Final = 2
"""How many times as far as it should take a walk goes on."""


def estimate(found: Conditions, start: Conditions) -> tuple[str, list[Any]]:
    """Has the planner say how many entries it expects of either; for `bound_of`."""
    sql = (
        f"EXPLAIN (FORMAT JSON) SELECT FROM {ENTRIES} AS e WHERE {found} "
        f"UNION ALL SELECT FROM {ENTRIES} AS e WHERE {start}"
    )
    return sql, [*found.values, *start.values]


def bound_of(plan: dict[str, Any], most: int) -> int:
    """How many entries to walk for `most` hits; 0 where sorting all hits should be quicker. `plan`
    is what `estimate` was answered with."""
    expected = [int(part["Plan Rows"]) for part in plan.get("Plans", ())]
    if len(expected) != 2:  # one of the two is empty for certain
        return 0
    hits, entries = expected
    walked = most * entries // max(hits, 1)
    return SPARE * walked if walked <= hits else 0


def first_of(
    found: Conditions, start: Conditions, sort: str, most: int, bound: int
) -> tuple[str, list[Any]]:
    """The first `most` of what is `found`, in the order of `sort`, with `COLUMNS`. At most `bound`
    entries are walked, from the first that `start` holds for."""
    sql = f"""
        WITH walked AS MATERIALIZED (
            SELECT {COLUMNS} FROM (
                SELECT * FROM {ENTRIES} AS e WHERE {start} ORDER BY {sort} LIMIT %s
            ) AS e WHERE {found} ORDER BY {sort} LIMIT %s
        ), sorted AS (
            SELECT {COLUMNS} FROM (
                SELECT * FROM {ENTRIES} AS e
                WHERE {found} AND (SELECT count(*) FROM walked) < %s OFFSET 0
            ) AS e ORDER BY {sort} LIMIT %s
        )
        SELECT * FROM walked WHERE (SELECT count(*) FROM walked) >= %s
        UNION ALL SELECT * FROM sorted
    """
    return sql, [*start.values, bound, *found.values, most, *found.values, most, most, most]
