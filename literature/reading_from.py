"""Which server is read from: the primary, unless a request of a reader was given a replica.

Whoever writes SQL by hand for readers asks here for the connection, as the router does for the ORM.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

_alias: ContextVar[str] = ContextVar("reading_from", default=DEFAULT_DB_ALIAS)


def alias() -> str:
    return _alias.get()


def connection() -> Any:
    """This thread's connection to that server."""
    return connections[_alias.get()]


@contextmanager
def reading_from(chosen: str) -> Iterator[None]:
    """What is read inside is read from the server `chosen`. Writes are always the primary's."""
    token = _alias.set(chosen)
    try:
        yield
    finally:
        _alias.reset(token)


def read_from_primary() -> None:
    """From here to the end of the `reading_from` around it."""
    _alias.set(DEFAULT_DB_ALIAS)
