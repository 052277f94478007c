"""What stands around a list on a page and is no part of a reference."""

from __future__ import annotations

import re

_LINK_WORDS = (
    "View Record in Scopus", "View in Scopus", "Scopus", "PubMed Central", "PubMed Abstract",
    "PubMed", "Google Scholar", "Google学术", "百度学术", "CrossRef Full Text", "Crossref",
    "Cross Ref", "Web of Science", "PMC free article", "Free PMC article", "Free Full Text",
    "Publisher Full Text", "Full Text PDF", "Full Text", "Full-text", "View PDF", "View article",
    "View at Publisher", "Download PDF", "Article", "CAS", "ChemPort", "MathSciNet", "MATH", "ADS",
    "Medline", "ISI", "Open URL", "OpenURL", "Abstract", "DOI", "PDF", "Links", "Cited by",
    "Go to original source", "Search ADS", "Ref list", "CNKI", "知网", "万方", "维普",
)  # fmt: skip
_WORDS = "|".join(
    re.escape(word).replace(r"\ ", r"\s{1,4}")
    for word in sorted(_LINK_WORDS, key=len, reverse=True)
)
_LINKS = re.compile(rf"(?<!\w)(?:{_WORDS})(?!\w)(?:\s?\(\d{{1,6}}\))?", re.IGNORECASE)
_GLUED_LINKS = re.compile(rf"(?:{_WORDS})(?:\s?\(\d{{1,6}}\))?", re.IGNORECASE)
"""Copied from a page they stand together as one word: `View PDFView articleGoogle Scholar`."""
_BRACKETED = re.compile(
    r"\s{0,3}\[(?!\s?abstract)\s?(?:" + _LINKS.pattern + r"\s?(?:[|,;]\s?)?){1,4}\]", re.I
)
_MARKS = " \t\xa0\u3000[](){}|·•,;:.*-–→↗"
_LONGEST_NOISE = 300

_BEGIN = re.compile(
    r"(?:\d{1,2}\.?\s{1,3})?(?:list of )?(?:references?|reference list|bibliography|"
    r"literature cited|works cited|literature|literatur|références|参\s?考\s?文\s?献)"
    r"(?: and notes)?\s?[:：]?",
    re.I,
)
_END = re.compile(
    r"(?:download references|author(?:s|s'|’s)? (?:information|contributions|details)|"
    r"authors and affiliations|authors|affiliations|corresponding author|editor information|"
    r"editors and affiliations|rights and permissions|copyright information|additional information|"
    r"about this (?:article|chapter)|cite this (?:article|chapter)|acknowledge?ments?|funding|"
    r"ethics declarations|conflicts? of interests?|competing interests|supplementary .{0,40}|"
    r"supporting information|appendix.{0,20}|footnotes|publish with us|further reading|"
    r"publisher.s note|figures?|tables?|作者简介|收稿日期.{0,40}|致谢)\s?[:：]?",
    re.I,
)


def is_noise(line: str) -> bool:
    """Whether the line holds nothing but the names of links: `Article  CAS  Google Scholar`."""
    if len(line) > _LONGEST_NOISE or not _GLUED_LINKS.match(line.lstrip(_MARKS)):
        return False
    return not _GLUED_LINKS.sub("", line).strip(_MARKS)


def begins_list(line: str) -> bool:
    """Whether the line is the heading of a list: `References`."""
    return len(line) < 60 and _BEGIN.fullmatch(line.strip()) is not None


def ends_list(line: str) -> bool:
    """Whether the line is a heading of what follows a list: `Author information`."""
    return len(line) < 80 and _END.fullmatch(line.strip()) is not None


def without_links(text: str) -> str:
    """An item's text without the names of links within it or at its end."""
    text = _BRACKETED.sub("", text).rstrip()
    while True:
        end = _last_link(text)
        if end is None:
            return text
        text = text[:end].rstrip()


def _last_link(text: str) -> int | None:
    """Where a name of a link begins that ends the text and follows a finished sentence or link."""
    tail = len(text) - 60 if len(text) > 60 else 0
    last = None
    for match in _LINKS.finditer(text, tail):
        last = match
    if last is None or text[last.end() :].strip(_MARKS):
        return None
    before = text[: last.start()].rstrip()
    follows = before.endswith((".", ")", "]", "。")) or _ends_in_link(before)
    return last.start() if follows else None


def _ends_in_link(text: str) -> bool:
    start = max(0, len(text) - 60)
    return any(match.end() == len(text) for match in _LINKS.finditer(text, start)) and bool(
        re.search(r"[.)\]。]\s", text[start:])
    )
