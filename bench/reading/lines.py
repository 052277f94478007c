"""What is measured against what: a name, two ways to ask, what they are asked for, and the goal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bench.reading.asking import Connection, WrongAnswerError
from bench.reading.equal import BEHIND_TLS
from bench.reading.measuring import Ask
from bench.reading.servers import Running

PACKED: Final = BEHIND_TLS | {"Accept-Encoding": "gzip"}
PathOf = Callable[[str], str]
DETAIL: Final = "/api/v1/cases/{}/"
PAGE: Final = "/cases/{}/"


@dataclass(frozen=True, slots=True)
class Line:
    """How many times as long the first takes as the second."""

    name: str
    first: Ask
    second: Ask
    keys: Sequence[str]
    goal: str = ""


def at(pattern: str) -> PathOf:
    """`{}` is where the key goes."""
    return lambda key: pattern.replace("{}", key)


def ask(running: Running, path_of: PathOf, headers: dict[str, str] | None = None) -> Ask:
    """Raises WrongAnswerError for all but 200."""
    connection = Connection(running.port)

    def once(key: str) -> None:
        path = path_of(key)
        answer = connection.ask(path, headers)
        if answer.status != 200:
            raise WrongAnswerError(f"{path}: {answer.status} {answer.body[:200]!r}")

    return once


def ask_again(running: Running, path_of: PathOf) -> Ask:
    """For what the reader has already, with its tag, got when it is first asked for."""
    connection = Connection(running.port)
    tags: dict[str, str] = {}

    def once(key: str) -> None:
        path = path_of(key)
        if key not in tags:
            tags[key] = connection.ask(path, PACKED).headers["etag"]
        answer = connection.ask(path, PACKED | {"If-None-Match": tags[key]})
        if answer.status != 304:
            raise WrongAnswerError(f"{path}: {answer.status}")

    return once
