"""Checks that the ways which are compared answer with the same."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable
from typing import Any, Final

from bench.reading.asking import Answer, Connection, WrongAnswerError
from bench.reading.servers import Running

BEHIND_TLS: Final = {"X-Forwarded-Proto": "https"}
Way = Callable[[str], Any]


def body_of(answer: Answer) -> Any:
    packed = answer.headers.get("content-encoding") == "gzip"
    return json.loads(gzip.decompress(answer.body) if packed else answer.body)


def way(running: Running, path_of: Callable[[str], str]) -> Way:
    """What a server says of a key, read as JSON. Raises WrongAnswerError."""
    connection = Connection(running.port)

    def said(key: str) -> Any:
        answer = connection.ask(path_of(key), BEHIND_TLS)
        if answer.status != 200:
            raise WrongAnswerError(f"{path_of(key)}: {answer.status} {answer.body[:200]!r}")
        return body_of(answer)

    return said


def check_equal(ways: dict[str, Way], keys: Iterable[str]) -> None:
    """Every name, value and their order. Raises WrongAnswerError where two ways differ."""
    for key in keys:
        said = {name: json.dumps(asked(key)) for name, asked in ways.items()}
        first = next(iter(said))
        for name, words in said.items():
            if words != said[first]:
                at = next((at for at, (one, other) in enumerate(zip(words, said[first],
                          strict=False)) if one != other), 0)  # fmt: skip
                raise WrongAnswerError(
                    f"{key}: {name} says {words[max(0, at - 60) : at + 60]}, and {first} "
                    f"{said[first][max(0, at - 60) : at + 60]}"
                )


def gist(document: Any, identity: str = "id") -> Any:
    """What every way must say of a case alike: its title, and each event with how many citations
    it has."""
    events = sorted(
        (event[identity], event["label"], len(event["citations"] or []))
        for event in document["events"]
    )
    return document["accession"], document["title"], events


def gist_of(asked: Way, identity: str = "id") -> Way:
    return lambda key: gist(asked(key), identity)
