"""Time limits of the database, for the rest of a transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

LOCK_WAIT = "3s"


@contextmanager
def no_statement_limit() -> Iterator[None]:
    """One statement over many rows may take its time."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
    yield


@contextmanager
def short_waits() -> Iterator[None]:
    """Waiting for others raises OperationalError after `LOCK_WAIT`: for a request."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LOCK_WAIT])
    yield
