"""A site with a database of its own, whose processes are killed: forked ones answer requests and
bring imports in (`forking`), so that the next one is there at once."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import psutil
import psycopg2
from psycopg2.extensions import parse_dsn

from casebase.backups.restoring import restore
from casebase.backups.taking import take
from casebase.postgres import Server
from casebase.postgres.roles import WEB_ROLE, ensure_web_role
from tests.casebase.conftest import reachable_folder
from tests.casebase.demo import free_port
from tests.survival.databases import ask, parameters

ROOT = Path(__file__).parents[2]
WEB, WORKERS = 3, 1
PATIENCE = 300
"""Seconds, on a machine that does other things."""


@contextlib.contextmanager
def own_server() -> Iterator[Server]:
    """A PostgreSQL that loses nothing when it is killed, with a copy of the tests' database. What
    it has written is the system's, which is not killed: only a power cut would need `fsync`, which
    a crash on a busy disk takes many seconds for."""
    with reachable_folder() as folder:
        server = Server(folder, durable=True, say=lambda line: None)
        server.settings = server.settings | {"fsync": "off"}
        try:
            owner = server.start()
            ensure_web_role(owner)
            media = folder / "media"
            media.mkdir()
            saved = take(parameters(), media, folder / "backups")
            restore(saved, parse_dsn(owner), media, web_role=WEB_ROLE)
            yield server
        finally:
            server.stop()


def web_url(server: Server) -> str:
    return ensure_web_role(server.url())


class Site:
    """`server`'s database behind forked processes; `told` are more variables for them."""

    def __init__(self, server: Server, **told: str) -> None:
        self.server, self.port = server, free_port()
        self.output = (server.folder / "site.output").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.survival.forking", str(self.port)],
            cwd=ROOT,
            env={
                **os.environ,
                "DATABASE_URL": web_url(server),
                "DJANGO_SETTINGS_MODULE": "tests.survival.settings",
                **told,
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.output,
            text=True,
        )
        assert self._hear() == "ready", self.said()
        self.web: list[int] = []
        self.workers: list[int] = []

    def said(self) -> str:
        return (self.server.folder / "site.output").read_text()[-3000:]

    def _hear(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def say(self, words: str) -> Any:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{words}\n")
        self.process.stdin.flush()
        heard = self._hear()
        assert heard, self.said()
        return json.loads(heard)

    def fill(self) -> None:
        while len(self.web) < WEB:
            self.web.append(self.say("web"))
        while len(self.workers) < WORKERS:
            self.workers.append(self.say("work"))

    def kill_one(self) -> None:
        """Whichever of the processes; another takes its place."""
        kind = random.choice([self.web] * WEB + [self.workers] * WORKERS)
        os.kill(kind.pop(random.randrange(len(kind))), signal.SIGKILL)
        self.fill()

    def kill_database(self, *, whole: bool) -> None:
        """All of it, which is then started again; or one of its processes, after which it starts
        itself anew."""
        process = self.server.process
        assert process is not None
        if whole:
            process.kill()
            process.wait()
            self.server.start()
            return
        children = psutil.Process(process.pid).children()
        busy = [child for child in children if "casebase_web" in " ".join(child.cmdline())]
        with contextlib.suppress(psutil.NoSuchProcess):
            (random.choice(busy) if busy else children[0]).kill()

    def alive(self) -> list[int]:
        return [pid for pid in (*self.web, *self.workers) if psutil.pid_exists(pid)]

    def end_forked(self) -> None:
        for pid in (*self.web, *self.workers):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.web, self.workers = [], []

    def end(self) -> None:
        self.end_forked()
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
        self.output.close()

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Raises OSError and HTTPException where nobody answers, or not to the end."""
        answer = ask_site(self.port, method, path, body, **headers)
        if "content-length" not in answer.headers:  # killed in the middle of its headers
            raise HTTPException("The answer was cut short.")
        return answer

    def bring_in_the_rest(self) -> None:
        """Returns when a worker has taken up what killed ones left. Their leases run out at once,
        and how often it was tried is not counted."""
        database = {"dsn": self.server.url()}
        working = "state IN ('waiting', 'reading', 'saving', 'undoing')"
        ask(
            database,
            f"UPDATE literature_import SET lease_until = NULL, attempts = 0 WHERE {working}",
        )
        deadline = time.monotonic() + PATIENCE
        while ask(database, f"SELECT count(*) FROM literature_import WHERE {working}") != [(0,)]:
            assert time.monotonic() < deadline, "Imports are not taken up again."
            time.sleep(0.05)

    def left_alone(self) -> None:
        """Returns when what killed processes had begun is over."""
        while others(self.server):
            time.sleep(0.02)


def ask_site(port: int, method: str, path: str, body: Any = None, **headers: str) -> Answer:
    """Raises what `NOBODY` says where nobody answers, or not to the end."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        told = {"Content-Type": "application/json", "Host": "localhost", **headers}
        connection.request(method, path, data if body is not None else None, told)
        got = connection.getresponse()
        named = {name.lower(): value for name, value in got.getheaders()}
        cookies = got.headers.get_all("Set-Cookie") or []
        return Answer(got.status, named, got.read(), cookies)
    finally:
        connection.close()


class Answer:
    def __init__(
        self, status: int, headers: dict[str, str], body: bytes, cookies: list[str]
    ) -> None:
        self.status, self.headers, self.body, self.cookies = status, headers, body, cookies

    def json(self) -> Any:
        return json.loads(self.body)


def others(server: Server) -> int:
    with contextlib.closing(psycopg2.connect(server.url())) as made, made.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE usename = %s AND backend_type = 'client backend' AND state <> 'idle'",
            [WEB_ROLE],
        )
        return int(cursor.fetchone()[0])


NOBODY = (OSError, HTTPException)
