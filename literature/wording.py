"""A bibliographic record in words, for lists and pages: pure functions of its CSL."""

from typing import Any

from literature.csl import TYPES

SHOWN_AUTHORS = 6


def name_words(name: dict[str, str]) -> str:
    """Family name with particle, then initials or given names: `van Vilsteren FGI`."""
    if "literal" in name:
        return name["literal"]
    parts = (name.get("non-dropping-particle"), name.get("family"), name.get("given"))
    words = " ".join(part for part in parts if part)
    return f"{words}, {name['suffix']}" if name.get("suffix") else words


def authors_words(csl: dict[str, Any], shown: int = SHOWN_AUTHORS) -> str:
    """The first `shown` authors and `et al.` where there are, or were said to be, more."""
    authors = csl.get("author", [])
    words = ", ".join(name_words(name) for name in authors[:shown])
    truncated = csl.get("custom", {}).get("authors_truncated", False)
    if authors and (truncated or len(authors) > shown):
        words += ", et al."
    return words


def editors_words(csl: dict[str, Any]) -> str:
    return ", ".join(name_words(name) for name in csl.get("editor", []))


def year_of(csl: dict[str, Any]) -> int | None:
    parts = csl.get("issued", {}).get("date-parts")
    return int(parts[0][0]) if parts else None


def pages_words(csl: dict[str, Any]) -> str:
    """The pages as stored in full, with an en dash: `652–662`."""
    return str(csl.get("page", "")).replace("-", "–")


def where_published(csl: dict[str, Any]) -> str:
    """Container, year, volume, issue and pages: `Surgery 2016;159(2):320–335`."""
    words = str(csl.get("container-title", ""))
    year = year_of(csl)
    if year:
        words = f"{words} {year}".strip()
    volume = str(csl.get("volume", ""))
    issue = f"({csl['issue']})" if csl.get("issue") else ""
    pages = pages_words(csl)
    if volume or issue:
        words += f";{volume}{issue}"
    if pages:
        words += f":{pages}" if volume or issue else f", pages {pages}"
    return words


def short_citation(csl: dict[str, Any]) -> str:
    """`Frilling et al. 2010`; without authors `Surgical Case Reports 2017`, else the title."""
    authors = csl.get("author", [])
    year = year_of(csl)
    if not authors:
        container = csl.get("container-title")
        return f"{container} {year or ''}".strip() if container else str(csl.get("title", ""))
    first = _family_words(authors[0])
    truncated = csl.get("custom", {}).get("authors_truncated", False)
    if len(authors) == 2 and not truncated:
        first = f"{first} and {_family_words(authors[1])}"
    elif len(authors) > 2 or truncated:
        first = f"{first} et al."
    return f"{first} {year}" if year else first


def _family_words(name: dict[str, str]) -> str:
    family = name.get("family") or name.get("literal", "")
    return f"{name.get('non-dropping-particle', '')} {family}".strip()


def type_words(csl: dict[str, Any]) -> str:
    return TYPES.get(str(csl.get("type", "")), str(csl.get("type", "")))
