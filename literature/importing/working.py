"""The worker: takes imports up one after the other, until it is told to end."""

from __future__ import annotations

import os
import secrets
import socket
import threading
import time
from collections.abc import Callable

import structlog
from django.core.exceptions import ValidationError
from django.db import Error, close_old_connections

from literature import background
from literature.history.acting import WORKER, acting
from literature.importing import cleaning, leases, saving, staging, undoing
from literature.importing.failing import NO_SPACE, OUR_FAULT, fail
from literature.importing.leases import Lease, LostError, Renewal
from literature.importing.progress import Progress
from literature.models import Import, ImportState
from literature.outages import FULL, outage_of

PAUSE_SECONDS = 1.0
NOTE_SECONDS = 10.0
STEPS: dict[str, Callable[[Import, Progress], None]] = {
    ImportState.READING: staging.read,
    ImportState.SAVING: saving.save,
    ImportState.UNDOING: undoing.undo,
}
"""What is done in each state, by whoever holds the lease."""
log = structlog.get_logger(__name__)


class Stop(Exception):
    """The worker was told to end in the middle of an import."""


class Worker:
    """`end` is set when it should stop: it then hands the import it is at back, unharmed."""

    def __init__(self, end: threading.Event | None = None) -> None:
        self.name = f"{socket.gethostname()[:20]}-{os.getpid()}-{secrets.token_hex(4)}"[:40]
        self.end = end or threading.Event()
        self._noted: float | None = None

    def run(self) -> None:
        """Until `end`. A database that is away for a while does not end it."""
        try:
            while not self.end.is_set():
                try:
                    with acting(way=WORKER):
                        self.note()
                        worked = self.run_one() or background.work_a_little()
                    if not worked:
                        cleaning.sweep()
                        self.end.wait(PAUSE_SECONDS)
                except Exception as error:
                    if outage_of(error) is None:
                        raise
                    log.warning("import_worker_without_database", exc_info=True)
                    self.end.wait(PAUSE_SECONDS * 5)
                finally:
                    close_old_connections()
        finally:
            self._forget()

    def run_one(self) -> bool:
        """Takes one import up and brings it to its next state; False where none waits."""
        imported = leases.claim(self.name)
        if imported is None:
            return False
        self._take(imported, watching=True)
        return True

    def run_this(self, wanted: Import) -> bool:
        """The same for one import alone, by a process that is no worker for others; False where
        another process is at it."""
        imported = leases.claim(self.name, wanted)
        if imported is None:
            return False
        self._take(imported, watching=False)
        return True

    def _take(self, imported: Import, *, watching: bool) -> None:
        lease = Lease(imported, self.name)
        asked_by = imported.undone_by if imported.state == ImportState.UNDOING else imported.by
        try:
            with (
                acting(by=asked_by),
                Renewal(lease, self.note if watching else _nothing) as renewal,
            ):
                STEPS[imported.state](imported, _Watched(self, renewal))
        except LostError:
            log.info("import_left_to_another", imported=imported.public_id)
        except Stop:
            lease.give_back()
        except ValidationError as error:
            fail(imported, "\n".join(error.messages))
        except Exception as error:
            outage = outage_of(error)
            if outage is FULL:
                fail(imported, NO_SPACE)
            elif outage is not None:
                raise  # the lease runs out, and it is tried again, so many times
            else:
                log.exception("import_failed", imported=imported.public_id)
                fail(imported, OUR_FAULT)

    def note(self) -> None:
        """Says now and then that this worker is there."""
        if self._noted is None or time.monotonic() - self._noted > NOTE_SECONDS:
            leases.note_seen(self.name)
            self._noted = time.monotonic()

    def _forget(self) -> None:
        try:
            leases.forget(self.name)
        except Error:
            log.warning("import_worker_without_database")


def _nothing() -> None:
    return None


class _Watched:
    """The progress of a worker's work: shown by the renewals, stopped by them or by the end."""

    def __init__(self, worker: Worker, renewal: Renewal) -> None:
        self.worker, self.renewal = worker, renewal

    def check(self) -> None:
        self.renewal.check()
        if self.worker.end.is_set():
            raise Stop

    def tick(self, done: int) -> None:
        self.renewal.done = done
        self.check()

    def ending(self) -> None:
        self.check()
        self.renewal.stop()
