"""What comparing two records gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Likeness(StrEnum):
    """`SAME` is certain and may be linked by machine; `PROBABLE` is for a person to decide;
    `RELATED` is another work of the same study (preprint, abstract, erratum), never merged."""

    SAME = "same"
    PROBABLE = "probable"
    RELATED = "related"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Comparison:
    """`reason` is a short sentence for a person: `The same DOI.` `Titles alike, year and first
    page the same.`"""

    likeness: Likeness
    reason: str


@dataclass(frozen=True, slots=True)
class Match:
    """A record of the library (`reference_id`) or of the same batch (`position`) that is like."""

    reference_id: int | None
    position: int | None
    csl: Mapping[str, Any]
    comparison: Comparison
