"""Where the time of a request goes, in one process and without a server: for what misses its goal.

    .venv/bin/python -m bench.reading.profiling [--scale 20000] PATH…

Of each path it says how long an answer takes, how much of it is the processor's in Python and how
long the database is waited for in how many queries, and the functions that take most.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import pstats
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time
from typing import Any, Final
from urllib.parse import urlsplit

from bench.reading.base import Made, base_of
from bench.reading.questions import set_up
from bench.reading.servers import DATA

TIMES: Final = 200
FUNCTIONS: Final = 12


@dataclass(slots=True)
class Waiting:
    """For the database: a wrapper of its queries."""

    seconds: float = 0.0
    queries: int = 0

    def __call__(self, execute: Callable[..., Any], *values: Any) -> Any:
        began = perf_counter()
        try:
            return execute(*values)
        finally:
            self.seconds += perf_counter() - began
            self.queries += 1


def environ_of(path: str) -> dict[str, Any]:
    parts = urlsplit(path)
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": parts.path, "QUERY_STRING": parts.query,
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1", "HTTP_X_FORWARDED_PROTO": "https", "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False, "wsgi.multiprocess": False, "wsgi.run_once": False,
    }  # fmt: skip


def once(application: Any, path: str) -> int:
    """Gives the number of bytes. Raises ValueError for all but 200."""
    said: list[str] = []
    parts = application(environ_of(path), lambda status, headers: said.append(status))
    body = b"".join(parts)
    if hasattr(parts, "close"):
        parts.close()
    if not said[0].startswith("200"):
        raise ValueError(f"{path}: {said[0]}")
    return len(body)


def told(application: Any, path: str) -> str:
    from django.db import connection

    for _ in range(10):
        once(application, path)
    waiting, took, worked = Waiting(), [], []
    with connection.execute_wrapper(waiting):
        for _ in range(TIMES):
            began, busy = perf_counter(), process_time()
            size = once(application, path)
            took.append(perf_counter() - began)
            worked.append(process_time() - busy)
    profile = cProfile.Profile(process_time)
    profile.enable()
    for _ in range(TIMES):
        once(application, path)
    profile.disable()
    out = io.StringIO()
    pstats.Stats(profile, stream=out).strip_dirs().sort_stats("tottime").print_stats(FUNCTIONS)
    return (
        f"{path}\n{size:,} bytes, {median(took) * 1e3:.2f} ms, of which Python "
        f"{median(worked) * 1e3:.2f} ms; database {waiting.seconds / TIMES * 1e3:.2f} ms in "
        f"{waiting.queries / TIMES:.0f} queries\n{out.getvalue()}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.reading.profiling")
    parser.add_argument("--scale", type=int, default=20_000, help="cases")
    parser.add_argument("paths", nargs="+", help="such as /api/v1/cases/?count=no")
    asked = parser.parse_args()
    with base_of(asked.scale, DATA, Made(prepared=1, likeness=False)) as variables:
        set_up(variables)
        from casebase.wsgi import application

        for path in asked.paths:
            print(told(application, path), flush=True)


if __name__ == "__main__":
    main()
