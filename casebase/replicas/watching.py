"""Asks each replica now and then how far it has come, in a thread, so that no request waits for it.

A process that is asked nothing starts none. One look costs a short query on either server.
"""

from __future__ import annotations

import os
import threading
import time
from typing import Any, Final

import structlog
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections

from casebase.replicas.freshness import Freshness, Position

PLACE: Final = """
    SELECT ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint,
        pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint
"""
"""Of a primary; a standby refuses to say. A segment's name begins with the timeline."""
REPLAYED: Final = """
    SELECT greatest(checkpoint.timeline_id, recovery.min_recovery_end_timeline),
        pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint
    FROM pg_control_checkpoint() AS checkpoint, pg_control_recovery() AS recovery
    WHERE pg_is_in_recovery()
"""
"""No row: it is no standby, or has been promoted."""
LONGEST_PAUSE: Final = 1.0
LOOKS_WITHIN_BOUND: Final = 4
log = structlog.get_logger(__name__)


class Watch:
    """Of one replica, by one process."""

    def __init__(self, alias: str, bound: float) -> None:
        self.alias = alias
        self.freshness = Freshness(bound)
        self.pause = min(LONGEST_PAUSE, bound / LOOKS_WITHIN_BOUND)
        self._failed = threading.Event()
        self._was_fresh: bool | None = None
        self._error = ""

    def is_fresh(self) -> bool:
        return not self._failed.is_set() and self.freshness.holds(time.monotonic())

    def failed(self) -> None:
        """A request met an error there: nobody reads from it until the next look."""
        self._failed.set()

    def run(self) -> None:
        # Not this thread's usual ones, which signals of requests would close.
        primary = connections.create_connection(DEFAULT_DB_ALIAS)
        replica = connections.create_connection(self.alias)
        while True:
            self.look(primary, replica)
            self._tell()
            time.sleep(self.pause)

    def look(self, primary: Any, replica: Any) -> None:
        failed = self._failed.is_set()
        at = time.monotonic()
        if (place := _ask(primary, PLACE)) is not None:
            self.freshness.written(at, Position(*place))
        try:
            place = _ask(replica, REPLAYED, silent=False)
        except Error as error:
            self._error = type(error).__name__
            self.freshness.forget()
        else:
            self._error = ""
            self.freshness.replayed(None if place is None else Position(*place))
        if failed:
            self._failed.clear()

    def _tell(self) -> None:
        fresh = self.is_fresh()
        if fresh != self._was_fresh:
            self._was_fresh = fresh
            if fresh:
                log.info("replica_serves_readers", replica=self.alias)
            else:
                log.warning("replica_away_or_behind", replica=self.alias, error=self._error)


def _ask(connection: Any, query: str, *, silent: bool = True) -> Any:
    """One row, or None. An error ends the connection; the next look makes another one."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchone()
    except Error:
        connection.close()
        if silent:
            return None
        raise


_watches: dict[str, Watch] = {}
_of_process = 0
_starting = threading.Lock()


def watches() -> dict[str, Watch]:
    """By alias; started when they are first asked for, in each process anew."""
    global _watches, _of_process
    if _of_process != os.getpid():
        with _starting:
            if _of_process != os.getpid():
                _watches = {
                    alias: Watch(alias, settings.REPLICA_LAG) for alias in settings.REPLICAS
                }
                for watch in _watches.values():
                    name = f"watch-{watch.alias}"
                    threading.Thread(target=watch.run, name=name, daemon=True).start()
                _of_process = os.getpid()
    return _watches
