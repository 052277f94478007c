"""Personal data taken out of every table, the history last: for the owner of the database alone.

The database is asked which rows hold the text; what they hold is mended here, value by value, so
that a structured field keeps its shape and its keys.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from psycopg2 import sql

from literature.importing.stored import CHUNK

HISTORY = "literature_change"
LEAST = 4
"""Characters: what is shorter stands in too many words that are not meant."""
WORDS = "[removed]"
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "latin-1")
_COLUMNS = """
    SELECT c.table_name, c.column_name, c.udt_name, c.character_maximum_length
    FROM information_schema.columns AS c
    JOIN information_schema.tables AS t USING (table_schema, table_name)
    WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
        AND c.is_generated = 'NEVER'
        AND c.udt_name IN ('text', 'varchar', 'json', 'jsonb', '_text', '_varchar')
        AND c.table_name NOT IN ('django_migrations', 'literature_purge')
        AND EXISTS (SELECT FROM information_schema.columns AS k WHERE k.table_schema =
            c.table_schema AND k.table_name = c.table_name AND k.column_name = 'id')
    ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Place:
    table: str
    row: int
    column: str


@dataclass(frozen=True, slots=True)
class Column:
    table: str
    name: str
    kind: str
    """`text`, `varchar`, `json`, `jsonb`, `_text`, `_varchar`: PostgreSQL's names."""
    longest: int | None

    @property
    def is_json(self) -> bool:
        return self.kind in ("json", "jsonb")


def refuse_short(text: str) -> None:
    if len(text.strip()) < LEAST:
        raise ValidationError(
            f"The text is shorter than {LEAST} characters, so that it would be taken out of words "
            "that are not meant. Give more of what stands around it."
        )


def places_of(text: str) -> list[Place]:
    """Where the text stands now, in records, history and the bytes of imports."""
    found = [Place(column.table, row, column.name)
             for column in _columns(history=True) for row, _ in _holding(column, text)]  # fmt: skip
    return found + [Place("literature_import", pk, "bytes") for pk, _ in _imports_with(text)]


def purge_records(text: str) -> list[Place]:
    """Takes the text out of all tables but the history. What the database derives follows."""
    places = [place for column in _columns(history=False) for place in _mend(column, text)]
    rows = [place.row for place in places if place.table == "literature_importrow"]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE literature_importrow SET match_keys = literature_match_keys(csl) "
            "WHERE id = ANY (%s)",
            [rows],
        )
    return places + _mend_imports(text)


def purge_history(text: str) -> list[Place]:
    """Takes it out of the history, where that of the purge itself stands by now too."""
    columns = [column for column in _columns(history=True) if column.table == HISTORY]
    places = [place for column in columns for place in _mend(column, text)]
    if left := places_of(text):
        where = ", ".join(sorted({f"{place.table}.{place.column}" for place in left}))
        raise ValidationError(
            f"The text still stands in {where}, so nothing was purged. Perhaps somebody wrote it "
            "at this moment, or it is the name of a field in a structured value."
        )
    return places


def _columns(*, history: bool) -> list[Column]:
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        found = [Column(*row) for row in cursor.fetchall()]
    return [column for column in found if history or column.table != HISTORY]


def _holding(column: Column, text: str) -> list[tuple[int, Any]]:
    """Rows that hold the text, with the value; of structured ones those whose values do."""
    sought = _in_json(text) if column.is_json else text
    name = sql.Identifier(column.name)
    holds = (
        sql.SQL("EXISTS (SELECT FROM unnest({}) AS each WHERE position(%s IN each) > 0)")
        if column.kind.startswith("_")
        else sql.SQL("position(%s IN {}::text) > 0")
    ).format(name)
    shown = sql.SQL("{}::text" if column.is_json else "{}").format(name)
    query = sql.SQL("SELECT id, {} FROM {} WHERE {} ORDER BY id").format(
        shown, sql.Identifier(column.table), holds
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [sought])
        return list(cursor.fetchall())


def _in_json(text: str) -> str:
    """As PostgreSQL writes it inside a JSON string."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _mend(column: Column, text: str) -> Iterator[Place]:
    kind = sql.SQL("%s::" + column.kind) if column.is_json else sql.SQL("%s")
    update = sql.SQL("UPDATE {} SET {} = {} WHERE id = %s").format(
        sql.Identifier(column.table), sql.Identifier(column.name), kind
    )
    for row, value in _holding(column, text):
        with connection.cursor() as cursor:
            cursor.execute(update, [_mended(column, value, text), row])
        yield Place(column.table, row, column.name)


def _mended(column: Column, value: Any, text: str) -> Any:
    if column.is_json:
        return json.dumps(_walk(json.loads(value), lambda said: said.replace(text, WORDS)))
    return _walk(value, lambda said: said.replace(text, WORDS)[: column.longest])


def _walk(value: Any, mend: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return mend(value)
    if isinstance(value, list):
        return [_walk(each, mend) for each in value]
    if isinstance(value, dict):
        return {key: _walk(each, mend) for key, each in value.items()}
    return value


def _imports_with(text: str) -> Iterator[tuple[int, bytes]]:
    """Imports whose bytes hold it, in whichever encoding and across pieces; with the bytes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT imported_id FROM literature_importchunk ORDER BY 1")
        keys = [key for (key,) in cursor.fetchall()]
        for key in keys:
            cursor.execute(
                "SELECT string_agg(data, ''::bytea ORDER BY position) FROM literature_importchunk "
                "WHERE imported_id = %s",
                [key],
            )
            data = bytes(cursor.fetchone()[0])
            if any(form in data for form in _encoded(text)):
                yield key, data


def _encoded(text: str) -> dict[bytes, bytes]:
    """What stands for the text in bytes, and for the words that take its place."""
    forms: dict[bytes, bytes] = {}
    for encoding in ENCODINGS:
        for form in (text, _in_json(text), json.dumps(text)[1:-1]):
            try:
                forms.setdefault(form.encode(encoding), WORDS.encode(encoding))
            except UnicodeEncodeError:
                continue
    return forms


def _mend_imports(text: str) -> list[Place]:
    """Their size and checksum are of the bytes that are kept."""
    places = []
    for key, data in list(_imports_with(text)):
        for form, words in _encoded(text).items():
            data = data.replace(form, words)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM literature_importchunk WHERE imported_id = %s", [key])
            for position, start in enumerate(range(0, len(data), CHUNK)):
                cursor.execute(
                    "INSERT INTO literature_importchunk (imported_id, position, data) "
                    "VALUES (%s, %s, %s)",
                    [key, position, data[start : start + CHUNK]],
                )
            cursor.execute(
                "UPDATE literature_import SET size = %s, sha256 = %s WHERE id = %s",
                [len(data), hashlib.sha256(data).hexdigest(), key],
            )
        places.append(Place("literature_import", key, "bytes"))
    return places
