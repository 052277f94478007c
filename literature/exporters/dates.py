"""Dates and pages as the formats write them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def parts_of(date: Any, place: int = 0) -> list[int]:
    """`[year, month, day]` as far as known, of the beginning, or with 1 of the end of a range;
    empty without a date."""
    parts = date.get("date-parts") if isinstance(date, Mapping) else None
    return list(parts[place]) if parts and len(parts) > place else []


def slashed(date: Any) -> tuple[str, str]:
    """`("2020", "2020/05/01/")`; the second is empty where only the year is known."""
    parts = parts_of(date)
    if not parts:
        return "", ""
    year = f"{parts[0]:04d}"
    whole = "/".join([year, *(f"{part:02d}" for part in parts[1:])])
    return year, whole if len(parts) > 1 else ""


def in_words(date: Any) -> str:
    """`2020 May 1`, and `2015 Dec-2016 Jan` for a range of months, as PubMed has it."""
    first, last = (_one_in_words(date, place) for place in (0, 1))
    return f"{first}-{last}" if " " in first and " " in last else first


def _one_in_words(date: Any, place: int) -> str:
    parts = parts_of(date, place)
    words = [str(part) for part in parts]
    if len(words) > 1:
        words[1] = MONTHS[parts[1] - 1]
    return " ".join(words)


def pages_of(csl: Mapping[str, Any]) -> tuple[str, str]:
    """First and last page of a plain range, else all of it as the first."""
    page = str(csl.get("page", ""))
    first, hyphen, last = page.partition("-")
    if hyphen and first and last and not any(sign in last for sign in "-,; "):
        return first, last
    return page, ""
