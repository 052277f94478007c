"""Asking for a surface, and what of its answer two worlds must have in common: all of it."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from django.core.cache import cache
from django.db import connection
from django.test import Client

from tests.matrix.asking import rolled_back
from tests.worlds.surfaces import Surface

SAID_ANEW: Final = re.compile(rb'((?:name="csrfmiddlewaretoken" value|nonce)=")[^"]*"')
"""What differs between any two answers made alike."""
NONCE: Final = re.compile(r"'nonce-[^']*'")
COOKIE: Final = re.compile(r"(csrftoken|sessionid)=[^;]*|expires=[^;]*")
NOT_COMPARED: Final = {"X-Request-ID", "Expires"}
"""Of headers: one is new each time, and one says when the answer was made."""
READS: Final = (b"SELECT", b"WITH", b"SET LOCAL")
PASSES: Final = (b"SAVEPOINT", b"RELEASE SAVEPOINT", b"ROLLBACK TO SAVEPOINT", b"RESET")
OWN: Final = b'FROM "django_session"'
"""Where the reader's own session is looked up."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    statements: int
    """How many the database was asked."""


@dataclass(frozen=True, slots=True)
class Asked:
    answer: Answer
    read: frozenset[bytes]
    """What the database was asked, each with its values."""
    is_told_by_them: bool
    """Whether nothing but these was asked, so that the same rows make the same answer."""


class Asking:
    """`cookies` are those of each reader who is signed in."""

    def __init__(self, cookies: dict[str, str]) -> None:
        self.cookies = cookies

    def ask(self, surface: Surface) -> Asked:
        cache.clear()  # which counts who asked how often
        client = Client(raise_request_exception=False)
        if surface.reader:
            client.cookies.load(self.cookies[surface.reader])
        with rolled_back(), watched() as statements:
            response = client.generic(
                surface.method, surface.path, headers=dict(surface.headers), data=b""
            )
            body = b"".join(response) if response.streaming else response.content
        asked = list(statements)
        read = [one for one in asked if one.startswith(READS) and OWN not in one]
        passing = sum(one.startswith(PASSES) or OWN in one for one in asked)
        return Asked(
            Answer(
                response.status_code,
                _headers(response),
                _plain(_unpacked(response, body)),
                len(asked),
            ),
            frozenset(read),
            len(read) + passing == len(asked),
        )


def _unpacked(response: Any, body: bytes) -> bytes:
    return gzip.decompress(body) if response.get("Content-Encoding") == "gzip" else body


def _headers(response: Any) -> tuple[tuple[str, str], ...]:
    # Django pads what it packs by a random number of bytes (BREACH), so that lengths tell nothing.
    padded = {"Content-Length"} if "Content-Encoding" in response else set()
    kept = [
        (name, NONCE.sub("'nonce'", value))
        for name, value in response.headers.items()
        if name not in NOT_COMPARED | padded
    ]
    cookies = [("Set-Cookie", COOKIE.sub("", morsel.OutputString()))
               for morsel in response.cookies.values()]  # fmt: skip
    return tuple(sorted(kept + cookies))


def _plain(body: bytes) -> bytes:
    return SAID_ANEW.sub(rb'\1"', body)


@contextmanager
def watched() -> Iterator[list[bytes]]:
    """The statements that are sent inside, as the database gets them."""
    found: list[bytes] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        sent = sql.encode() if many or not params else context["cursor"].mogrify(sql, params)
        found.append(sent.lstrip())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found


def rows_of(statement: bytes) -> bytes:
    """A digest of what the database answers now, rows in their order."""
    with connection.cursor() as cursor:
        cursor.cursor.execute(statement)
        rows = cursor.fetchall() if cursor.description else []
    plain = [[bytes(each) if isinstance(each, memoryview) else each for each in row]
             for row in rows]  # fmt: skip
    return sha256(repr(plain).encode()).digest()


def difference(before: Answer, after: Answer) -> str:
    """What an observer would see; empty for nothing."""
    if before.status != after.status:
        return f"status {before.status} → {after.status}"
    if before.headers != after.headers:
        return f"headers {sorted(set(before.headers) ^ set(after.headers))}"
    if before.body != after.body:
        at = next(
            (n for n, (a, b) in enumerate(zip(before.body, after.body, strict=False)) if a != b),
            min(len(before.body), len(after.body)),
        )
        was, now = (each.body[max(0, at - 80) : at + 120] for each in (before, after))
        return f"body at {at}: {was!r} → {now!r}"
    if before.statements != after.statements:
        return f"statements {before.statements} → {after.statements}"
    return ""
