"""The year of a record that may be broken: an entry of an import is not checked yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

YEARS = range(1, 10_000)


def year_of(csl: Mapping[str, Any]) -> int | None:
    issued = csl.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, Mapping) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    year = first[0] if isinstance(first, list) and first else None
    if isinstance(year, str) and year.isdecimal() and len(year) <= 4:
        year = int(year)
    is_year = isinstance(year, int) and not isinstance(year, bool) and year in YEARS
    return year if is_year else None
