"""Memory does not grow with a file or a corpus."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator

import pytest

from patients.corpus.lines import Corpus
from patients.corpus.lines import lines_of as corpus_lines
from patients.document.model import ReferenceData
from patients.loading import known as known_module
from patients.loading.decoding import read
from patients.loading.known import Known
from patients.loading.reading import lines_of
from patients.loading.references import Work
from tests.patients.loading.lines import synthetic

BOUND = 6_000_000
"""Bytes: some two hundred times a line, and a fraction of the file."""


class Endless(io.RawIOBase):
    """A file of `count` lines that is never held whole."""

    def __init__(self, line: bytes, count: int) -> None:
        self._lines: Iterator[bytes] = (line + b"\n" for _ in range(count))

    def readline(self, size: int | None = -1) -> bytes:
        return next(self._lines, b"")


def test_reading_a_long_file() -> None:
    line = synthetic()
    count = 2 * BOUND // len(line)
    tracemalloc.start()
    try:
        for each in lines_of(Endless(line, count)):  # type: ignore[arg-type]
            read(each)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < BOUND < count * len(line)


def test_making_a_corpus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("patients.corpus.lines.CHUNK", 20)
    made = 0
    for _ in corpus_lines(Corpus(40, 7, works=100), workers=1):
        pass  # fills what is remembered of works and names
    tracemalloc.start()
    try:
        for block in corpus_lines(Corpus(280, 7, start=1_000, works=100), workers=1):
            made += len(block)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < BOUND < made


def test_what_is_remembered_stays_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_module, "WORKS", 50)
    monkeypatch.setattr(known_module, "WORDS", 80)
    known = Known()
    work = Work(ReferenceData(0, "A", *[""] * 11), pk=1)
    for batch in range(40):
        known.keep(
            {f"{batch}-{n}": work for n in range(10)}, {}, {f"{batch}-{n}" for n in range(10)}
        )
        assert len(known.works) <= 60
        assert len(known.words) <= 90
