"""A large import whose worker is killed again and again: all of it is in the library, or nothing.

The points are moments, drawn at random from slices of the time that each step takes, so that some
fall into the middle of a statement. The slices are shorter at the beginning: a kill at the end of a
step costs as much time as the step.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from tests.literature.importing.forked_worker import PATIENCE

RECORDS = 50_000
WHILE_READING, WHILE_SAVING = 6, 14
FIRST_LOOK = 0.7
"""Seconds until a worker is surely at work."""
LATEST = 0.9
"""The part of a step's guessed time that kills are spread over: one that is late kills nobody."""
NAME = f"killed_{os.getpid()}"
STAGED = f"staged_{os.getpid()}"
"""A copy of it as it was before anything was brought in."""
ROOT = Path(__file__).parents[3]


class Database:
    """One of this test's own, on the server of the tests."""

    def __init__(self) -> None:
        told = settings.DATABASES["default"]
        self.host, self.port, self.user = told["HOST"], told["PORT"] or 5432, told["USER"]
        self.password = told["PASSWORD"]
        self.url = (
            f"postgres://{self.user}:{self.password}@{self.host.replace('/', '%2F')}"
            f":{self.port}/{NAME}"
        )

    def connect(self, name: str = NAME) -> Any:
        made = psycopg2.connect(
            dbname=name, host=self.host, port=self.port, user=self.user, password=self.password
        )
        made.autocommit = True
        return made

    def ask(self, sql: str, name: str = NAME) -> list[Any]:
        with closing(self.connect(name)) as made, made.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall()) if cursor.description else []

    def left_alone(self) -> None:
        """Returns when what a killed process had begun is over."""
        asked = f"SELECT state, query FROM pg_stat_activity WHERE datname = '{NAME}'"
        deadline = time.monotonic() + PATIENCE
        while left := self.ask(asked, "postgres"):
            assert time.monotonic() < deadline, left
            time.sleep(0.02)

    def keep_staged(self) -> None:
        self.left_alone()
        self.ask(f"CREATE DATABASE {STAGED} TEMPLATE {NAME}", "postgres")

    def restore(self) -> None:
        self.left_alone()
        self.ask(f"DROP DATABASE {NAME}", "postgres")
        self.ask(f"CREATE DATABASE {NAME} TEMPLATE {STAGED}", "postgres")


class Process:
    """The process that forks workers (`forked_worker`)."""

    def __init__(self, database: Database) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.literature.importing.forked_worker"],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": database.url},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.hear() == "ready"

    def hear(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def say(self, words: str) -> str:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{words}\n")
        self.process.stdin.flush()
        return self.hear()

    def work(self, seconds: float | None = None) -> bool:
        """Lets a worker work until nothing waits, or kills it after so many seconds; whether it
        came to its end."""
        ended = int(self.say("work" if seconds is None else f"work {seconds:.3f}"))
        assert ended in (0, -signal.SIGKILL)
        return ended == 0

    def end(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture
def database(db) -> Iterator[Database]:
    connection.ensure_connection()
    made = Database()
    made.ask(f"CREATE DATABASE {NAME}", "postgres")
    yield made
    for name in (NAME, STAGED):
        made.ask(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", "postgres")


@pytest.fixture
def process(database) -> Iterator[Process]:
    made = Process(database)
    yield made
    made.end()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "large.ris"
    with path.open("w") as out:
        for number in range(RECORDS):
            doi = f"DO  - 10.5555/{number}\n" if number % 3 == 0 else ""
            out.write(
                f"TY  - JOUR\nAU  - Author{number}, A.\nTI  - A course like number {number}\n"
                f"PY  - {1960 + number % 60}\n{doi}ER  - \n\n"
            )
    return path


def moments(number: int) -> list[float]:
    """Parts of a step, from 0 to 1."""
    return [((slice + random.random()) / number) ** 2 for slice in range(number)]


def library(database: Database) -> tuple[int, int, int]:
    """References, originals and rows with an outcome."""
    database.left_alone()
    return database.ask(
        "SELECT (SELECT count(*) FROM literature_reference),"
        " (SELECT count(*) FROM literature_origin),"
        " (SELECT count(*) FROM literature_importrow WHERE outcome <> '')"
    )[0]


def lease_runs_out(database: Database) -> None:
    """And nobody counts the attempts."""
    database.ask(
        "UPDATE literature_import SET lease_until = now() - interval '1s', attempts = 0, done = 0"
    )


NOTHING, EVERYTHING = (0, 0, 0), (RECORDS,) * 3


def kill_while_reading(database: Database, process: Process) -> float:
    """How long the step would take is guessed from how far it came; gives the guess."""
    whole = FIRST_LOOK / moments(WHILE_READING)[0]
    for part in moments(WHILE_READING):
        seconds = max(part * whole, FIRST_LOOK)
        ended = process.work(seconds)
        assert library(database) == NOTHING
        rows = database.ask("SELECT count(*) FROM literature_importrow")[0][0]
        if rows:
            whole = LATEST * seconds * RECORDS / rows
        if ended:
            database.ask("UPDATE literature_import SET state = 'reading'")
        lease_runs_out(database)
    return whole


def kill_while_saving(database: Database, process: Process, whole: float) -> None:
    for part in moments(WHILE_SAVING):
        seconds = FIRST_LOOK + part * whole
        ended = process.work(seconds)
        assert library(database) == (EVERYTHING if ended else NOTHING)
        if ended:
            whole = LATEST * seconds
            database.restore()
        else:
            done = database.ask("SELECT done FROM literature_import")[0][0]
            whole = LATEST * seconds * RECORDS / done if done > RECORDS / 4 else whole
            lease_runs_out(database)


def test_killed_at_twenty_moments_an_import_is_whole_or_not_there(database, process, file):
    assert process.say(f"begin {file}") == "done"
    reading = kill_while_reading(database, process)
    assert process.work()
    assert library(database) == NOTHING
    assert process.say("save") == "done"
    database.keep_staged()
    kill_while_saving(database, process, reading / 3)
    assert process.work()
    assert library(database) == EVERYTHING
    assert database.ask("SELECT state FROM literature_import") == [("done",)]
