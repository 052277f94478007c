"""A corpus as lines of JSON, made by several processes in turns and given out in order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass

import django

from patients.corpus.making import make
from patients.document import canonical_json

CHUNK = 500
"""Cases that a process makes at a time."""
LARGEST_SEED = 2**32 - 1
LARGEST_COUNT = 10**8
_BEFORE, _AFTER = b'{"document":', b',"synthetic":true}\n'


@dataclass(frozen=True, slots=True)
class Corpus:
    """Which cases: `count` of them from the number `start` on. All of them cite from `works`
    works, so that parts of one corpus fit together where these are the same."""

    count: int
    seed: int
    start: int = 0
    works: int = 0

    @property
    def pool(self) -> int:
        return self.works or max(1_000, 3 * (self.start + self.count))


def lines_of(corpus: Corpus, workers: int = 0) -> Iterator[bytes]:
    """Blocks of whole lines, as many cases as `CHUNK` each; memory does not grow with the corpus.

    `workers` are the processes to make them with, as many as there are processors where it is 0.
    """
    ends = range(corpus.start, corpus.start + corpus.count, CHUNK)
    parts = ((first, min(first + CHUNK, corpus.start + corpus.count)) for first in ends)
    workers = workers or os.cpu_count() or 1
    if workers == 1 or corpus.count <= CHUNK:
        for first, end in parts:
            yield _block(corpus, first, end)
        return
    with ProcessPoolExecutor(workers, initializer=django.setup) as processes:
        waiting: deque[Future[bytes]] = deque()
        for first, end in parts:
            waiting.append(processes.submit(_block, corpus, first, end))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _block(corpus: Corpus, first: int, end: int) -> bytes:
    made = (canonical_json(make(corpus.seed, number, corpus.pool)) for number in range(first, end))
    return b"".join([_BEFORE + document + _AFTER for document in made])
