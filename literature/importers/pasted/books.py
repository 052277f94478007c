"""Books and chapters: editors, edition, place, publisher and pages, in the order of any style."""

from __future__ import annotations

import re

from literature.importers.pasted.division import closed
from literature.importers.pasted.found import LIKELY, SURE, UNSURE, Found
from literature.importers.pasted.letters import HAN, UPPER, YEAR
from literature.importers.pasted.names import FORMS, group_name, is_group, read_names
from literature.importers.pasted.pages import PAGES, full_pages

IN = re.compile(
    r"(?<=[.?!,;”’'\"])\s(?:In\s?[:：]|in\s?:|[Ii]n(?=\s[^.]{0,30}.{3,250}?[(,\s](?:[Ee]ds?|[Ee]ditors?)\b))\s?"
    r"|\sin\s(?=[A-Z][^()]{3,150}\(eds?\.?\s)|//"
)
"""Where a chapter's book begins: `In:`, `in` before editors, and `//` in GB/T 7714."""
_EDITED = re.compile(
    r",?\s?(?:\((?:eds?|editors?|hrsg)\.?\)|\b(?:editors?|eds?)\b(?:\.|(?=[,.:;])))\s?[.,:;]?\s*",
    re.I,
)
_EDITORS_FIRST = re.compile(r"\(eds?\.?\s(?P<editors>[^()]{3,300})\)", re.I)
_EDITION = re.compile(
    r"[\s,.(]{1,3}\(?(?P<edition>(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|"
    r"seventh|eighth|ninth|tenth|rev(?:ised)?\.?) ed(?:n|ition)?\b\.?|第\s?\d{1,2}\s?版|\d{1,2}版)",
    re.I,
)
_BOOK_PAGES = re.compile(
    rf"[\s,.;:(]{{1,3}}(?:(?:pp?\.?|pages?|页)\s?|S\.\s?(?=\d))(?P<page>{PAGES})\)?(?=[\s.,;)]|$)",
    re.I,
)
_VOLUME = re.compile(r"[\s,.(]{1,3}vol(?:ume)?\.?\s(?P<volume>\d{1,4}|[IVX]{1,6})\b\)?", re.I)
_YEAR_PAGES = re.compile(rf"(?P<year>{YEAR})(?:\s?[:：]\s?(?P<page>{PAGES}))?\s?[.。)]{{0,2}}\s*$")
_PLACED = re.compile(
    rf"(?:[.,;。．]\s?|\s\()(?P<place>(?:St\. )?[{UPPER}{HAN}][^.:：;()]{{1,40}}"
    r"(?:\s\([^()]{1,20}\))?)"
    r"\s?[:：]\s?(?P<publisher>(?:[^:：;().]|\.(?!\s[A-Z])){2,120}?)[.,;，；)]?\s*$"
)
_PLACED_YEAR = re.compile(rf"[.。]\s[^.:;]{{2,40}}:\s[^.:;]{{2,100}}[;,]\s{YEAR}\b(?!\s?[;:])")
_PUBLISHER_WORD = re.compile(
    r"\b(?:Press|Publish\w{2,6}|Springer|Elsevier|Wiley|Saunders|Lippincott|Routledge|Sage|SAGE|Verlag|"
    r"Books|Mosby|Churchill|McGraw|Thieme|Karger|Academic|Blackwell|Taylor|CRC|Humana|Longman|"
    r"Pearson|Macmillan|Penguin|Williams|Kluwer|World Health Organization|IARC|Organi[sz]ation|"
    r"Agency|Association|Society|Institute|University|Inc|Ltd|GmbH|Office)\b|出版社|书局|书店"
)
_ENDS_TITLE = re.compile(r"[.。．]\s+|[.。．]$")


def looks_like_book(text: str) -> bool:
    """Whether the text names an edition, a publisher, or a place before one."""
    tail = text[-200:]
    return bool(
        _EDITION.search(text) or _PUBLISHER_WORD.search(tail[-160:]) or _PLACED_YEAR.search(tail)
    )


