"""Valid files of every format, damaged at random: nothing crashes, hangs or yields half a row.

FUZZ_INPUTS sets how many inputs there are over all importers (100,000 without it). A failure names
the number of its input: `damaged(name, number)` makes the same one again.
"""

import contextlib
import os
import random
import sys
from collections.abc import Callable
from io import BytesIO

import pytest

from literature.csl import normalise_csl
from literature.importers.model import Entry, Severity, UnreadableError
from literature.importers.registry import IMPORTERS, recognise
from tests.literature.importers.samples import PASTED, SAMPLES

INPUTS = int(os.environ.get("FUZZ_INPUTS", "100000"))
FILES = SAMPLES | {"pasted": [PASTED]}
ENCODINGS = ["utf-8", "utf-16", "utf-16-le", "latin-1", "cp1252", "gb18030", "utf-8-sig", "utf-7"]
TOKENS = [
    b"\0", b"\xff", b"\xed\xa0\x80", b"{", b"}", b'"', b"<", b">", b"&", b"&x;", b"]]>", b"<!--",
    b"\n\n", b"\r", b"TY  - ", b"ER  - ", b"PMID- ", b"@article{", b"#", b"\\", b"$", b"[", b"]",
    b"%", b" and ", b"<PubmedArticle>", b"</record>", b"<ref>", b"1-", b"9" * 30, b"\xe2\x80\xae",
    b"<!DOCTYPE a [", b"<!ENTITY a 'b'>", b"crossref=", b"@string{a=a#a}", b"\\begin{a}", b"10.",
]  # fmt: skip
CALLS_PER_BYTE = 400
CALLS_AT_LEAST = 200_000


def flipped(raw: bytearray, rng: random.Random) -> None:
    for _ in range(rng.randint(1, 8)):
        raw[rng.randrange(len(raw))] = rng.randrange(256)


def cut(raw: bytearray, rng: random.Random) -> None:
    start, end = sorted(rng.randrange(len(raw) + 1) for _ in range(2))
    del raw[start:end]


def ended(raw: bytearray, rng: random.Random) -> None:
    del raw[rng.randrange(len(raw)) :]


def doubled(raw: bytearray, rng: random.Random) -> None:
    start, end = sorted(rng.randrange(len(raw) + 1) for _ in range(2))
    raw[end:end] = raw[start:end] * rng.randint(1, 3)


def spliced(raw: bytearray, rng: random.Random) -> None:
    other = rng.choice(FILES[rng.choice(sorted(FILES))]).encode()
    start, end = sorted(rng.randrange(len(other) + 1) for _ in range(2))
    at = rng.randrange(len(raw) + 1)
    raw[at:at] = other[start:end]


def sprinkled(raw: bytearray, rng: random.Random) -> None:
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(raw) + 1)
        raw[at:at] = rng.choice(TOKENS) * rng.choice([1, 1, 1, 2, 40])


DAMAGES: list[Callable[[bytearray, random.Random], None]] = [
    flipped, cut, ended, doubled, spliced, sprinkled,
]  # fmt: skip


def damaged(name: str, number: int) -> bytes:
    rng = random.Random(f"{name} {number}")
    encoding = rng.choice(ENCODINGS) if rng.random() < 0.25 else "utf-8"
    raw = bytearray(rng.choice(FILES[name]).encode(encoding, "replace"))
    for _ in range(rng.randint(1, 3)):
        if raw:
            rng.choice(DAMAGES)(raw, rng)
    return bytes(raw)


def whole(entry: Entry) -> bool:
    """Whether what was read can be kept as it stands, or says that it cannot."""
    if any(problem.severity is Severity.ERROR for problem in entry.problems):
        return all(problem.reason for problem in entry.problems)
    return normalise_csl(entry.csl) == entry.csl


class Steps:
    """Ends what makes more calls than an input of its size can need."""

    def __init__(self, size: int) -> None:
        self._left = max(CALLS_AT_LEAST, CALLS_PER_BYTE * size)

    def __enter__(self) -> None:
        sys.setprofile(self._count)

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _count(self, *_: object) -> None:
        self._left -= 1
        if self._left < 0:
            sys.setprofile(None)
            raise AssertionError("more calls than an input of this size can need")


@pytest.mark.fuzz
@pytest.mark.parametrize("part", range(4))
@pytest.mark.parametrize("name", sorted(FILES))
def test_no_damage_crashes_hangs_or_leaves_half_a_row(name, part):
    share = max(1, INPUTS // (len(FILES) * 4))
    for number in range(part * share, (part + 1) * share):
        raw = damaged(name, number)
        try:
            with Steps(len(raw)):
                entries = list(IMPORTERS[name].read(BytesIO(raw)))
        except UnreadableError:
            continue
        except Exception as error:
            raise AssertionError(f"{name} {number}") from error
        assert all(map(whole, entries)), (name, number)
        assert [entry.position for entry in entries] == [*range(1, len(entries) + 1)]
        for text in (text for entry in entries for text in (entry.original, *entry.texts.values())):
            assert "\0" not in text, (name, number)
            text.encode()


@pytest.mark.fuzz
@pytest.mark.parametrize("name", sorted(FILES))
def test_whatever_is_recognised_or_refused_is_so_without_a_crash(name):
    for number in range(max(1, INPUTS // 100)):
        with contextlib.suppress(UnreadableError):
            assert recognise(damaged(name, number)).name in IMPORTERS
