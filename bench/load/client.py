"""One visitor's connection, and the book in which every request is written down."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import Lock
from typing import Final

PATIENCE: Final = 60
"""Seconds until a request that is not answered counts as an error."""
SHOWN: Final = 20
"""Errors that are kept in words."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One request: what kind, when it was due, and how long it took from then on."""

    kind: str
    at: float
    """Seconds of the monotonic clock."""
    seconds: float
    is_error: bool


@dataclass(slots=True)
class Book:
    """What was asked. Safe for threads."""

    seen: list[Seen] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def note(self, seen: Seen, error: str = "") -> None:
        with self._lock:
            self.seen.append(seen)
            if error and len(self.errors) < SHOWN:
                self.errors.append(f"{seen.kind}: {error}")


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes


class LostError(Exception):
    """Not answered as it should have been: it is in the book, and the visit is over."""


class Visitor:
    """Asks one thing after the other over a kept connection."""

    def __init__(self, port: int, book: Book) -> None:
        self.book, self._connection = book, HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._due: float | None = None

    def is_due(self, at: float) -> None:
        """The next request was due then: what it waited for its turn counts too."""
        self._due = at

    def ask(
        self,
        kind: str,
        path: str,
        *,
        method: str = "GET",
        body: bytes | None = None,
        expected: Collection[int] = (200,),
        **headers: str,
    ) -> Answer:
        """Raises LostError for any other answer than one of `expected`, and for none."""
        due, self._due = self._due or time.monotonic(), None
        told = {"X-Forwarded-Proto": "https", "Accept-Encoding": "gzip"}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        error = ""
        answer = Answer(0, {}, b"")
        try:
            answer = self._answer(method, path, body, told)
        except (OSError, HTTPException) as broken:
            error = repr(broken)
            self._connection.close()
        if not error and answer.status not in expected:
            error = f"{answer.status} to {method} {path}: {answer.body[:200]!r}"
        self.book.note(Seen(kind, due, time.monotonic() - due, bool(error)), error)
        if error:
            raise LostError(error)
        return answer

    def _answer(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> Answer:
        self._connection.request(method, path, body, headers)
        got = self._connection.getresponse()
        named = {name.lower(): value for name, value in got.getheaders()}
        return Answer(got.status, named, got.read())

    def close(self) -> None:
        self._connection.close()
