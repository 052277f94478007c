"""What a table or a file is known by: the same sum, the same content."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg2 import sql

PIECE = 1024 * 1024
_TABLES = """
    SELECT relname FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
    ORDER BY relname
"""
# How values are worded must not hang on the server or on who asks.
_WORDING = """
    SET LOCAL statement_timeout = 0; SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO';
    SET LOCAL intervalstyle = 'postgres'; SET LOCAL bytea_output = 'hex';
    SET LOCAL extra_float_digits = 1
"""
_SUM = """
    SELECT count(*), coalesce(sum(
        ('x' || left(encode(sha256(convert_to(whole_row::text, 'UTF8')), 'hex'), 16))
        ::bit(64)::bigint::numeric), 0)
    FROM {} AS whole_row
"""


@dataclass(frozen=True, slots=True)
class TableSum:
    rows: int
    sum: str
    """The sum of the first 64 bits of each row's SHA-256: in whatever order the rows lie."""


@dataclass(frozen=True, slots=True)
class FileSum:
    bytes: int
    sha256: str


def table_sums(cursor: Any) -> dict[str, TableSum]:
    """Of every table, by its name, in the transaction of `cursor`."""
    cursor.execute(_WORDING)
    cursor.execute(_TABLES)
    found = {}
    for (table,) in cursor.fetchall():
        cursor.execute(sql.SQL(_SUM).format(sql.Identifier(table)))
        rows, total = cursor.fetchone()
        found[table] = TableSum(rows, str(total))
    return found


def file_sum(path: Path) -> FileSum:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
    return FileSum(size, digest.hexdigest())


def copy_summed(source: Path, target: Path) -> FileSum:
    """Copies a file so that it lies on the disk when this returns; its sum. `target` must be new,
    and nobody else may read it."""
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as from_file, open(target, "xb", opener=_private) as to_file:
        while piece := from_file.read(PIECE):
            digest.update(piece)
            size += len(piece)
            to_file.write(piece)
        to_file.flush()
        os.fsync(to_file.fileno())
    return FileSum(size, digest.hexdigest())


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def differences(wanted: dict[str, TableSum], found: dict[str, TableSum]) -> list[str]:
    """A sentence for each table that is not as it should be."""
    said = [f"The table {name} is missing." for name in sorted(wanted.keys() - found.keys())]
    said += [f"There is a table {name} too many." for name in sorted(found.keys() - wanted.keys())]
    for name in sorted(wanted.keys() & found.keys()):
        should, there = wanted[name], found[name]
        if should.rows != there.rows:
            said.append(f"{name} has {there.rows} rows instead of {should.rows}.")
        elif should.sum != there.sum:
            said.append(f"The {should.rows} rows of {name} are not what they were.")
    return said
