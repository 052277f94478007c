"""The limit: hand-written SQL that makes the JSON, behind the same server, and nothing around it.

It asks for the same rows, and only for what is published; there is no routing, no session, no
header but two, and no check of what is asked. Nobody would want to keep it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import parse_qs, urlencode

import psycopg2

from bench.reading.raw_sql import DETAIL, PREPARED, SETTINGS

Asked = dict[str, list[str]]
_connection: Any = None


def _cursor() -> Any:
    global _connection
    if _connection is None:
        _connection = psycopg2.connect(os.environ["DATABASE_URL"])
        _connection.autocommit = True
        with _connection.cursor() as cursor:
            cursor.execute(SETTINGS)
            for name, (types, statement) in PREPARED.items():
                cursor.execute(f"PREPARE {name} ({types}) AS {statement}")
    return _connection.cursor()


def _one(name: str, *values: Any) -> str | None:
    marks = ", ".join(["%s"] * len(values))
    with _cursor() as cursor:
        cursor.execute(f"EXECUTE {name} ({marks})", values)
        found = cursor.fetchone()
    return found[0] if found else None


def _next(asked: Asked) -> str:
    """Where ours says that the list goes on."""
    kept = {name: value for name, value in asked.items() if not name.startswith("raw_")}
    return f"/api/v1/cases/?{urlencode(kept | {'page': ['2']}, doseq=True)}"


def _detail(asked: Asked) -> str | None:
    return _one("detail", asked["accession"][0])


def _planned(asked: Asked) -> str | None:
    """The same, planned each time: what psycopg2 does by itself."""
    with _cursor() as cursor:
        cursor.execute(DETAIL.replace("$1", "%s"), asked["accession"])
        found = cursor.fetchone()
    return found[0] if found else None


def _stored(asked: Asked) -> str | None:
    return _one("stored", asked["accession"][0])


def _newest(asked: Asked) -> str | None:
    return _one("newest", _next(asked))


def _found(asked: Asked) -> str | None:
    one, other = asked["raw_code"]
    return _one("found", _next(asked), asked["raw_words"][0], int(one), int(other))


def _in_order(asked: Asked) -> str | None:
    codes = [[int(code) for code in asked[name][0].split(",")] for name in ("raw_one", "raw_other")]
    return _one("in_order", _next(asked), *codes, int(asked["within"][0]))


def _suggested(asked: Asked) -> str | None:
    return _one("suggested", asked["raw_words"][0])


WAYS: Final[dict[str, Callable[[Asked], str | None]]] = {
    "/detail": _detail,
    "/planned": _planned,
    "/stored": _stored,
    "/newest": _newest,
    "/found": _found,
    "/in_order": _in_order,
    "/suggested": _suggested,
}


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    body = WAYS[environ["PATH_INFO"]](parse_qs(environ["QUERY_STRING"]))
    content = (body or "").encode()
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(content)))]
    start_response("200 OK" if body else "404 Not Found", headers)
    return [content]
