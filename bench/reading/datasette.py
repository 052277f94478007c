"""Datasette over an SQLite file with the same rows, with the indexes that a careful person would
make: full text over all that our search reads, and one that covers both facets.

The list that it answers with has the same cases as ours has; see `fair_words`.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import psycopg2

from bench.reading.servers import Running, free_port, running

VERSION: Final = "0.65.5"
INTEGER_CODES: Final = {20, 21, 23}
"""What PostgreSQL calls its whole numbers, to a driver."""
TABLES: Final = {
    "patients_case": ("id", "accession", "title", "summary", "status"),
    "patients_event": ("id", "public_id", "case_id", "label", "category", "detail", "start_low",
                       "start_high", "end_low", "end_high", "term_id"),
    "patients_imagingfinding": ("id", "public_id", "case_id", "description", "modality",
                                "patency"),
    "patients_citation": ("id", "public_id", "case_id", "event_id", "role", "quote",
                          "reference_id"),
    "literature_reference": ("id", "public_id", "title", "year", "doi"),
    "patients_term": ("id", "slug", "display"),
    "patients_listing": ("id", "accession", "audience", "title", "sex", "age_low", "age_words",
                         "diagnosis", "site", "treatments", "outcome", "source_year",
                         "event_count", "reference_count", "listed_at"),
}  # fmt: skip
"""Of the rows that are compared, what is shown."""
INDEXES: Final = (
    "patients_case (accession)",
    "patients_event (case_id)",
    "patients_imagingfinding (case_id)",
    "patients_citation (event_id)",
    "patients_listing (audience, sex, outcome)",
    "patients_listing (audience, listed_at)",
    "patients_term (slug)",
)
WORDS: Final = """
    SELECT listing.id, concat_ws(' ', document ->> 'title', document ->> 'summary',
        document #>> '{diagnosis,display}', document #>> '{primary_site,display}',
        (SELECT string_agg(concat_ws(' ', event ->> 'label', event ->> 'detail',
            event #>> '{term,display}', event #>> '{site,display}'), ' ')
         FROM jsonb_array_elements(document -> 'events') AS event),
        (SELECT string_agg(concat_ws(' ', finding ->> 'description',
            finding #>> '{site,display}'), ' ')
         FROM jsonb_array_elements(document -> 'imaging_findings') AS finding),
        (SELECT string_agg(work ->> 'title', ' ')
         FROM jsonb_array_elements(document -> 'references') AS work))
    FROM patients_listing AS listing
    JOIN patients_caseversion AS version
        ON version.case_id = listing.case_id AND version.is_current
    WHERE listing.audience = 'public'
"""
"""What our search reads of a case; without the other names of terms."""
DETAIL: Final = """
    SELECT json_object('accession', r.accession, 'title', r.title, 'summary', r.summary,
      'events', (SELECT json_group_array(json_object('id', e.public_id, 'label', e.label,
          'category', e.category, 'detail', e.detail, 'start_low', e.start_low,
          'start_high', e.start_high, 'end_low', e.end_low, 'end_high', e.end_high,
          'term', t.display,
          'citations', (SELECT json_group_array(json_object('id', c.public_id, 'role', c.role,
              'quote', c.quote, 'reference', w.public_id))
            FROM patients_citation c JOIN literature_reference w ON w.id = c.reference_id
            WHERE c.event_id = e.id)))
        FROM patients_event e LEFT JOIN patients_term t ON t.id = e.term_id
        WHERE e.case_id = r.id),
      'imaging_findings', (SELECT json_group_array(json_object('id', f.public_id,
          'description', f.description, 'modality', f.modality, 'patency', f.patency))
        FROM patients_imagingfinding f WHERE f.case_id = r.id))
      AS detail
    FROM patients_case r WHERE r.accession = :accession AND r.status = 'published'
"""
SEARCH: Final = """
    SELECT l.accession, l.title, l.sex, l.age_low, l.age_words, l.diagnosis, d.display
        AS diagnosis_display, l.site, s.display AS site_display, l.treatments, l.outcome,
        l.source_year, l.event_count, l.reference_count, l.listed_at
    FROM listing_words AS w JOIN patients_listing AS l ON l.id = w.rowid
    LEFT JOIN patients_term AS d ON d.slug = l.diagnosis
    LEFT JOIN patients_term AS s ON s.slug = l.site
    WHERE w.listing_words MATCH :q
      AND l.audience = 'public' AND l.sex = :sex AND l.outcome = :outcome
    ORDER BY w.rank LIMIT 50
"""


def copy_to_sqlite(url: str, path: Path) -> None:
    """Copies the rows that are compared out of the PostgreSQL at `url`, and indexes them."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with (
        contextlib.closing(psycopg2.connect(url)) as connection,
        contextlib.closing(sqlite3.connect(unfinished)) as file,
    ):
        for table, columns in TABLES.items():
            file.execute(f"CREATE TABLE {table} ({_typed(connection, table, columns)})")
            marks = ", ".join("?" * len(columns))
            rows = _rows(connection, f"SELECT {', '.join(columns)} FROM {table}")
            file.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        for number, index in enumerate(INDEXES):
            file.execute(f"CREATE INDEX index_{number} ON {index}")
        file.execute("CREATE VIRTUAL TABLE listing_words USING fts5(words, content='', "
                     "tokenize='porter unicode61 remove_diacritics 2')")  # fmt: skip
        file.executemany("INSERT INTO listing_words (rowid, words) VALUES (?, ?)",
                         _rows(connection, WORDS))  # fmt: skip
        file.execute("INSERT INTO listing_words (listing_words) VALUES ('optimize')")
        file.execute("ANALYZE")
        file.commit()
    unfinished.rename(path)


def _typed(connection: Any, table: str, columns: Sequence[str]) -> str:
    """With their types: without, SQLite takes no index where a number is compared with another."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM {table} LIMIT 0")
        whole = [column.type_code in INTEGER_CODES for column in cursor.description]
    typed = [
        f"{name} {'INTEGER' if is_whole else 'TEXT'}"
        for name, is_whole in zip(columns, whole, strict=True)
    ]
    return ", ".join([f"{typed[0]} PRIMARY KEY", *typed[1:]])


def _rows(connection: Any, query: str) -> Iterator[list[Any]]:
    with connection.cursor(name="copied") as cursor:
        cursor.itersize = 5000
        cursor.execute(query)
        for row in cursor:
            yield [_plain(value) for value in row]


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value)
    return value if isinstance(value, str | int | float | None) else str(value)


def fair_words(path: Path, hits: dict[str, int], share: float) -> list[str]:
    """Those of the words that find as many cases here as ours does (`hits`), give or take `share`:
    it has no synonyms, and another stemmer."""
    fair = []
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        for word, count in hits.items():
            query = "SELECT count(*) FROM listing_words WHERE listing_words MATCH ?"
            (own,) = file.execute(query, [word]).fetchone()
            if abs(own - count) <= share * count:
                fair.append(word)
    return fair


@contextlib.contextmanager
def datasette(folder: Path, database: Path) -> Iterator[Running]:
    """Installed into `folder`/datasette, if it is not there."""
    environment = folder / "datasette"
    program = environment / "bin" / "datasette"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        pip = [environment / "bin" / "pip", "install", "--quiet", f"datasette=={VERSION}"]
        subprocess.run(pip, check=True)
    known = {
        "queries": {"detail": {"sql": DETAIL}, "search": {"sql": SEARCH}},
        "tables": {"patients_listing": {"fts_table": "listing_words", "fts_pk": "id"}},
    }
    metadata = folder / "datasette.json"
    metadata.write_text(json.dumps({"databases": {database.stem: known}}))
    port = free_port()
    command = [str(program), "serve", "--immutable", str(database), "--port", str(port),
               "--metadata", str(metadata), "--setting", "num_sql_threads", "1"]  # fmt: skip
    with running(command, port, dict(os.environ), log=folder / "datasette.log") as found:
        yield found
