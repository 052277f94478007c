"""Bands of age to narrow a search by. Pure."""

from __future__ import annotations

from typing import Final

AGES: Final = {
    "0-17": (0, 17),
    "18-29": (18, 29),
    "30-39": (30, 39),
    "40-49": (40, 49),
    "50-59": (50, 59),
    "60-69": (60, 69),
    "70-79": (70, 79),
    "80-89": (80, 89),
    "90+": (90, 200),
}
LABELS: Final = {
    name: "90 and over" if name == "90+" else f"{low} to {high}"
    for name, (low, high) in AGES.items()
}


def bands_of(low: int | None, high: int | None) -> list[str]:
    """Every band that an age from `low` to `high` may lie in; `high` is None for 90 and over."""
    if low is None:
        return []
    upper = low if high is None else high
    return [name for name, (start, end) in AGES.items() if low <= end and upper >= start]
