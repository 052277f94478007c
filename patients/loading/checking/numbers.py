"""Numbers that a document holds as text, so that 0.4 stays 0.4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from patients.loading.problems import Problem, shown


def numbers(
    path: str, part: Any, low: str, high: str, whole: int, places: int, *,
    most: int | None = None, signed: bool = False, both: bool = True,
) -> Iterator[Problem]:  # fmt: skip
    """Two ends, the low one first, and both of them or none unless `both` is off."""
    ends = getattr(part, low), getattr(part, high)
    wrong = [
        *number(f"{path}.{low}", ends[0], whole, places, signed=signed),
        *number(f"{path}.{high}", ends[1], whole, places, signed=signed),
    ]
    yield from wrong
    if wrong:
        return
    if both and bool(ends[0]) != bool(ends[1]):
        yield Problem(f"{path}.{high}", "both ends are there, or none")
    elif ends[0] and ends[1] and Decimal(ends[0]) > Decimal(ends[1]):
        yield Problem(f"{path}.{high}", "is below the low end")
    if most is not None and ends[1] and Decimal(ends[1]) > most:
        yield Problem(f"{path}.{high}", f"is above {most}")


def number(
    path: str, text: str, whole: int, places: int, *, signed: bool = False
) -> Iterator[Problem]:
    """Numbers are text, so that 0.4 stays 0.4; empty is not reported."""
    if text and _pattern(whole, places, signed).fullmatch(text) is None:
        yield Problem(path, f"{shown(text)} is not a number of at most {whole} digits and {places} "
                      "decimals")  # fmt: skip


@cache
def _pattern(whole: int, places: int, signed: bool) -> re.Pattern[str]:
    sign = "-?" if signed else ""
    return re.compile(f"{sign}[0-9]{{1,{whole}}}(\\.[0-9]{{1,{places}}})?")
