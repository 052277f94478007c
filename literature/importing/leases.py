"""Who is at work on an import. A lease that is not renewed runs out, and another takes it up."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from types import TracebackType
from typing import Self

from django.db import Error, connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone

from literature.importing.failing import fail
from literature.models import WORKING, Import, ImportState, ImportWorker

LEASE = timedelta(seconds=30)
REQUEST = "request"
"""Who works while a request waits; nobody renews the lease, so it is a longer one."""
REQUEST_LEASE = timedelta(minutes=5)
RENEW_SECONDS = 1.0
MOST_ATTEMPTS = 3
SEEN_WITHIN = timedelta(seconds=60)
FORGOTTEN_AFTER = timedelta(minutes=10)
GAVE_UP = (
    f"It was begun {MOST_ATTEMPTS} times and broke off each time, so it is not tried again. "
    "Nothing was brought in."
)


class LostError(Exception):
    """The import was cancelled, or another process has taken it up: leave it alone."""


def claim(worker: str, wanted: Import | None = None) -> Import | None:
    """The oldest import that waits for a worker, or whose worker is gone; or the wanted one. None
    where there is none. One that was begun too often ends here instead."""
    while True:
        with transaction.atomic():
            found = _waiting(wanted)
            if found is None:
                return None
            if found.attempts < MOST_ATTEMPTS:
                return _taken(found, worker)
            fail(found, GAVE_UP)


def _waiting(wanted: Import | None) -> Import | None:
    waiting = (
        Import.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(state__in=WORKING)
        .filter(Q(lease_until__isnull=True) | Q(lease_until__lt=timezone.now()))
    )
    if wanted is not None:
        waiting = waiting.filter(pk=wanted.pk)
    return waiting.order_by("pk").first()


def _taken(found: Import, worker: str) -> Import:
    if found.state == ImportState.WAITING:
        found.state = ImportState.READING
    found.attempts += 1
    found.lease_by, found.lease_until = worker, timezone.now() + LEASE
    found.save(update_fields=["state", "attempts", "lease_by", "lease_until"])
    return found


class Lease:
    """Held while working on one import."""

    def __init__(self, imported: Import, worker: str) -> None:
        self.pk, self.worker, self.state = imported.pk, worker, imported.state

    def renew(self, done: int) -> None:
        """Says how far the work is. Raises LostError where the import is no longer ours."""
        mine = Import.objects.filter(pk=self.pk, lease_by=self.worker, state=self.state)
        if not mine.update(done=done, lease_until=timezone.now() + LEASE):
            raise LostError

    def give_back(self) -> None:
        """For another to take up; it does not count as an attempt."""
        Import.objects.filter(pk=self.pk, lease_by=self.worker).update(
            lease_by="", lease_until=None, attempts=Greatest(F("attempts") - 1, 0)
        )


class Renewal:
    """Renews a lease from a thread of its own, on a connection of its own: a long transaction
    hides what it writes, and a slow service lets nobody write.

    `done` is told by the work; `check` raises LostError once the lease is gone. `noting` is called
    at each renewal.
    """

    def __init__(self, lease: Lease, noting: Callable[[], None] = lambda: None) -> None:
        self.lease, self.noting, self.done = lease, noting, 0
        self._end, self._lost = threading.Event(), False
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.stop()

    def stop(self) -> None:
        """After this nothing more is written."""
        self._end.set()
        self._thread.join()

    def check(self) -> None:
        if self._lost:
            raise LostError

    def _run(self) -> None:
        renewed = time.monotonic()
        try:
            while not self._end.wait(RENEW_SECONDS):
                try:
                    self.noting()
                    self.lease.renew(self.done)
                    renewed = time.monotonic()
                except Error:
                    connection.close()
                    if time.monotonic() - renewed > LEASE.total_seconds():
                        raise LostError from None
        except LostError:
            self._lost = True
        finally:
            connection.close()


def note_seen(worker: str) -> None:
    """Says that `worker` is there, and forgets those that were killed."""
    now = timezone.now()
    ImportWorker.objects.update_or_create(name=worker, defaults={"seen_at": now})
    ImportWorker.objects.filter(seen_at__lt=now - FORGOTTEN_AFTER).delete()


def forget(worker: str) -> None:
    ImportWorker.objects.filter(name=worker).delete()


def worker_seen() -> bool:
    """Whether a worker has been there within the last minute."""
    return ImportWorker.objects.filter(seen_at__gt=timezone.now() - SEEN_WITHIN).exists()
