"""Whether two records may be of one work. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from rapidfuzz import fuzz

from literature.wording import year_of

CLOSE_ENOUGH = 90.0
"""Of 100, by RapidFuzz's ratio on folded titles: spellings, hyphens and misprints differ."""
_LEAST_BEGINNING = 20
"""Folded characters of a title that stands for one whose subtitle was cut."""
_MARK_UP = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_STATUS = re.compile(
    r"^\W*(?:retracted(?:\s+(?:article|paper))?|withdrawn|removed|retraction)\s*[:\]\-–—]\s*",
    re.IGNORECASE,
)
"""Put before the title of a work when it was retracted."""
_NUMBER = re.compile(r"\b(?:[0-9]+|[ivx]+|one|two|three|first|second|third)\b")
"""Part I is not part II, however alike the rest is."""
_SEPARATORS = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Lower case, without accents, mark-up and punctuation, words divided by one space."""
    text = _STATUS.sub("", _MARK_UP.sub("", text))
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(_SEPARATORS.sub(" ", text).split())


def same_title(one: str, other: str) -> bool:
    """Whether the titles are the same, but for spelling, or for a subtitle that one leaves out."""
    first, second = sorted((folded(one), folded(other)), key=len)
    if not first:
        return False
    if first == second or (len(first) >= _LEAST_BEGINNING and second.startswith(f"{first} ")):
        return True
    return _NUMBER.findall(first) == _NUMBER.findall(second) and (
        fuzz.ratio(first, second) >= CLOSE_ENOUGH
    )


def same_first_author(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    names = [_first_author(csl) for csl in (one, other)]
    return bool(names[0]) and names[0] == names[1]


def same_year(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    year = year_of(dict(one))
    return year is not None and year == year_of(dict(other))


def _first_author(csl: Mapping[str, Any]) -> str:
    authors = csl.get("author") or [{}]
    name = authors[0]
    particle = name.get("non-dropping-particle", "")
    return folded(f"{particle} {name.get('family') or name.get('literal', '')}")
