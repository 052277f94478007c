"""How the site stands, asked for at the moment of a scrape.

Nothing here tells of a record that is not published: numbers of published cases, of jobs by state,
and of bytes and seconds.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from cryptography import x509
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import Error, connection, transaction
from django.db.models import Count, Max, Min
from django.utils import timezone
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from literature.models import WORKING, Import, ImportWorker
from patients.models import Listing

SECONDS_AT_MOST: Final = 3
"""Of one statement: a scrape must say that the database is slow, not wait for it."""
Gauges = Iterator[GaugeMetricFamily]


class Standing(Collector):
    def collect(self) -> Gauges:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = '{SECONDS_AT_MOST}s'")
                known = [*published(), *imports()]
        except Error:
            known = []
        yield gauge("casebase_database_up", "1 where the database answered, else 0.", bool(known))
        yield from known
        yield from disks()
        yield from backups()
        yield from certificates()


def as_text() -> bytes:
    """In Prometheus's text format."""
    registry = CollectorRegistry()
    registry.register(Standing())
    return bytes(generate_latest(registry))


def gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, told, value=value)


def published() -> Gauges:
    count = Listing.objects.visible_to(AnonymousUser()).count()
    yield gauge("casebase_published_cases", "Cases that readers see.", count)


def imports() -> Gauges:
    """The queue of the worker, and whether there is one."""
    waiting = Import.objects.order_by().filter(state__in=WORKING)
    queue = GaugeMetricFamily(
        "casebase_import_jobs", "Imports that wait or are at work, by state.", labels=["state"]
    )
    counts = dict(waiting.values_list("state").annotate(Count("pk")))
    for state in WORKING:
        queue.add_metric([state.value], counts.get(state.value, 0))
    yield queue
    oldest: datetime | None = waiting.aggregate(oldest=Min("created_at"))["oldest"]
    yield gauge(
        "casebase_import_oldest_seconds",
        "Age of the oldest import among them, since it was made; 0 for none.",
        (timezone.now() - oldest).total_seconds() if oldest else 0,
    )
    seen: datetime | None = ImportWorker.objects.aggregate(seen=Max("seen_at"))["seen"]
    if seen is not None:
        yield gauge(
            "casebase_worker_seen_timestamp_seconds",
            "When a worker last said that it was there.",
            seen.timestamp(),
        )


def disks() -> Gauges:
    free = GaugeMetricFamily(
        "casebase_disk_free_bytes", "Free on the disk of a folder.", labels=["folder"]
    )
    for name, folder in {"data": settings.DATA, "media": settings.MEDIA_ROOT}.items():
        with contextlib.suppress(OSError):  # not made yet
            free.add_metric([name], shutil.disk_usage(folder).free)
    yield free


def backups() -> Gauges:
    """Known by a file that whoever takes backups touches: the web process cannot see those."""
    with contextlib.suppress(OSError):
        if settings.BACKUP_STAMP:
            yield gauge(
                "casebase_backup_timestamp_seconds",
                "When a backup was last taken as a whole.",
                Path(settings.BACKUP_STAMP).stat().st_mtime,
            )


def certificates() -> Gauges:
    """The first certificate of the file is the site's own."""
    with contextlib.suppress(OSError, ValueError):
        if settings.CERTIFICATE:
            read: Any = x509.load_pem_x509_certificates(Path(settings.CERTIFICATE).read_bytes())
            yield gauge(
                "casebase_certificate_ends_timestamp_seconds",
                "When the site's certificate ends.",
                read[0].not_valid_after_utc.timestamp(),
            )
