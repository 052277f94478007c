"""A base of millions, out of a smaller one: the database copies each case several times.

A copy has the texts and the course of its case and the facets of another one, so that a word and a
facet meet in numbers of their own. What grows is what a search reads; terms, works and words stay
as many as they were. It takes minutes instead of hours, and the table it is measured in says so.
Documents are not copied, which no search reads and which would take half of the space, and neither
are history, status changes and patients.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg2

from casebase.postgres import Server

TABLES: Final = (
    "patients_case", "patients_listing", "patients_searchentry", "patients_searchstep",
)  # fmt: skip
STEPS: Final = (7_919, 104_729)
"""Primes, by which the other case is found whose facets a copy takes."""
FAST: Final = {
    "autovacuum": "off", "fsync": "off", "full_page_writes": "off", "max_wal_size": "2GB",
    "checkpoint_timeout": "30min", "shared_buffers": "1GB", "wal_level": "minimal",
    "max_wal_senders": "0",
}  # fmt: skip
"""While it is made. A base that is broken off is made anew."""
ACCESSIONS: Final = """
    CREATE FUNCTION pg_temp.accession(number bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
        SELECT 'CB-' || string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ',
            ((number >> (5 * place)) & 31)::int + 1, 1), '' ORDER BY place)
        FROM generate_series(0, 6) AS place
    $$;
    CREATE TEMPORARY TABLE free AS
        SELECT row_number() OVER () AS number, accession FROM (
            SELECT pg_temp.accession((each * 1103515245 + 12345) %% (1::bigint << 35)) AS accession
            FROM generate_series(1::bigint, %(wanted)s + 10000) AS each) AS made
        WHERE NOT EXISTS (SELECT FROM patients_case WHERE accession = made.accession);
    CREATE UNIQUE INDEX ON free (number);
    CREATE TEMPORARY TABLE source AS
        SELECT row_number() OVER (ORDER BY id) - 1 AS place, id AS listing FROM patients_listing;
    CREATE UNIQUE INDEX ON source (place);
    ANALYZE free; ANALYZE source;
"""
CASES: Final = """
    INSERT INTO patients_case ({columns}) OVERRIDING SYSTEM VALUE
    SELECT {values} FROM patients_case AS t
    JOIN free ON free.number = t.id + (%(copy)s - 1) * %(cases)s WHERE t.id <= %(cases)s
"""
LISTINGS: Final = """
    INSERT INTO patients_listing ({columns}) OVERRIDING SYSTEM VALUE
    SELECT {values} FROM patients_listing AS t WHERE t.id <= %(listings)s
"""
ENTRIES: Final = """
    INSERT INTO patients_searchentry ({columns})
    SELECT {values} FROM source
    JOIN patients_searchentry AS t ON t.listing_id = source.listing
    JOIN source AS elsewhere ON elsewhere.place =
        (source.place * %(first)s + %(copy)s * %(second)s) %% %(cases)s
    JOIN patients_searchentry AS other ON other.listing_id = elsewhere.listing
"""
COPIED_STEPS: Final = """
    INSERT INTO patients_searchstep ({columns})
    SELECT {values} FROM patients_searchstep AS t WHERE t.listing_id <= %(listings)s
"""


def make(small: Path, home: Path, times: int) -> None:
    """A base in `home` with each case of the one in `small`, which must not run, `times` times.
    Raises CalledProcessError and psycopg2.Error."""
    shutil.rmtree(home / "postgres", ignore_errors=True)
    subprocess.run(["cp", "-a", str(small / "postgres"), str(home)], check=True)
    with _tuned(home / "postgres" / "postgresql.auto.conf"):
        server = Server(home, say=lambda line: None)
        try:
            with closing(psycopg2.connect(server.start())) as connection:
                connection.autocommit = True
                with connection.cursor() as cursor:
                    _multiply(cursor, times)
        finally:
            server.stop()


@contextmanager
def _tuned(settings: Path) -> Iterator[None]:
    was = settings.read_bytes()
    with settings.open("a") as file:
        file.writelines(f"{name} = '{value}'\n" for name, value in FAST.items())
    try:
        yield
    finally:
        settings.write_bytes(was)


def _multiply(cursor: Any, times: int) -> None:
    cursor.execute("SET session_replication_role = replica")  # no trigger, no foreign key
    cursor.execute("SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'")
    bounds = _bounds(cursor)
    cursor.execute(ACCESSIONS, {"wanted": bounds["cases"] * (times - 1)})
    indexes = _drop_indexes(cursor)
    for copy in range(1, times):
        for sql in _statements(cursor):
            cursor.execute(sql, {**bounds, "copy": copy, "first": STEPS[0], "second": STEPS[1]})
        print(f"{(copy + 1) * bounds['cases']:,} cases", flush=True)
    for sql in indexes:
        print(sql.partition(" ON ")[0], flush=True)
        cursor.execute(sql)
    for table in ("patients_case", "patients_listing"):
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) "
                       f"FROM {table}")  # fmt: skip


def _bounds(cursor: Any) -> dict[str, int]:
    """The last keys there are; as many cases as listings, all of them public and published."""
    cursor.execute(
        "SELECT (SELECT max(id) FROM patients_case), (SELECT max(id) FROM patients_listing), "
        "(SELECT count(*) FROM patients_listing), (SELECT count(*) FROM patients_case)"
    )
    cases, listings, *counts = cursor.fetchone()
    assert counts == [cases, cases], "Only a base that was loaded for reading can be multiplied."
    return {"cases": cases, "listings": listings}


def _drop_indexes(cursor: Any) -> list[str]:
    """Of the copied tables, those that keep no rule; gives what makes them again."""
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
        "WHERE indrelid::regclass::text = ANY (%s) AND NOT indisunique ORDER BY 1",
        [list(TABLES)],
    )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f"DROP INDEX {name}")
    return [sql for _, sql in found]


def _statements(cursor: Any) -> Iterator[str]:
    later = "%(copy)s * interval '1 hour'"
    case, listing = "t.case_id + %(copy)s * %(cases)s", "+ %(copy)s * %(listings)s"
    yield _written(cursor, CASES, "patients_case", {
        "id": "t.id + %(copy)s * %(cases)s", "accession": "free.accession",
    })  # fmt: skip
    yield _written(cursor, LISTINGS, "patients_listing", {
        "id": f"t.id {listing}", "case_id": case, "listed_at": f"t.listed_at + {later}",
        "accession": "(SELECT accession FROM patients_case AS c "
                     "WHERE c.id = t.case_id + %(copy)s * %(cases)s)",
    })  # fmt: skip
    theirs = ("source_year", "event_count", "codes", "ties")
    yield _written(cursor, ENTRIES, "patients_searchentry", {
        "listing_id": f"t.listing_id {listing}", "listed_at": f"t.listed_at + {later}",
        **{name: f"other.{name}" for name in theirs},
    })  # fmt: skip
    yield _written(cursor, COPIED_STEPS, "patients_searchstep", {
        "listing_id": f"t.listing_id {listing}",
    }, left_out={"id"})  # fmt: skip


def _written(
    cursor: Any, sql: str, table: str, changed: dict[str, str], *, left_out: Collection[str] = ()
) -> str:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
        "AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    columns = [name for (name,) in cursor.fetchall() if name not in left_out]
    values = ", ".join(changed.get(name, f"t.{name}") for name in columns)
    return sql.format(columns=", ".join(columns), values=values)
