"""Facet values and steps as small integers: what the index keeps and compares. Pure.

A code is the number of its facet in the upper bits and its value in the lower 24: the key of a
term, a year, or a checksum of a word from a closed list. A cited reference is its key, below zero.
"""

from __future__ import annotations

from typing import Final
from zlib import crc32

VALUE_BITS: Final = 24
MAX_VALUE: Final = (1 << VALUE_BITS) - 1

FACETS: Final = {
    "diagnosis": 1,
    "site": 2,
    "metastasis": 3,
    "vein": 4,
    "vein_course": 5,
    "treatment_kind": 6,
    "treatment": 7,
    "drug": 8,
    "modality": 9,
    "sex": 10,
    "age": 11,
    "response": 12,
    "derived_response": 13,
    "outcome": 14,
    "year": 15,
    "language": 16,
    "images": 17,
}
"""Numbers are kept in the index: one that is taken is never given to another facet."""
STEP_TERM: Final = 64
STEP_KIND: Final = 65


def word_code(facet: str, word: str) -> int:
    """Of a value from a closed list, such as `female`."""
    return FACETS[facet] << VALUE_BITS | _checksum(word)


def key_code(facet: str, key: int) -> int:
    """Of a term's primary key, or a year. Raises ValueError beyond 24 bits."""
    return FACETS[facet] << VALUE_BITS | _fitting(key)


def value_of(code: int) -> int:
    return code & MAX_VALUE


def bounds_of(facet: str) -> tuple[int, int]:
    """The lowest and the highest code of a facet."""
    low = FACETS[facet] << VALUE_BITS
    return low, low | MAX_VALUE


def step_of_term(key: int) -> int:
    return STEP_TERM << VALUE_BITS | _fitting(key)


def step_of_kind(category: str) -> int:
    return STEP_KIND << VALUE_BITS | _checksum(category)


def cites_code(reference: int) -> int:
    return -reference


def _checksum(word: str) -> int:
    return crc32(word.encode()) & MAX_VALUE


def _fitting(key: int) -> int:
    if not 0 <= key <= MAX_VALUE:
        raise ValueError(f"{key} does not fit into {VALUE_BITS} bits.")
    return key
