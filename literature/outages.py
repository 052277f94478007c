"""What an error says of the machinery, not of the request: the database is away, too slow, or full.

Such a request is answered with 503 and may be sent again; nothing of it was acknowledged.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import psycopg2
from django.db import Error, OperationalError


@dataclass(frozen=True, slots=True)
class Outage:
    title: str
    says: str
    seconds: int
    """After which to try again: what Retry-After says."""


AWAY: Final = Outage(
    "The database does not answer",
    "It is being restarted, or cannot be reached just now. Try again in a few seconds.",
    5,
)
SLOW: Final = Outage(
    "This took too long",
    "The database did not answer in time, so the request was given up. Ask for less, or try again.",
    30,
)
BUSY: Final = Outage(
    "Too much at once",
    "Others are writing to the same records, or too many are asking. Try again in a moment.",
    5,
)
FULL: Final = Outage(
    "The server has no space left",
    "Nothing of this request was saved, and nothing that was saved before is lost. Tell whoever "
    "runs this Casebase, and try again when there is space.",
    300,
)
# The classes and codes are in PostgreSQL's documentation, appendix A.
_CODES: Final = {
    "53100": FULL,
    "53200": BUSY,  # no memory
    "53300": BUSY,  # too many connections
    "53400": FULL,  # a limit that was set, such as on temporary files
    "40001": BUSY,
    "40P01": BUSY,  # deadlock
    "55P03": BUSY,  # a lock was not to be had
    "57014": SLOW,
    "25P03": SLOW,  # the transaction lay idle
    "25P04": SLOW,
    "57P05": AWAY,
    "57P01": AWAY,
    "57P02": AWAY,
    "57P03": AWAY,
    "25006": AWAY,  # a server that only reads, such as a standby that is not promoted yet
}
_NO_SPACE: Final = (errno.ENOSPC, errno.EDQUOT)


def outage_of(error: BaseException | None) -> Outage | None:
    """Of `error`, or of the errors that it came from; None where the fault is another one."""
    for each in _chain(error):
        if isinstance(each, OSError) and each.errno in _NO_SPACE:
            return FULL
        if isinstance(each, (Error, psycopg2.Error)) and (found := _of_database(each)):
            return found
    return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _of_database(error: Error | psycopg2.Error) -> Outage | None:
    """Django's error has the driver's as its cause; one without is ours: the time is up."""
    told = error if isinstance(error, psycopg2.Error) else error.__cause__
    if not isinstance(told, psycopg2.Error):
        return SLOW if isinstance(error, OperationalError) else None
    if told.pgcode is not None:
        # Class 08 is the connection itself.
        return AWAY if told.pgcode.startswith("08") else _CODES.get(told.pgcode)
    # Without a code the driver found nobody at the other end; at times it has no word for that.
    away = isinstance(told, (psycopg2.OperationalError, psycopg2.InterfaceError))
    return AWAY if away or type(told) is psycopg2.DatabaseError else None
