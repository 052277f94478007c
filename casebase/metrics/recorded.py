"""What is counted while requests are answered.

With `CASEBASE_METRICS_FOLDER` each process writes its counts to a file of its own there, and
whichever process is asked adds up all of them; without it a process knows its own alone.
"""

from __future__ import annotations

import os
from typing import Final

from django.conf import settings

if settings.METRICS_FOLDER:
    # prometheus_client decides while it is imported whether counts are kept in files.
    settings.METRICS_FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(settings.METRICS_FOLDER)

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

SECONDS: Final = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60)
"""Upper bounds: a prepared page takes 1 ms, a statement ends at 15 s, the proxy gives up at 60."""

own: Final = CollectorRegistry()
REQUESTS: Final = Counter(
    "casebase_requests",
    "Requests answered, by name of the route.",
    ["route", "method", "status"],
    registry=own,
)
DURATION: Final = Histogram(
    "casebase_request_seconds",
    "Seconds until the answer was ready to be sent, by name of the route.",
    ["route"],
    registry=own,
    buckets=SECONDS,
)
DATABASE_ERRORS: Final = Counter(
    "casebase_database_errors",
    "Errors that the database or the way to it gave, handled or not.",
    ["kind"],
    registry=own,
)


def as_text() -> bytes:
    """In Prometheus's text format. Of all web processes, where they share a folder."""
    if not settings.METRICS_FOLDER:
        return bytes(generate_latest(own))
    together = CollectorRegistry()
    MultiProcessCollector(together, path=str(settings.METRICS_FOLDER))  # type: ignore[no-untyped-call]
    return bytes(generate_latest(together))
