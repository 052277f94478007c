"""Random draws that depend on a seed and a number alone, and ids that never meet."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final, TypeVar

from literature.public_ids import CROCKFORD, PUBLIC_ID_LENGTH

T = TypeVar("T")
_PAIRS: Final = [a + b for a in CROCKFORD for b in CROCKFORD]
_ID_BITS: Final = 5 * PUBLIC_ID_LENGTH
_ACCESSION_BITS: Final = 35
_ODD: Final = 0x2545F4914F6CDD1D | 1
"""An odd number: times it, modulo a power of two, no two numbers become one."""
PARTS_A_CASE: Final = 256
_REFERENCES: Final = 1 << (_ID_BITS - 1)
_REPORTS: Final = _REFERENCES | 1 << (_ID_BITS - 2)


CASES, WORKS, NAMES = range(3)


def random_of(seed: int, kind: int, number: int) -> Random:
    """The same draws for the same case, work or name, whichever were made before it."""
    return Random(seed << 44 | kind << 42 | number)


def zipf(random: Random, size: int) -> int:
    """0 to size - 1, the first the most often, each as often as one over its rank (s = 1)."""
    rank = int((size + 1) ** random.random()) - 1
    return rank if rank < size else size - 1


def zipf_of(random: Random, things: Sequence[T]) -> T:
    return things[zipf(random, len(things))]


def any_of(random: Random, things: Sequence[T]) -> T:
    return things[int(random.random() * len(things))]


def accession(seed: int, number: int) -> str:
    """Looks random, and is another one for each number below 2**35."""
    mixed = (number * _ODD + seed * 0x9E3779B1) % (1 << _ACCESSION_BITS)
    pairs = _PAIRS
    return (
        f"CB-{CROCKFORD[mixed >> 30]}{pairs[mixed >> 20 & 1023]}{pairs[mixed >> 10 & 1023]}"
        f"{pairs[mixed & 1023]}"
    )


def part_id(seed: int, case: int, part: int) -> str:
    return _public_id(seed, case * PARTS_A_CASE + part)


def reference_id(seed: int, number: int) -> str:
    """Of a work of the pool that all cases cite from."""
    return _public_id(seed, _REFERENCES + number)


def report_id(seed: int, case: int) -> str:
    """Of the report that a case is told in."""
    return _public_id(seed, _REPORTS + case)


def _public_id(seed: int, number: int) -> str:
    mixed = (number * _ODD + seed * 0x9E3779B97F4A7C15) % (1 << _ID_BITS)
    pairs = _PAIRS
    return (
        f"{pairs[mixed >> 40]}{pairs[mixed >> 30 & 1023]}{pairs[mixed >> 20 & 1023]}"
        f"{pairs[mixed >> 10 & 1023]}{pairs[mixed & 1023]}"
    )
