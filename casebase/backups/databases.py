"""Databases as wholes: made like another, set aside, put in its place."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg2
from psycopg2 import errors, sql

from casebase.backups import BackupError

PLACES = ("postgres", "template1")
"""Databases that every server has, to stand in while another is renamed."""
MOMENT = 5
"""Seconds; PostgreSQL itself waits so long before it refuses to rename."""


@dataclass(frozen=True, slots=True)
class Described:
    name: str
    owner: str
    options: str
    """Encoding and locale, as CREATE DATABASE takes them."""


def outside(database: Mapping[str, Any]) -> Any:
    """A connection in autocommit to the server of `database`, but to another one there. Raises
    psycopg2's errors."""
    place = next(name for name in PLACES if name != database["dbname"])
    made = psycopg2.connect(**{**database, "dbname": place})
    made.autocommit = True
    with made.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    return made


def described(outside: Any, name: str) -> Described:
    """Raises BackupError where there is no such database."""
    with outside.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_userbyid(datdba), pg_encoding_to_char(encoding), to_jsonb(d)"
            " FROM pg_database AS d WHERE datname = %s",
            [name],
        )
        found = cursor.fetchone()
        if found is None:
            raise BackupError(f"There is no database {name}: make an empty one first (createdb).")
        owner, encoding, row = found
        # The column has another name since PostgreSQL 17.
        locale = row.get("datlocale") or row.get("daticulocale")
        options = {"ENCODING": encoding, "LC_COLLATE": row["datcollate"]}
        options["LC_CTYPE"] = row["datctype"]
        match row["datlocprovider"]:
            case "b":
                options |= {"LOCALE_PROVIDER": "builtin", "BUILTIN_LOCALE": locale}
            case "i":
                options |= {"LOCALE_PROVIDER": "icu", "ICU_LOCALE": locale}
        parts = [f"{key} {sql.Literal(value).as_string(outside)}" for key, value in options.items()]
    return Described(name, owner, " ".join(parts))


def is_empty(database: Mapping[str, Any]) -> bool:
    with contextlib.closing(psycopg2.connect(**database)) as made, made.cursor() as cursor:
        cursor.execute(
            "SELECT NOT EXISTS (SELECT FROM pg_class AS c JOIN pg_namespace AS n"
            " ON n.oid = c.relnamespace WHERE n.nspname NOT IN ('pg_catalog', 'information_schema',"
            " 'pg_toast') AND n.nspname NOT LIKE 'pg\\_temp%' AND c.relkind IN ('r', 'p', 'S'))"
        )
        return bool(cursor.fetchone()[0])


def ensure_left_alone(outside: Any, name: str) -> None:
    """Raises BackupError while others are connected to the database `name`; a connection that has
    just ended is given a moment to be gone."""
    deadline = time.monotonic() + MOMENT
    while others := _others(outside, name):
        if time.monotonic() > deadline:
            raise BackupError(
                f"Connections to the database {name} are open ({others}): end the site and its "
                "workers first."
            )
        time.sleep(0.05)


def _others(outside: Any, name: str) -> int:
    with outside.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = %s AND backend_type = 'client backend'",
            [name],
        )
        return int(cursor.fetchone()[0])


def make(outside: Any, name: str, like: Described) -> None:
    """Raises BackupError where the role may not make databases."""
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE template0 OWNER {} {}").format(
        sql.Identifier(name), sql.Identifier(like.owner), sql.SQL(like.options)
    )
    try:
        with outside.cursor() as cursor:
            cursor.execute(statement)
    except errors.InsufficientPrivilege as error:
        raise BackupError(
            "Restoring needs a role that may make databases. As the server's administrator: "
            f"ALTER ROLE {like.owner} CREATEDB; afterwards: ALTER ROLE {like.owner} NOCREATEDB."
        ) from error


def drop(outside: Any, name: str) -> None:
    with outside.cursor() as cursor:
        statement = "DROP DATABASE IF EXISTS {} WITH (FORCE)"
        cursor.execute(sql.SQL(statement).format(sql.Identifier(name)))


def put_in_place(outside: Any, name: str, new: str, *, keep: bool) -> str:
    """`new` becomes `name`, in one transaction; the old one is dropped, or kept under the name that
    is returned. Raises BackupError where somebody is connected to one of them."""
    aside = f"{name[:40]}_before_{datetime.now(UTC):%Y%m%dt%H%M%S}"
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with outside.cursor() as cursor:
        try:
            cursor.execute("BEGIN")
            for old, becomes in ((name, aside), (new, name)):
                cursor.execute(
                    rename.format(sql.Identifier(old), sql.Identifier(becomes)),
                )
            cursor.execute("COMMIT")
        except errors.ObjectInUse as error:
            cursor.execute("ROLLBACK")
            raise BackupError(
                "Somebody connected to the database meanwhile, so nothing was restored: end the "
                "site and its workers first."
            ) from error
        except psycopg2.Error:
            cursor.execute("ROLLBACK")
            raise
    if keep:
        return aside
    drop(outside, aside)
    return ""
