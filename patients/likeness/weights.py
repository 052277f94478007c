"""How much each part of a likeness counts: as usual, or as a reader says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Weights = Mapping[str, int]
"""By the key of a part."""
PARTS: Final = {
    "diagnosis": "Diagnosis",
    "site": "Primary site",
    "vein": "Veins and their course",
    "findings": "Findings",
    "treatments": "Treatments",
    "order": "Order of treatments",
    "references": "Shared studies",
    "age": "Age",
    "sex": "Sex",
}
"""By key, what a part is called."""
USUAL: Final[Weights] = {
    "diagnosis": 3,
    "site": 1,
    "vein": 10,
    "findings": 2,
    "treatments": 2,
    "order": 3,
    "references": 2,
    "age": 1,
    "sex": 1,
}
"""A vein that a tumour or thrombus has reached is told of few cases and decides what can be done,
so it counts most; where none is told it counts nothing. Age and sex only tell cases apart that are
alike otherwise."""
MOST: Final = 10
TELLING: Final = frozenset(PARTS) - {"age", "sex"}
"""Parts of which one at least must agree: two women of 50 are not like cases for that."""


def is_usual(weights: Weights) -> bool:
    return dict(weights) == dict(USUAL)
