"""Databases beside the tests' own, on the server of the tests."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from typing import Any

import psycopg2
from django.db import connection
from psycopg2 import sql


def parameters(name: str = "") -> dict[str, Any]:
    """libpq's, of the tests' database or of the one that is named."""
    told = connection.settings_dict
    given = {
        "dbname": name or told["NAME"],
        "host": told["HOST"],
        "port": told["PORT"],
        "user": told["USER"],
        "password": told["PASSWORD"],
    }
    return {key: value for key, value in given.items() if value}


def ask(database: dict[str, Any], statement: Any, *values: Any) -> list[Any]:
    with contextlib.closing(psycopg2.connect(**database)) as made:
        made.autocommit = True
        with made.cursor() as cursor:
            cursor.execute(statement, values or None)
            return list(cursor.fetchall()) if cursor.description else []


@contextlib.contextmanager
def empty_database() -> Iterator[dict[str, Any]]:
    """A new one; whatever has come of it goes."""
    name = f"survival_{os.getpid()}_{secrets.token_hex(4)}"
    server = parameters("postgres")
    ask(server, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield parameters(name)
    finally:
        found = ask(server, "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", name)
        for (each,) in found:
            drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            ask(server, drop.format(sql.Identifier(each)))
