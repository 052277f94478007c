"""How like two cases are, in parts that each say why. Pure: nothing here asks the database."""

from __future__ import annotations

from patients.likeness.compare import Likeness, likeness, ranked
from patients.likeness.features import features_of
from patients.likeness.model import Features, Part
from patients.likeness.weights import PARTS, USUAL, Weights

__all__ = [
    "PARTS",
    "USUAL",
    "Features",
    "Likeness",
    "Part",
    "Weights",
    "features_of",
    "likeness",
    "ranked",
]
