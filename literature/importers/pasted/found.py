"""What a style read in one item, and how sure it is of each field.

The confidences are few and mean the same everywhere; a person should look below `LIKELY`:

- `CERTAIN`: written out with its own label or in a form with one reading (a DOI, `[J]`).
- `SURE`: between the punctuation of its style on both sides (`2014;15(1):e8-21`).
- `LIKELY`: read by position, with another reading possible (a title before a journal without
  a volume, the surname of a Chinese name).
- `UNSURE`: a rule of thumb.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from literature.importers.model import Problem, Severity

CERTAIN = 1.0
SURE = 0.95
LIKELY = 0.8
UNSURE = 0.5


@dataclass(slots=True)
class Found:
    """CSL fields with a confidence for each, and warnings; `style` is the reader's name."""

    style: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    confidence: dict[str, float] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    fit: float = 0.0
    """From 0 to 1: how much of the item the style explains. Styles are chosen by it."""

    def put(self, name: str, value: Any, sure: float) -> None:
        """Keeps `value`; nothing to keep, or a field that is there already, changes nothing."""
        if value and name not in self.fields:
            self.fields[name] = value
            self.confidence[name] = sure

    def put_all(self, values: Mapping[str, Any], sure: float) -> None:
        for name, value in values.items():
            self.put(name, value, sure)

    def warn(self, name: str, reason: str) -> None:
        self.problems.append(Problem(name, reason, Severity.WARNING))
