"""Lines to load: good ones, and the same with something wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from patients.corpus.making import make
from patients.document import canonical_json
from patients.loading.decoding import Read, read
from patients.loading.reading import Line

POOL = 1_000
Change = Callable[[dict[str, Any]], object]


def line(data: bytes, number: int = 1) -> Line:
    return Line(number, data, len(data) + 1, "")


def synthetic(number: int = 0, change: Change | None = None, **beside: Any) -> bytes:
    """A line of the corpus; `change` is made to its document as plain data."""
    document = msgspec.json.decode(canonical_json(make(7, number, POOL)))
    if change is not None:
        change(document)
    return msgspec.json.encode({"document": document, "synthetic": True, **beside})


def was_read(data: bytes) -> Read:
    return read(line(data))


def put(path: str, value: Any) -> Change:
    """Sets `events.3.time.start` of a document and the like."""

    def change(document: Any) -> None:
        *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        at = document
        for step in way:
            at = at[step]
        at[last] = value

    return change
