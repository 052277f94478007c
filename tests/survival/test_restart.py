"""The site as it is run for real, in front of a database that is killed and comes back: 503 with a
time to try again, then answers, by the very same processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psutil
import pytest

from casebase.postgres import Server
from tests.casebase.demo import free_port, wait_until
from tests.survival.databases import ask
from tests.survival.running import NOBODY, PATIENCE, ROOT, Answer, ask_site, own_server, web_url

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ("/", "/cases/", "/references/", "/cases/CB-0000000/")
WITHOUT = ("/accounts/login/", "/no/such/page/")
"""Which need no database for somebody who is not signed in."""
PROGRAMS = ("/api/v1/cases/", "/api/v1/events/", "/api/v1/cases/CB-0000000/")


@contextmanager
def process(server: Server, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = {
        **os.environ,
        "DATABASE_URL": web_url(server),
        "DJANGO_SETTINGS_MODULE": "tests.survival.settings",
    }
    with (server.folder / "output").open("ab") as output:
        made = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=ROOT, env=environment, stderr=output,
            stdout=output,
        )  # fmt: skip
    try:
        yield made
    finally:
        made.send_signal(signal.SIGTERM)
        made.wait()


@pytest.fixture
def server() -> Iterator[Server]:
    with own_server() as made:
        yield made


@pytest.fixture
def port(server: Server) -> Iterator[int]:
    """Of granian, started as docs/running.md says."""
    chosen = free_port()
    command = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(chosen)]
    command += ["--workers", "2", "--blocking-threads", "2", "--respawn-failed-workers"]
    with process(server, *command, "casebase.wsgi:application") as made:
        up = wait_until(lambda: status(chosen, "/healthz") == 200, PATIENCE)
        assert up, (server.folder / "output").read_text()[-2000:]
        yield chosen
        assert made.poll() is None


@pytest.fixture
def worker(server: Server) -> Iterator[subprocess.Popen[bytes]]:
    with process(server, "django", "work") as made:
        yield made


def status(port: int, path: str) -> int:
    """0 where nobody answers."""
    try:
        return ask_site(port, "GET", path).status
    except NOBODY:
        return 0


def processes(port: int) -> set[int]:
    """Those that listen, the same as long as none was started anew."""
    return {
        each.pid
        for each in psutil.net_connections("tcp")
        if each.laddr and each.laddr.port == port and each.status == psutil.CONN_LISTEN
        if each.pid
    }


def seen(server: Server, since: Any) -> bool:
    """Whether a worker has told that it is there, later than `since`."""
    found = ask({"dsn": server.url()}, "SELECT max(seen_at) FROM literature_importworker")
    return found[0][0] is not None and (since is None or found[0][0] > since)


class Readers:
    """Some that ask for everything all the time."""

    def __init__(self, port: int) -> None:
        self.port, self.answers, self.ending = port, [], threading.Event()
        self.threads = [threading.Thread(target=self.run, daemon=True) for _ in range(3)]

    def run(self) -> None:
        while not self.ending.is_set():
            for path in (*PAGES, *PROGRAMS, *WITHOUT):
                self.answers.append((path, ask_site(self.port, "GET", path)))

    def __enter__(self) -> Readers:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error: Any) -> None:
        self.ending.set()
        for thread in self.threads:
            thread.join()

    def heard(self, status: int) -> int:
        return sum(answer.status == status for _, answer in list(self.answers))


def well_said(path: str, answer: Answer) -> None:
    assert answer.status in (200, 404, 503), (path, answer.status, answer.body)
    if answer.status == 503:
        assert answer.headers["retry-after"].isdecimal()
        program = path.startswith("/api/")
        kind = "application/problem+json" if program else "text/html; charset=utf-8"
        assert answer.headers["content-type"] == kind
        assert b"The database does not answer" in answer.body


def test_503_while_the_database_is_away_and_the_same_processes_answer_again(server, port, worker):
    assert wait_until(lambda: seen(server, None), PATIENCE)
    before = processes(port)
    with Readers(port) as readers:
        assert wait_until(lambda: readers.heard(200) > 20, PATIENCE)
        server.process.kill()
        server.process.wait()
        assert wait_until(lambda: readers.heard(503) > 20, PATIENCE)
        for path in (*PAGES, *PROGRAMS):
            assert ask_site(port, "GET", path).status == 503
        assert ask_site(port, "GET", "/healthz").status == 503
        server.start()
        since = ask({"dsn": server.url()}, "SELECT now()")[0][0]
        answered = readers.heard(200)
        assert wait_until(lambda: readers.heard(200) > answered + 20, PATIENCE)
        assert wait_until(lambda: ask_site(port, "GET", "/").status == 200, PATIENCE)
    for path, answer in readers.answers:
        well_said(path, answer)
    assert processes(port) == before
    assert wait_until(lambda: seen(server, since), PATIENCE), "The worker did not come back."
    assert worker.poll() is None
