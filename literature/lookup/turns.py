"""Taking turns: no more than one question an interval to a service, over all processes.

One statement on one row, on the database's own clock, so that a lock is held for no longer than
that. Call it outside of transactions.
"""

from __future__ import annotations

from django.db import connection

from literature.lookup.errors import Refused
from literature.lookup.services import Service

_TAKE = """
    INSERT INTO literature_serviceturn AS turn (service, next_at)
    VALUES (%(key)s, clock_timestamp() + make_interval(secs => %(interval)s))
    ON CONFLICT (service) DO UPDATE
    SET next_at = greatest(turn.next_at, clock_timestamp())
                  + make_interval(secs => %(interval)s)
    WHERE turn.next_at <= clock_timestamp() + make_interval(secs => %(longest_wait)s)
    RETURNING extract(epoch FROM turn.next_at - clock_timestamp())
"""
_POSTPONE = """
    INSERT INTO literature_serviceturn AS turn (service, next_at)
    VALUES (%(key)s, clock_timestamp() + make_interval(secs => %(seconds)s))
    ON CONFLICT (service) DO UPDATE
    SET next_at = greatest(turn.next_at, clock_timestamp() + make_interval(secs => %(seconds)s))
"""


def take_turn(service: Service, longest_wait: float) -> float:
    """The seconds to wait for the turn that was taken.

    Raises Refused where they would be more than `longest_wait`; no turn is taken then.
    """
    values: dict[str, str | float] = {
        "key": service.key,
        "interval": service.interval,
        "longest_wait": longest_wait,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        row = cursor.fetchone()
    if row is None:
        raise Refused(service.name)
    return max(0.0, float(row[0]) - service.interval)


def postpone(service: Service, seconds: float) -> None:
    """Nobody asks `service` for so long: it said so."""
    with connection.cursor() as cursor:
        cursor.execute(_POSTPONE, {"key": service.key, "seconds": seconds})
