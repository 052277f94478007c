"""Where in a journal an article stands, as each style prints it at the end of an item."""

from __future__ import annotations

import re
from dataclasses import dataclass

from literature.importers.pasted.dates import DATE
from literature.importers.pasted.letters import DASH, YEAR
from literature.importers.pasted.pages import PAGES

_VOLUME = (
    rf"(?:vol(?:ume)?\.?\s)?(?P<volume>[A-Za-z]{{0,3}}\d{{1,6}}[A-Za-z]{{0,3}}"
    rf"(?:\s?[{DASH}/]\s?[A-Z]{{0,2}}\d{{1,4}}[A-Z]?)?)"
)
_SUPPLEMENT = (
    r"(?:Suppl(?:ement)?(?:_\d{1,3}|\.?(?:\s?[A-Z]?\d{0,4})?)|Pt\s?\d{1,3}|"
    r"Spec(?:ial)? (?:No|Issue))"
)
_ISSUE = (
    rf"(?:,?\s?[(（](?P<issue>[^()（）]{{1,50}})[)）](?P<more>\s?{_SUPPLEMENT})?"
    rf"|,?\s(?P<supplement>{_SUPPLEMENT}(?=[\s:,;.]|$))"
    rf"|(?:,\s|\s)(?:no|issue)\.?\s(?P<number>[A-Za-z]{{0,5}}\d{{1,6}}(?:[{DASH}/]\d{{1,4}})?))?"
)
_PAGES = (
    rf"(?:pp?\.?\s?|pages?\s|(?:art(?:icle)?\.?\s?)(?:no\.?\s|number\s)?|Art\.\s)?(?P<page>{PAGES})"
)
_PAGES_NAMED = (
    rf"(?:pp?\.?\s?|pages?\s|(?:art(?:icle)?\.?\s?)(?:no\.?\s|number\s)?)(?P<page>{PAGES})"
)
_PAGES_AGAIN = _PAGES.replace("?P<page>", "?P<page2>")
_END = r"\s?[.。．,;]?\s*$"


@dataclass(frozen=True, slots=True)
class Place:
    """Pieces as printed; `before` is the text before them: title and container, or container."""

    before: str
    date: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""


DATED = re.compile(
    rf"(?P<date>{DATE})\s?[;；]\s?(?:{_VOLUME})?{_ISSUE}(?:\s?[:：]\s?{_PAGES})?{_END}", re.I
)
"""Vancouver, AMA: `2014 Jul;15(8):e8–21.` and `2018;29 Suppl 8:viii467.`"""
DATED_PAGES = re.compile(rf"(?P<date>{DATE})\s?[:：]\s?{_PAGES}{_END}", re.I)
"""`2019:1–10.`"""
DATED_COMMAS = re.compile(
    rf"(?P<date>{DATE})\s?[,，]\s?{_VOLUME}{_ISSUE}(?:\s?[:：,，]\s?{_PAGES})?{_END}", re.I
)
"""GB/T 7714: `2010, 48(3): 123-126.`; others `2014, 21, 2398–2405.`"""
DATED_ISSUE = re.compile(
    rf"(?P<date>{YEAR})\s?[(（](?P<issue>[^()（）]{{1,20}})[)）]\s?[:：]\s?{_PAGES}{_END}", re.I
)
"""GB/T 7714, a journal without volumes: `2020(5): 12-13.`"""
DATED_ONLY = re.compile(rf"(?<=[\s,，])(?P<date>{DATE}){_END}", re.I)
COLON = re.compile(rf"(?<=[\s,.])(?!{YEAR}\s?:){_VOLUME}{_ISSUE}\s?[:：]\s?{_PAGES}{_END}", re.I)
"""Springer: `15(8):e8–e21`"""
COMMAS = re.compile(
    rf"(?<=[\s,.])(?<!pp\.\s)(?<!p\.\s)(?<!pp\s)(?!{YEAR}{_END}){_VOLUME}{_ISSUE}"
    rf"(?:,\s{_PAGES}|\s{_PAGES_AGAIN})?{_END}",
    re.I,
)
"""APA, Harvard: `, 15(8), e8–e21.` and `15, 8–21.`"""
PAGES_ONLY = re.compile(rf"(?:,\s|\s|\.\s){_PAGES_NAMED}{_END}", re.I)
YEAR_LAST = re.compile(
    rf"(?<=[\s,.]){_VOLUME}{_ISSUE}(?:,\s?{_PAGES})?\s?\((?P<date>{YEAR})\){_END}", re.I
)
"""Nature: `15, e8–e21 (2014).`"""
YEAR_MIDDLE = re.compile(
    rf"(?<=[\s,.]){_VOLUME}{_ISSUE}\s?\((?P<date>{DATE})\)(?:,?\s?{_PAGES})?{_END}", re.I
)
"""Elsevier: `15 (8) (2014) e8–e21.`"""
YEAR_ALONE = re.compile(rf"\s?\((?P<date>{YEAR})\)(?:,?\s?{_PAGES})?{_END}", re.I)
_LONGEST = 160


def place_in_journal(text: str, *patterns: re.Pattern[str]) -> Place | None:
    """The first of the patterns that matches at the end of the text."""
    start = max(0, len(text) - _LONGEST)
    for pattern in patterns:
        match = pattern.search(text, start)
        if match:
            return _place(text, match)
    return None


def _place(text: str, match: re.Match[str]) -> Place:
    groups = {name: (value or "").strip() for name, value in match.groupdict().items()}
    issue = groups.get("issue") or groups.get("number") or groups.get("supplement") or ""
    if groups.get("more"):
        issue = f"{issue} {groups['more']}"
    return Place(
        before=text[: match.start()].rstrip(" ,;"),
        date=groups.get("date", ""),
        volume=groups.get("volume", ""),
        issue=re.sub(r"^(?:no|issue)\.?\s", "", issue, flags=re.I),
        page=groups.get("page") or groups.get("page2") or "",
    )
