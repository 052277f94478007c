"""Hostile text costs time in proportion to its length: four times the text, about four times the
work. Measured as processor time of one run beside another, so that a busy machine changes little;
work that grew with the square would be sixteen times."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import pytest

from literature.importers.model import UnreadableError
from literature.importers.pasted import Pasted
from literature.importers.pasted.reading import read_item

SMALL = 40_000
FLOOR = 0.01
"""Seconds below which a run is too short to compare."""
SHAPES: dict[str, str] = {
    "names without end": "1. 2010 {Aa A, }",
    "capitals": "1. 2010 {Aa Bb Cc Dd }",
    "initials": "1. 2010 {A.}",
    "apostrophes": "1. 2010 {d'A}",
    "et al again and again": "1. 2010 {Doe J, et al, }",
    "open brackets in a DOI": "1. 2010 10.5555/{(}",
    "closed brackets in a DOI": "1. 2010 10.5555/{)}",
    "DOIs": "1. 2010 {10.5555/a }",
    "an address": "1. 2010 http://{a.}",
    "full stops": "1. 2010 {. }",
    "dashes": "1. Doe J. T. L. 2010;1:{1-}",
    "digits": "1. Doe J. T. L. 2010;1:{1}",
    "years": "1. {2010 }",
    "books in books": "1. Doe J. 2010. T{. In: A (ed) }",
    "colons": "1. Doe J. 2010. {A: b}; 2010",
    "editions": "1. Doe J. 2010. T. {2nd }",
    "quotes": "1. Doe J (2010) {‘a’ }",
    "open brackets": "1. Doe J (2010) T. J 1{(a}",
    "links": "1. Doe J. 2010. {Google Scholar }",
    "links in brackets": "1. Doe J. 2010. {[PubMed }",
    "one number again and again": "{1. 2010\n}",
    "hyphens at line ends": "1. 2010 {a-\n}",
    "empty lines": "{\n}Doe J. T. Lancet 2010;1:2.",
    "paragraphs": "{Nothing here.\n\n}2010",
    "spaces": "1. 2010{ }x",
    "Chinese names": "1. 2010 {王伟, }",
}


def text_of(shape: str, size: int) -> str:
    before, rest = shape.split("{")
    unit, after = rest.split("}")
    return before + unit * (size // len(unit)) + after


def work(task: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        start = time.process_time()
        task()
        times.append(time.process_time() - start)
    return max(min(times), FLOOR)


def read(text: str) -> None:
    try:
        for _ in Pasted().read(io.BytesIO(text.encode())):
            pass
    except UnreadableError:
        pass


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_a_whole_text_is_read_in_linear_time(shape):
    small, large = text_of(shape, SMALL), text_of(shape, 4 * SMALL)
    assert work(lambda: read(large)) / work(lambda: read(small)) < 10


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_one_item_is_read_in_linear_time(shape):
    small, large = text_of(shape, 1_200), text_of(shape, 4_800)
    tasks = [
        lambda text=text: [read_item(text[3:], "") for _ in range(5)] for text in (small, large)
    ]
    assert work(tasks[1]) / work(tasks[0]) < 10
