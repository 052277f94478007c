"""What comparing needs to know of one record, taken out of its CSL once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from literature.duplicates import signs
from literature.duplicates.folding import (
    family,
    is_cjk,
    plain,
    squashed,
    words,
)
from literature.duplicates.journals import name_words
from literature.duplicates.signs import Notice
from literature.duplicates.years import year_of

_FAMILIES = {
    "book": "book", "chapter": "chapter", "entry-encyclopedia": "chapter", "thesis": "thesis",
    "dataset": "dataset", "software": "software", "report": "report", "standard": "report",
    "webpage": "page", "post": "page",
}  # fmt: skip
"""Types that stand for one another; all others count as articles."""
_BRACKETED = re.compile(r"^\s*\[(?P<title>[^\[\]]+)\]\s*\.?\s*$")
_LANGUAGE_NOTE = re.compile(r"\s*[\[(](?:article\s+)?in\s+\w+[\])]\s*$", re.IGNORECASE)
_SUBTITLE = re.compile(r"\s*[:?!;]\s+|\s+[-–—]+\s+|\.\s+|[::]|——")
_PAGE = re.compile(r"(?P<first>[a-z]*\d+[a-z]?)\s*[-–—~]+\s*(?P<last>[a-z]*\d+[a-z]?)|([a-z]*\d+)")
_ET_AL = re.compile(r"(?:,?\s*(?:et\s+al|and\s+others)\.?|,?\s*等\.?)$", re.IGNORECASE)
_FAMILY_AND_INITIALS = re.compile(
    r"(?P<family>[^\s,]+(?:[ -][^\s,]+)?),?\s+(?P<initials>[A-Z]{1,3})\.?"
)
MAX_AUTHORS = 12
"""Of each record: one of a thousand tells nothing more."""
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Author:
    """`name` is the folded family name, or a whole literal one; `initial` is a letter or empty."""

    name: str
    initial: str
    given: str


@dataclass(frozen=True, slots=True)
class Work:
    """Empty text, None and empty tuples mean that the record does not say."""

    identifiers: Mapping[str, str]
    family: str
    words: tuple[str, ...]
    title: str
    """Squashed: letters and digits alone."""
    main_title: str
    """The same of what stands before the subtitle; empty where there is none."""
    cjk: bool
    bracketed: bool
    """The title is a translation, as PubMed marks it."""
    telling: bool
    notice: Notice | None
    retracted: bool
    abstract: bool
    supplement: bool
    preprint: bool
    part: int | None
    edition: str
    authors: tuple[Author, ...]
    year: int | None
    journal: tuple[str, ...]
    journal_cjk: bool
    issns: frozenset[str]
    volume: str
    issue: str
    first_page: str
    last_page: str


def work_of(csl: Mapping[str, Any]) -> Work:
    title, bracketed, retracted, abstract, notice = _title(str(csl.get("title", "")))
    found = words(title)
    whole = squashed(found)
    cjk = is_cjk(title)
    volume, issue, page = (str(csl.get(field, "")) for field in ("volume", "issue", "page"))
    container = str(csl.get("container-title", ""))
    genre = str(csl.get("genre", ""))
    first_page, last_page = _pages(page)
    return Work(
        identifiers={
            kind: str(csl[kind]).lower() for kind in ("DOI", "PMID", "PMCID") if csl.get(kind)
        },
        family=_FAMILIES.get(str(csl.get("type", "")), "article"),
        words=found,
        title=whole,
        main_title=_main_title(title),
        cjk=cjk,
        bracketed=bracketed,
        telling=signs.is_telling(whole, cjk),
        notice=notice,
        retracted=retracted,
        abstract=abstract or "abstract" in genre.lower() or bool(csl.get("event-title")),
        supplement=signs.in_supplement(volume, issue, page),
        preprint=signs.is_preprint(str(csl.get("DOI", "")), _places(csl), genre),
        part=signs.part_of_series(title),
        edition=_number(str(csl.get("edition", ""))),
        authors=_authors(csl),
        year=year_of(csl),
        journal=name_words(container),
        journal_cjk=is_cjk(container),
        issns=frozenset(re.findall(r"\d{4}-?\d{3}[\dXx]", str(csl.get("ISSN", "")))),
        volume=_number(volume),
        issue=_number(issue),
        first_page=first_page,
        last_page=last_page,
    )


def _title(title: str) -> tuple[str, bool, bool, bool, Notice | None]:
    """The title itself, and what it says beside: translated, retracted, abstract, notice."""
    title = _LANGUAGE_NOTE.sub("", title)
    bracketed = _BRACKETED.match(title)
    if bracketed:
        title = bracketed["title"]
    bare = signs.RETRACTED.sub("", title)
    retracted = bare != title and bool(bare)
    abstract, bare = signs.abstract_title(bare if retracted else title)
    notice, bare = signs.notice_of(bare)
    return bare, bool(bracketed), retracted, abstract, notice


def _main_title(title: str) -> str:
    parts = _SUBTITLE.split(title, maxsplit=1)
    return squashed(words(parts[0])) if len(parts) > 1 and parts[1].strip() else ""


def _places(csl: Mapping[str, Any]) -> str:
    return " ".join(str(csl.get(field, "")) for field in ("container-title", "publisher", "URL"))


def _number(text: str) -> str:
    """The first number of `12 (Suppl 1)` or `2nd ed.`; the folded text where there is none."""
    found = _DIGITS.search(plain(text))
    return found[0].lstrip("0") if found else "".join(plain(text).split())


def _pages(text: str) -> tuple[str, str]:
    """First and last page: `179-86` gives 179 and 186, `56-34` was swapped and gives 34 and 56."""
    found = _PAGE.search(plain(text))
    if found is None:
        return "", ""
    if found["first"] is None:
        return found[0].lstrip("0"), ""
    first, last = found["first"].lstrip("0"), found["last"].lstrip("0")
    if not (first.isdigit() and last.isdigit()) or int(first) <= int(last):
        return first, last
    if len(last) < len(first):
        return first, first[: -len(last)] + last
    return last, first


def _authors(csl: Mapping[str, Any]) -> tuple[Author, ...]:
    names = (csl.get("author") or ())[:MAX_AUTHORS]
    named = (_author(name) for name in names if isinstance(name, Mapping))
    return tuple(author for author in named if author.name)


def _author(name: Mapping[str, str]) -> Author:
    parts = (name.get(part) for part in ("family", "given", "literal"))
    return _folded(*(part if isinstance(part, str) else "" for part in parts))


@lru_cache(maxsize=20_000)
def _folded(family_name: str, given_name: str, literal: str) -> Author:
    if family_name:
        given = plain(given_name).strip(" .")
        return Author(family(_ET_AL.sub("", family_name)), given[:1], family(given))
    text = _ET_AL.sub("", literal)
    short = _FAMILY_AND_INITIALS.fullmatch(text)
    if short:
        return Author(family(short["family"]), plain(short["initials"])[:1], "")
    return Author(family(text), "", "")
