"""The knowledge base that is measured: a synthetic corpus in a PostgreSQL of its own, made once."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg2

from bench.reading import multiplied
from bench.reading.servers import ROOT, environment
from casebase.postgres import Server
from casebase.postgres.roles import ensure_web_role

AS_OWNER: Final = {"CASEBASE_STATEMENT_TIMEOUT": "0", "CASEBASE_AS_OWNER": "1"}
LOAD: Final = ("load_cases", "--already-screened", "--make-terms")
COUNT_PREPARED: Final = (
    "from patients.models import PreparedAnswer; from patients.serving.build import build_id; "
    "print(PreparedAnswer.objects.filter(kind='page', build=build_id()).count())"
)
SEED: Final = "20"
DONE: Final = "loaded"
FOR_READING: Final = 50_000
"""Larger bases hold only what is read: no working rows, which take four times as much."""
MEMORY: Final = ("shared_buffers", "effective_cache_size", "random_page_cost")
LIKE: Final = 300
"""Cases for which like ones are found, of a base of any size."""


@dataclass(frozen=True, slots=True)
class Made:
    """What is made of a base before it is measured."""

    prepared: int = 0
    """Cases whose answers are prepared; all if 0."""
    likeness: bool = True
    """Whether like cases are found for `LIKE` of them; all have to be read for it."""
    times: int = 1
    """How often the database copies each case of a smaller base, instead of loading all."""


ALL: Final = Made()


@contextlib.contextmanager
def base_of(scale: int, folder: Path, made: Made = ALL) -> Iterator[dict[str, str]]:
    """The settings of a site with `scale` synthetic cases, with their answers prepared. What an
    earlier run has made in `folder` is used again."""
    home = folder / str(scale)
    home.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        home.chmod(0o711)
    if made.times > 1 and not (home / DONE).exists():
        multiplied.make(folder / str(scale // made.times), home, made.times)
        (home / DONE).touch()
    server = Server(home, say=lambda line: None)
    server.settings = server.settings | memory_of_postgres()
    owner = server.start()
    variables = environment(owner, ensure_web_role(owner))
    try:
        _manage(variables, "migrate", "--verbosity", "0")
        if not (home / DONE).exists():
            _load(scale, home, variables)
            (home / DONE).touch()
        _manage(variables, "index_newest")
        _manage(variables, "collectstatic", "--no-input", "--verbosity", "0")
        if made.likeness and _looked_at(owner) < min(LIKE, scale):
            _manage(variables, "find_likenesses", "--most", str(LIKE))
        missing = max(0, made.prepared - _prepared(variables))
        if missing or not made.prepared:
            _manage(variables, "prepare_answers", "--most", str(missing))
        _vacuum(owner)
        yield variables
    finally:
        server.stop()


def memory_of_postgres() -> dict[str, str]:
    """As docs/operations.md sets it; everything that is compared has it."""
    text = (ROOT / "deploy" / "postgresql.conf").read_text()
    told = dict(re.findall(r"^(\w+) = (\S+)$", text, re.MULTILINE))
    return {name: told[name] for name in MEMORY}


def _looked_at(owner: str) -> int:
    """Cases whose like ones are found."""
    with contextlib.closing(psycopg2.connect(owner)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM patients_nearestcases WHERE found_at IS NOT NULL")
        return int(cursor.fetchone()[0])


def _prepared(variables: dict[str, str]) -> int:
    """Cases whose answers are prepared by this very program."""
    command, own = _command("shell", "-v", "0", "-c", COUNT_PREPARED), variables | AS_OWNER
    said = subprocess.run(command, cwd=ROOT, env=own, check=True, capture_output=True, text=True)
    return int(said.stdout)


def _vacuum(owner: str) -> None:
    """As it would have happened by itself after a while: rows are marked as seen, indexes are
    merged, statistics are there."""
    with contextlib.closing(psycopg2.connect(owner)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _load(scale: int, home: Path, variables: dict[str, str]) -> None:
    """A load that was broken off goes on where it was: the corpus is the same bytes each time."""
    corpus = home / "corpus.jsonl.gz"
    if scale > FOR_READING:
        _load_from_pipe(scale, corpus.name, variables)
        return
    if not corpus.exists():
        unfinished = corpus.with_name("unfinished.jsonl.gz")
        _manage(variables, "make_corpus", str(scale), "--seed", SEED, "--out", str(unfinished))
        unfinished.rename(corpus)
    _manage(variables, *LOAD, str(corpus))


def _load_from_pipe(scale: int, name: str, variables: dict[str, str]) -> None:
    """Without the file, which would have gigabytes. Raises CalledProcessError."""
    make = _command("make_corpus", str(scale), "--seed", SEED, "--workers", "1")
    own = variables | AS_OWNER
    with subprocess.Popen(make, cwd=ROOT, env=own, stdout=subprocess.PIPE) as corpus:
        load = _command(*LOAD, "--for-reading", "-", "--name", name)
        subprocess.run(load, cwd=ROOT, env=own, stdin=corpus.stdout, check=True)
    if corpus.returncode:
        raise subprocess.CalledProcessError(corpus.returncode, make)


def _manage(variables: dict[str, str], *command: str) -> None:
    subprocess.run(_command(*command), cwd=ROOT, env=variables | AS_OWNER, check=True)


def _command(*command: str) -> list[str]:
    return [sys.executable, "manage.py", *command]
