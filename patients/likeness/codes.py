"""What is compared, as small integers to find cases by that share it.

Two things may fall on one code by chance: who is found so is compared in full, and falls out.
"""

from __future__ import annotations

from typing import Final
from zlib import crc32

from patients.likeness.courses import ordered_pairs
from patients.likeness.model import Features, Named

BITS: Final = 26
KINDS: Final = {
    "diagnosis": 1, "site": 2, "vein": 3, "vein_course": 4, "finding": 5, "treatment": 6, "pair": 7,
}  # fmt: skip
"""Numbers are kept in the database: one that is taken is never given to another kind."""


def codes_of(features: Features) -> list[int]:
    """The most telling kinds first, studies after them. Sex and age are no codes: half the base
    shares them."""
    told = [("pair", f"{a} {b}") for a, b in ordered_pairs(features.treatments)]
    told += [("vein_course", f"{vein.site.slug} {' '.join(vein.states)}")
             for vein in features.veins if vein.states]  # fmt: skip
    told += _slugs("vein", [vein.site for vein in features.veins])
    told += _slugs("diagnosis", [features.diagnosis])
    told += _slugs("treatment", [row.term for row in features.treatments])
    told += [("finding", f"{row.kind} {row.site.slug}") for row in features.findings if row.site]
    told += _slugs("diagnosis", features.also_diagnosed)
    told += _slugs("site", [features.site])
    codes = [_code(kind, word) for kind, word in told]
    return list(dict.fromkeys([*codes, *(study_code(id) for id in features.references)]))


def study_code(public_id: str) -> int:
    """Below zero."""
    return -(crc32(public_id.encode()) & 0x7FFFFFFF) - 1


def _slugs(kind: str, terms: list[Named | None] | list[Named]) -> list[tuple[str, str]]:
    return [(kind, term.slug) for term in terms if term is not None]


def _code(kind: str, word: str) -> int:
    return KINDS[kind] << BITS | crc32(word.encode()) & ((1 << BITS) - 1)
