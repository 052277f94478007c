"""Measures, prints the table, and keeps it in `docs/performance.md`.

    .venv/bin/python -m bench.reading [--scale 20000] [--against 2000] [--write FILE]

With `--against`, the base of that scale is served beside the first, and only these two are
compared. What is made and installed stays in `.casebase/bench`, for the next run.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psutil
import psycopg2

from bench.reading import beside_itself, beside_others, beside_raw, datasette, directus, questions
from bench.reading.base import LIKE, Made, base_of
from bench.reading.lines import Line
from bench.reading.machine import machine
from bench.reading.measuring import OTHERS, Ratio, ratio
from bench.reading.report import HEAD, Table, check_place, row, write_into
from bench.reading.servers import DATA, Running, wsgi

KEYS: Final = 2000
OWNER: Final = "CASEBASE_OWNER_DATABASE_URL"


class StaleError(Exception):
    """What is prepared is of another program than the one that serves."""


@dataclass(frozen=True, slots=True)
class Site:
    """A base and ours that serves it."""

    variables: dict[str, str]
    connection: Any
    own: Running
    keys: list[str]
    """Published cases whose answers are prepared, drawn at random."""

    @property
    def family(self) -> list[int]:
        """What works for it, by pid: our server, and PostgreSQL with all its children."""
        backend = psutil.Process(self.connection.info.backend_pid)
        return [self.own.pid, backend.ppid()]


def main() -> None:
    asked = _asked()
    if asked.write:
        check_place(asked.write)
    with ExitStack() as stack:
        site = _site(asked.scale, asked, stack)
        lines, family = (_two_bases if asked.against else _one_base)(site, asked, stack)
        print(HEAD)
        chosen = [line for line in lines if asked.only in line.name]
        rows = _measured(chosen, family, asked.others)
        told = machine(site.connection)
    against = f" beside {asked.against:,}" if asked.against else ""
    table = Table(
        f"{asked.scale}-against-{asked.against}" if asked.against else str(asked.scale),
        f"{asked.scale:,} cases{against}",
        f"{told}. `{_command()}`",
        rows,
    )
    print(f"\n{table}")
    if asked.write:
        write_into(asked.write, table)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.reading")
    parser.add_argument("--scale", type=int, default=20_000, help="cases")
    parser.add_argument(
        "--times", type=int, default=1,
        help="the base is one of so many times fewer cases, each copied so often by the database",
    )  # fmt: skip
    parser.add_argument("--against", type=int, default=0, help="cases of a smaller base")
    parser.add_argument(
        "--without", default="", help="datasette,directus: not installed; likeness: not looked for"
    )
    parser.add_argument(
        "--prepared", type=int, default=0,
        help="cases whose answers are prepared, which take some 15 kB and 15 ms each; all if 0",
    )  # fmt: skip
    parser.add_argument(
        "--others", type=float, default=OTHERS,
        help="cores that other processes may use in a pair of slices; more for a rough look on a "
        "busy machine",
    )  # fmt: skip
    parser.add_argument("--only", default="", help="only lines with these words in their name")
    parser.add_argument("--write", type=Path, help="a file with a section for this table")
    return parser.parse_args()


def _command() -> str:
    return " ".join(["python -m bench.reading", *sys.argv[1:]])


def _site(scale: int, asked: argparse.Namespace, stack: ExitStack) -> Site:
    likeness = not asked.against and "likeness" not in asked.without
    made = Made(asked.prepared, likeness, asked.times if scale == asked.scale else 1)
    variables = stack.enter_context(base_of(scale, DATA, made))
    connection = stack.enter_context(closing(psycopg2.connect(variables[OWNER])))
    connection.autocommit = True
    own = stack.enter_context(wsgi("casebase.wsgi:application", variables))
    questions.set_up(variables)
    return Site(variables, connection, own, _prepared(connection))


def _prepared(connection: Any) -> list[str]:
    from patients.serving.build import build_id

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT record.accession FROM patients_preparedanswer AS answer "
            "JOIN patients_caseversion AS version ON version.id = answer.version_id "
            "JOIN patients_case AS record ON record.id = version.case_id "
            "WHERE answer.kind = 'page' AND answer.build = %s AND record.status = 'published'",
            [build_id()],
        )
        found = sorted(row[0] for row in cursor.fetchall())
    if not found:
        raise StaleError("The program changed while its answers were prepared: run it again.")
    return random.Random(1).sample(found, min(KEYS, len(found)))


def _two_bases(
    large: Site, asked: argparse.Namespace, stack: ExitStack
) -> tuple[list[Line], list[int]]:
    small = _site(asked.against, asked, stack)
    lines = beside_itself.scales(
        large.own, small.own, (large.connection, small.connection), (large.keys, small.keys)
    )
    return lines, large.family + small.family


def _one_base(
    site: Site, asked: argparse.Namespace, stack: ExitStack
) -> tuple[list[Line], list[int]]:
    own, keys, connection = site.own, site.keys, site.connection
    raw = stack.enter_context(wsgi("bench.reading.raw:application", site.variables))
    family = [*site.family, raw.pid]
    searches = questions.searches(connection)
    sides = beside_raw.Sides(own, raw, _has_rows(connection))
    lines = beside_raw.lines(sides, keys, searches)
    lines += beside_itself.chinese(own, connection)
    if "likeness" not in asked.without:
        lines += beside_itself.likeness(own, sides.case_by_raw, _looked_at(connection))
    lines += beside_itself.search_page(own, beside_raw.found_by_raw(raw, searches), searches)
    if sides.has_rows:
        drf = stack.enter_context(wsgi("bench.reading.plain_drf:application", site.variables))
        family.append(drf.pid)
        lines += beside_others.beside_drf(own, drf, keys)
    if "datasette" not in asked.without:
        other, fair = _datasette(site, asked.scale, stack)
        family.append(other.pid)
        lines += beside_others.beside_datasette(own, other, keys, fair, has_rows=sides.has_rows)
    if "directus" not in asked.without and sides.has_rows:
        other = stack.enter_context(directus.directus(DATA, site.variables[OWNER]))
        family.append(other.pid)
        lines += beside_others.beside_directus(own, other, keys)
    return lines, family


def _has_rows(connection: Any) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM patients_event)")
        return bool(cursor.fetchone()[0])


def _looked_at(connection: Any) -> list[str]:
    """Cases whose like ones are found."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT record.accession FROM patients_nearestcases AS near "
            "JOIN patients_case AS record ON record.id = near.case_id "
            "WHERE near.cases <> '{}' AND record.status = 'published' ORDER BY near.case_id "
            "LIMIT %s",
            [LIKE],
        )
        return [row[0] for row in cursor.fetchall()]


def _datasette(site: Site, scale: int, stack: ExitStack) -> tuple[Running, list[questions.Facets]]:
    """With the searches for which it finds as many cases as ours."""
    file = DATA / str(scale) / "rows.db"
    if not file.exists():
        datasette.copy_to_sqlite(site.variables[OWNER], file)
    hits = questions.hits_of(site.connection, [*questions.WORDS, *questions.PLAIN_ENGLISH])
    fair = datasette.fair_words(file, hits, questions.WITHIN)
    other = stack.enter_context(datasette.datasette(DATA, file))
    return other, questions.searches(site.connection, fair)


def _measured(
    lines: Iterable[Line], family: Sequence[int], others: float
) -> list[tuple[Line, Ratio]]:
    """Ctrl-C ends it; what was measured until then counts."""
    found: list[tuple[Line, Ratio]] = []
    with suppress(KeyboardInterrupt):
        for line in lines:
            found.append((line, ratio(line.first, line.second, line.keys, family, others)))
            print(row(*found[-1]), flush=True)
    return found


if __name__ == "__main__":
    main()
