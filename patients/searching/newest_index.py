"""An index of the newest entries alone, which `manage.py index_newest` makes of a large base.

A word and two facets that 35,000 of two million cases have are found by the whole index in a tenth
of a second, to show the newest of them. Among the newest entries alone they are found four times as
quickly; and where these hold as many hits as are wanted, they are the first of all. Searches go
without it where it was never made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from patients.models import SearchEntry
from patients.vocabulary import Audience

Say = Callable[[str], object]
NAME: Final = "entry_found_newest"
COLUMNS: Final = "vector, codes, ties"
"""Those of the whole index, which the model names."""
UNFINISHED: Final = f"{NAME}_unfinished"
ENTRIES: Final = SearchEntry._meta.db_table
NEWEST: Final = 400_000
"""Entries that it holds when it is made."""
WORTH: Final = 2 * NEWEST
"""Entries from which on a search looks for it. It is made anew once it holds as many."""
LOCK: Final = 7_305_118_442_609_331
"""Of PostgreSQL's advisory locks: the one for making it."""
READ: Final = f"SELECT obj_description(to_regclass('{NAME}'), 'pg_class')"


@dataclass(frozen=True, slots=True)
class Newest:
    since: datetime
    """What was listed then or later is in it."""
    then: int
    """Entries of the whole base when it was made."""

    def holds(self, entries: int) -> int:
        """How many of now so many entries are in it, as far as can be told without counting."""
        return min(entries, NEWEST + max(0, entries - self.then))


def read(comment: str | None) -> Newest | None:
    """What `READ` was answered with."""
    if not comment:
        return None
    since, _, then = comment.partition(" ")
    return Newest(datetime.fromisoformat(since), int(then))


def make(say: Say) -> None:
    """Makes it, or makes it anew where it holds too many, beside searches and writing. What a
    killed run has left is taken away."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            say("Somebody else is making it.")
            return
        try:
            cursor.execute("SET statement_timeout = 0")
            _make(cursor, say)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
            cursor.execute("RESET statement_timeout")


def _make(cursor: Any, say: Say) -> None:
    cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {UNFINISHED}")
    cursor.execute(f"SELECT count(*) FROM {ENTRIES} WHERE audience = %s", [Audience.PUBLIC])
    (entries,) = cursor.fetchone()
    cursor.execute(READ)
    there = read(cursor.fetchone()[0])
    if there is None and entries < WORTH:
        say(f"{entries:,} cases are searched quickly without; it is worth making from {WORTH:,}.")
        return
    if there is not None and there.holds(entries) < WORTH:
        say(f"It is there, with some {there.holds(entries):,} of {entries:,} cases.")
        return
    cursor.execute(
        f"SELECT listed_at FROM {ENTRIES} WHERE audience = %s "
        "ORDER BY listed_at DESC, listing_id DESC LIMIT 1 OFFSET %s",
        [Audience.PUBLIC, NEWEST - 1],
    )
    (since,) = cursor.fetchone()
    say(f"Indexing the newest {NEWEST:,} of {entries:,} cases")
    cursor.execute(
        f"CREATE INDEX CONCURRENTLY {UNFINISHED} ON {ENTRIES} USING gin ({COLUMNS}) "
        "WHERE audience = %s AND listed_at >= %s",
        [Audience.PUBLIC, since],
    )
    cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {NAME}")
    cursor.execute(
        f"BEGIN; ALTER INDEX {UNFINISHED} RENAME TO {NAME}; COMMENT ON INDEX {NAME} IS %s; COMMIT",
        [f"{since.isoformat()} {entries}"],
    )
    say("Done.")
