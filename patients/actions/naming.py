"""One lock between pages that name other cases and cases that are taken away.

A page that was begun before a withdrawal is finished before it, and so is there to be forgotten by
it; one that is begun later names the case no more.
"""

from __future__ import annotations

from typing import Final

from django.db import connection

LOCK: Final = 7_022_020


def hold() -> None:
    """Until the transaction ends, no case that a page may name is taken away."""
    _lock("pg_advisory_xact_lock_shared")


def take_away() -> None:
    """Waits until no page is being made that may name the case; none is begun until the
    transaction ends."""
    _lock("pg_advisory_xact_lock")


def _lock(function: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [LOCK])
