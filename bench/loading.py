"""What bringing cases in costs, beside COPY of the very rows that come of it.

    .venv/bin/python -m bench.loading [--cases 2000] [--rounds 3] [--for-reading]

A synthetic corpus is loaded by `load_cases` into an empty base, and the rows that it made are
copied, as the database spells them, into an empty base of their own: the same tables with their
keys, constraints and plain indexes, but without text-search vectors and GIN indexes. In turns
(ours, theirs, theirs, ours) a round; the median of the rounds' ratios, and their spread. Then the
processor time that one load takes of its own process and of the database, and the memory of a
process that loads, at two sizes.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import psutil

TEMPLATE, BASE = "bench_template", "bench_loading"
PARENTS = (
    "patients_term", "patients_patient", "literature_reference", "patients_case", "patients_event",
    "patients_lesion", "patients_imagingfinding", "patients_caseversion", "patients_listing",
    "patients_load",
)  # fmt: skip


@contextmanager
def server() -> Iterator[str]:
    """The URL of a PostgreSQL of the bench's own, without the name of a database."""
    from casebase.postgres import Server

    folder = Path(tempfile.mkdtemp(prefix="casebase-bench-", dir="/var/tmp"))
    folder.chmod(0o711)
    running = Server(folder, say=lambda line: None)
    try:
        yield running.start().rpartition("/")[0]
    finally:
        running.stop()
        shutil.rmtree(folder, ignore_errors=True)


def configure(url: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casebase.settings")
    os.environ |= {
        "CASEBASE_HOSTS": "localhost", "DATABASE_URL": f"{url}/{BASE}", "CASEBASE_AS_OWNER": "1",
        "CASEBASE_SECRET_KEY": "".join(map(chr, range(48, 110))),
    }  # fmt: skip
    import django

    django.setup()


class Bases:
    """An empty base as often as it is asked for."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._say(f"CREATE DATABASE {TEMPLATE}")
        child = {**os.environ, "DATABASE_URL": f"{url}/{TEMPLATE}"}
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=child, check=True)

    def renew(self) -> None:
        from django.db import connection

        connection.close()
        self._say(f"DROP DATABASE IF EXISTS {BASE}")
        self._say(f"CREATE DATABASE {BASE} TEMPLATE {TEMPLATE}")

    def _say(self, statement: str) -> None:
        import psycopg2

        connection = psycopg2.connect(f"{self.url}/postgres")
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
        connection.close()


def load(path: Path, *flags: str) -> None:
    from django.core.management import call_command

    call_command("load_cases", str(path), *flags, stdout=StringIO(), stderr=StringIO())


def dump(folder: Path) -> list[tuple[str, Path]]:
    """Every row, table by table, parents first; vectors are left empty."""
    from django.apps import apps
    from django.db import connection

    files = []
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    names = [name for name in models if name.startswith(("patients_", "literature_"))]
    names.remove("literature_change")
    names.sort(key=lambda name: (PARENTS.index(name) if name in PARENTS else len(PARENTS), name))
    with connection.cursor() as cursor:
        for name in names:
            fields = [each for each in models[name]._meta.concrete_fields if not each.generated]
            told = ", ".join("''::tsvector" if each.column == "vector" else f'"{each.column}"'
                             for each in fields)  # fmt: skip
            path = folder / name
            with path.open("w") as file:
                cursor.copy_expert(f"COPY (SELECT {told} FROM {name}) TO STDOUT", file)
            columns = ", ".join(f'"{each.column}"' for each in fields)
            if path.stat().st_size:
                files.append((f"{name} ({columns})", path))
    return files


def copy(files: list[tuple[str, Path]]) -> None:
    from django.db import connection, transaction

    from patients.loading.writing import LEAVE_OUT

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(LEAVE_OUT)
        for target, path in files:
            with path.open() as file:
                cursor.copy_expert(f"COPY {target} FROM STDIN", file)


def make_plain() -> None:
    """Takes vectors and GIN indexes out of the tables that rows are copied into."""
    from django.contrib.postgres.indexes import GinIndex
    from django.db import connection

    from patients.loading import indexes

    with connection.schema_editor() as editor:
        for model, index in indexes.costly():
            if isinstance(index, GinIndex):
                editor.remove_index(model, index)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE literature_reference DROP COLUMN search")


def ours(bases: Bases, corpus: Path, *flags: str) -> float:
    bases.renew()
    start = perf_counter()
    load(corpus, *flags)
    return perf_counter() - start


def theirs(bases: Bases, files: list[tuple[str, Path]]) -> float:
    bases.renew()
    make_plain()
    start = perf_counter()
    copy(files)
    return perf_counter() - start


def processor(bases: Bases, corpus: Path, *flags: str) -> tuple[float, float]:
    """Seconds of this process, and of the database's that serves it, for one load."""
    from django.db import connection

    bases.renew()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = psutil.Process(cursor.fetchone()[0])
    before, theirs = process_time(), sum(backend.cpu_times()[:2])
    load(corpus, *flags)
    return process_time() - before, sum(backend.cpu_times()[:2]) - theirs


def memory(bases: Bases, corpus: Path, *flags: str) -> int:
    """Megabytes that a process of its own had at the most."""
    bases.renew()
    child = subprocess.Popen(
        [sys.executable, "manage.py", "load_cases", str(corpus), *flags],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    used: resource.struct_rusage = os.wait4(child.pid, 0)[2]
    return used.ru_maxrss // 1024


def corpora(folder: Path, cases: int) -> tuple[Path, Path]:
    """A corpus, and its first half."""
    from patients.corpus.lines import Corpus, lines_of

    corpus, half = folder / "corpus.jsonl", folder / "half.jsonl"
    start = perf_counter()
    corpus.write_bytes(b"".join(lines_of(Corpus(cases, 7))))
    print(f"make_corpus {cases / (perf_counter() - start):17.0f} cases a second")
    lines = corpus.read_bytes().splitlines(keepends=True)
    half.write_bytes(b"".join(lines[: cases // 2]))
    return corpus, half


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--for-reading", action="store_true", help="load only what is read")
    asked = parser.parse_args()
    flags = ["--for-reading"] if asked.for_reading else []
    with server() as url, tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        configure(url)
        folder, bases = Path(name), Bases(url)
        corpus, half = corpora(folder, asked.cases)
        ours(bases, corpus, *flags)
        rows = folder / "rows"
        rows.mkdir()
        files = dump(rows)
        size = sum(path.stat().st_size for _, path in files) / asked.cases
        print(f"rows of a case, as COPY has them {size / 1000:7.1f} kB")
        ratios, rates = [], []
        for _ in range(asked.rounds):
            first = ours(bases, corpus, *flags)
            copied = theirs(bases, files) + theirs(bases, files)
            loaded = first + ours(bases, corpus, *flags)
            ratios.append(loaded / copied)
            rates.append((2 * asked.cases / loaded, 2 * asked.cases / copied))
        print(f"load_cases {median(rate for rate, _ in rates):18.0f} cases a second")
        print(f"COPY of the same rows {median(rate for _, rate in rates):7.0f} cases a second")
        print(f"ratio {median(ratios):23.2f}  ({min(ratios):.2f} to {max(ratios):.2f})")
        own, database = processor(bases, corpus, *flags)
        print(
            f"processor, a case {1000 * own / asked.cases:16.2f} ms of Python, "
            f"{1000 * database / asked.cases:.2f} ms of the database"
        )
        told = [memory(bases, each, *flags) for each in (half, corpus)]
        print(f"memory, half the corpus {told[0]:5} MB, all of it {told[1]} MB")


if __name__ == "__main__":
    main()
