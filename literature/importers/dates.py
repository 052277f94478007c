"""Dates as reference managers and PubMed write them, to CSL date parts."""

from __future__ import annotations

import re
from datetime import date

from literature.csl import YEARS

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june",
            "jul july", "aug august", "sep sept september", "oct october", "nov november",
            "dec december",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_TOKENS = re.compile(r"\d+|[^\W\d_]+|[-–/]")
_SHORT = 60
_NUMBERS = re.compile(
    r"^\s*(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?)?[日月年]?"
    r"(?:T[\d:.]{1,12}Z?|[/-][^\d]*|)\s*$"
)
_ISO_RANGE = re.compile(r"^\s*(\d{4}(?:-\d{1,2}){0,2})\s*(?:/|--)\s*(\d{4}(?:-\d{1,2}){0,2})\s*$")


def parse_date(printed: str) -> list[list[int]]:
    """`2016`, `2016/05/12/Epub`, `2016-05`, `2016 May 12`, `12 May 2016`, `May 12, 2016`, and the
    ranges `2016 Jan-Feb` and `2015 Dec-2016 Jan`, as one or two lists of year, month and day.

    A season or another word is left out; empty for what is no date at all.
    """
    if len(printed) > _SHORT:
        return []
    if match := _ISO_RANGE.match(printed):
        first, last = (_parts(*map(int, side.split("-"))) for side in match.groups())
        return [first, last] if first and last else []
    if match := _NUMBERS.match(printed):
        parts = _parts(*(int(number) for number in match.groups() if number))
        return [parts] if parts else []
    return _in_words(_TOKENS.findall(printed.lower()))


def _parts(year: int, month: int = 0, day: int = 0) -> list[int]:
    """As much of the date as can be: a month or day that does not exist is left out."""
    if year not in YEARS:
        return []
    if not 1 <= month <= 12:
        return [year]
    try:
        date(year, month, day)
    except ValueError:
        return [year, month]
    return [year, month, day]


def _in_words(tokens: list[str]) -> list[list[int]]:
    """Reads around the first dash between months: `2016 jan - feb`, `2015 dec - 2016 jan`."""
    dashes = [place for place, token in enumerate(tokens) if token in "-–/"]
    for place in dashes:
        before, after = tokens[:place], tokens[place + 1 :]
        if any(token in MONTHS for token in before) and any(token in MONTHS for token in after):
            first = _one(before) or _one([*before, *_years(after)])
            last = _one(after) or _one([*_years(before), *after])
            return [first, last] if first and last else []
    one = _one(tokens)
    return [one] if one else []


def _years(tokens: list[str]) -> list[str]:
    return [token for token in tokens if len(token) == 4 and token.isdecimal()]


def _one(tokens: list[str]) -> list[int]:
    years = _years(tokens)
    if not years:
        return []
    month = next((MONTHS[token] for token in tokens if token in MONTHS), 0)
    days = [token for token in tokens if token.isdecimal() and len(token) <= 2]
    return _parts(int(years[0]), month, int(days[0]) if month and len(days) == 1 else 0)
