"""Dates as lists print them, to the parts of CSL."""

from __future__ import annotations

import re
from typing import Any

from literature.importers.pasted.letters import YEAR

_MONTHS = (
    "jan|january feb|february|febr mar|march apr|april may jun|june jul|july aug|august "
    "sep|september|sept oct|october nov|november dec|december"
)
_NUMBER = {
    name: number
    for number, names in enumerate(_MONTHS.split(), 1)
    for name in names.split("|")
}  # fmt: skip
MONTH = (
    "(?:" + "|".join(sorted((n.capitalize() for n in _NUMBER), key=len, reverse=True)) + r")\b\.?"
)
DATE = (
    rf"{YEAR}(?:[ ,]{{1,2}}{MONTH}(?:[-–/]{MONTH})?(?:\s\d{{1,2}}(?:[-–]\d{{1,2}})?(?![\d:(]))?)?"
    r"(?:[ ,]{1,2}(?:Spring|Summer|Autumn|Fall|Winter))?"
)
"""`2014`, `2014 Jul 12`, `2014, July`."""
ANY_DATE = (
    rf"(?:{YEAR}-\d{{1,2}}-\d{{1,2}}|{YEAR}年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?|{DATE}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?\s{MONTH},?\s{YEAR}|{MONTH}\s(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s)?{YEAR})"
)


def date_parts(printed: str) -> dict[str, Any]:
    """`{"date-parts": [[2014, 7, 12]]}` as far as printed; empty where there is no year."""
    iso = re.search(rf"({YEAR})[-年](\d{{1,2}})(?:[-月](\d{{1,2}}))?", printed)
    if iso:
        return _parts([int(part) for part in iso.groups() if part])
    year = re.search(YEAR, printed)
    if year is None:
        return {}
    parts = [int(year.group())]
    month = re.search(MONTH, printed)
    if month and not re.search(rf"{MONTH}[-–/]{MONTH}", printed):
        parts.append(_NUMBER[month.group().rstrip(".").lower()])
        day = re.search(r"(?<![\d–-])(\d{1,2})(?:st|nd|rd|th)?(?![\d–-])", printed)
        if day:
            parts.append(int(day.group(1)))
    return _parts(parts)


def _parts(parts: list[int]) -> dict[str, Any]:
    """A month or day that cannot be is left out."""
    if len(parts) > 1 and not 1 <= parts[1] <= 12:
        parts = parts[:1]
    if len(parts) > 2 and not 1 <= parts[2] <= 31:
        parts = parts[:2]
    return {"date-parts": [parts]}
