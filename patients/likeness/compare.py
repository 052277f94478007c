"""Two cases → how like they are, part by part; and many, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from patients.likeness import alike, courses
from patients.likeness.model import Features, Part
from patients.likeness.weights import PARTS, TELLING, Weights
from patients.likeness.words import opened

Key = TypeVar("Key")
SIMPLE: Mapping[str, Callable[[Features, Features], Part | None]] = {
    "diagnosis": alike.diagnosis,
    "site": alike.site,
    "vein": courses.vein,
    "findings": alike.findings,
    "treatments": courses.treatments,
    "order": courses.order,
    "age": alike.age,
    "sex": alike.sex,
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """The parts in which two cases agree; empty where nothing that tells is shared."""

    parts: list[Part]

    def points(self, weights: Weights) -> float:
        """Of `sum(weights.values())`."""
        return sum(weights[part.key] * part.share for part in self.parts)

    def by_weight(self, weights: Weights) -> list[tuple[Part, float]]:
        """The parts that count, with their points, the weightiest first."""
        told = [(part, weights[part.key] * part.share) for part in self.parts]
        return sorted((row for row in told if row[1] > 0), key=lambda row: -row[1])

    def reasons(self, weights: Weights, *, most: int | None = None) -> str:
        """`Same diagnosis, …; embolisation, then octreotide in both; 3 shared studies`. Of `most`
        parts only the weightiest."""
        told = self.by_weight(weights)[:most]
        return opened("; ".join(part.words for part, _ in told))


def likeness(one: Features, other: Features, cited: Mapping[str, int]) -> Likeness:
    """`cited` says how many cases cite each study of `one`; one that is not in it counts as rare.

    The shares are the same from `other` to `one`; the words are not, and tell `one` as “here”.
    """
    parts = [
        alike.references(one, other, cited) if key == "references" else SIMPLE[key](one, other)
        for key in PARTS
    ]
    found = [part for part in parts if part is not None]
    return Likeness(found if any(part.key in TELLING for part in found) else [])


def ranked(rows: Iterable[tuple[Key, Likeness]], weights: Weights) -> list[tuple[Key, Likeness]]:
    """The most like first; those without a part that counts are left out. Stable."""
    with_points = [(key, like, like.points(weights)) for key, like in rows]
    kept = [row for row in with_points if row[2] > 0]
    return [(key, like) for key, like, _ in sorted(kept, key=lambda row: -row[2])]