def read_book(text: str, found: Found, form: str, title: str) -> bool:
    """Puts what `text` says of a book into `found`, its title under the field `title`
    (`container-title` for the book of a chapter). Returns whether a publisher was found."""
    text = _editors(_numbers(text, found), found, form)
    text = _year(text.strip(" .;,") + ".", found)
    text = _publisher(text.strip(" .;,，；("), found)
    found.put(title, closed(text), SURE if "publisher" in found.fields else UNSURE)
    return "publisher" in found.fields


def _numbers(text: str, found: Found) -> str:
    """Takes out edition, pages and volume, which leave a full stop behind."""
    for pattern, name in ((_EDITION, "edition"), (_BOOK_PAGES, "page"), (_VOLUME, "volume")):
        match = pattern.search(text)
        if match:
            value = match.group(name)
            found.put(name, full_pages(value) if name == "page" else _edition(value), SURE)
            after = text[match.end() :].lstrip(" ,.)")
            text = f"{text[: match.start()].rstrip()}. {after}"
    return text


def _edition(printed: str) -> str:
    """`2nd ed.` is edition 2; words are kept."""
    match = re.match(r"第?\s?(\d{1,2})", printed)
    return match.group(1) if match else re.sub(r"\s?ed(?:n|ition)?\.?$", "", printed, flags=re.I)


def _editors(text: str, found: Found, form: str) -> str:
    match = _EDITORS_FIRST.search(text)
    if match:
        names = _names(match["editors"], form)
        found.put("editor", names, SURE)
        after = text[match.end() :].lstrip(" ,.")
        pages = re.match(rf"({PAGES})(?=\s\(|$)", after)
        if pages:
            found.put("page", full_pages(pages.group()), SURE)
            after = after[pages.end() :].lstrip()
        return f"{text[: match.start()].rstrip()}. {after}"
    match = _EDITED.search(text)
    if match is None or not text[: match.start()].strip():
        return text
    before, after = text[: match.start()].strip(" ,"), text[match.end() :]
    names = _names(before, form)
    if names is None:
        found.warn("editor", f"the editors could not be told apart: “{before[:80]}”")
        return after
    found.put("editor", names, SURE)
    return after


def _names(text: str, form: str) -> list[dict[str, str]] | None:
    """Editors may stand in another form than the authors; all of the text must be names."""
    for tried in dict.fromkeys((form, "after", "before", "comma", "after_dotted", "han")):
        names = read_names(text, tried) if tried in FORMS else None
        if names and not text[names.end :].strip(" .,;"):
            return names.names
    return [group_name(text)] if is_group(text) else None


def _year(text: str, found: Found) -> str:
    match = _YEAR_PAGES.search(text, max(0, len(text) - 60))
    if match is None:
        return text
    found.put("issued", {"date-parts": [[int(match["year"])]]}, SURE)
    if match["page"]:
        found.put("page", full_pages(match["page"]), SURE)
    return text[: match.start()]


def _publisher(text: str, found: Found) -> str:
    match = _PLACED.search(text, max(0, len(text) - 200))
    if match:
        found.put("publisher-place", match["place"].strip(), SURE)
        found.put("publisher", match["publisher"].strip(" ."), SURE)
        return text[: match.start()]
    inside = re.search(r"\(([^()]{2,120})$", text) if text.count("(") > text.count(")") else None
    start = inside.start() if inside else _publisher_start(text)
    tail = (inside.group(1) if inside else text[start:]).strip(" .,;")
    named = inside or _PUBLISHER_WORD.search(tail)
    if not (named and start and tail) or len(tail) > 120:
        return text
    publisher, comma, place = tail.partition(", ")
    first = not comma or _PUBLISHER_WORD.search(publisher) or not _PUBLISHER_WORD.search(place)
    found.put("publisher", publisher if first else tail, LIKELY)
    found.put("publisher-place", place if first else "", LIKELY)
    return text[:start]


def _publisher_start(text: str) -> int:
    """Where the publisher begins: after the last full stop, or after the comma before its name."""
    ends = [match.end() for match in _ENDS_TITLE.finditer(text) if match.end() < len(text)]
    if ends and _PUBLISHER_WORD.search(text[ends[-1] :]):
        return ends[-1]
    start = 0
    for comma in re.finditer(r",\s", text):
        if _PUBLISHER_WORD.search(text[start : comma.start()]) and start:
            return start
        start = comma.end()
    return start
