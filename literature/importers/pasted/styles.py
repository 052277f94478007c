"""The styles a list may be printed in: each a function from an item's text to what it found.

A reader never fails: it fits badly (`Found.fit`), and another is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from literature.importers.pasted import journals
from literature.importers.pasted.books import IN, looks_like_book, read_book
from literature.importers.pasted.dates import date_parts
from literature.importers.pasted.division import closed, divide, quoted
from literature.importers.pasted.found import CERTAIN, LIKELY, SURE, UNSURE, Found
from literature.importers.pasted.gbt import read_gbt
from literature.importers.pasted.heads import Head, head_before_title, head_before_year, put_head
from literature.importers.pasted.journals import place_in_journal
from literature.importers.pasted.kinds import read_other_kind
from literature.importers.pasted.parts import Signs, put_article, put_book_type

_AFTER_TITLE_COMMA = re.compile(r"(?:,|(?<=[?!]))\s(?=[^,]{1,120}$)")


def read_vancouver(text: str, signs: Signs) -> Found:
    """Vancouver, NLM and AMA: `Clift AK. Title. Journal. 2017;6:71–81.`"""
    found = Found("vancouver")
    head = head_before_title(text, ".", "after", "after_dotted", "comma", "before", "han")
    rest = _begin(found, head, text)
    place = place_in_journal(
        rest, journals.DATED, journals.DATED_PAGES, journals.DATED_COMMAS, journals.DATED_ONLY
    )
    if IN.search(rest) or (place and not place.volume and looks_like_book(rest)):
        place = None
    if place and place.before:
        title, container, sure = divide(place.before)
        put_article(found, title, container, sure, place)
        return _fitted(found, head, 0.2 if head and head.form in ("after", "han", "group") else 0)
    return _otherwise(found, head, rest, signs)


def read_author_year(text: str, signs: Signs) -> Found:
    """Springer, APA and Harvard: `Clift AK (2017) Title. Journal 6:71–81`."""
    found = Found("author-year")
    head = head_before_year(text, "after", "after_dotted", "comma", "before", "han")
    if head is None:
        return found
    rest = _begin(found, head, text)
    found.put("issued", date_parts(head.year), SURE)
    if head.year[-1:].isalpha():
        found.put("issued", date_parts(head.year[:-1]), SURE)
    title, after = quoted(rest)
    place = place_in_journal(after, journals.COLON, journals.COMMAS, journals.PAGES_ONLY)
    if IN.search(rest) or (place and not place.volume and looks_like_book(rest)):
        return _otherwise(found, head, rest, signs)
    if title and (place or not looks_like_book(after)) and after:
        container = place.before if place else after
        put_article(found, title, closed(container), SURE, place)
        return _fitted(found, head, 0.2)
    if place and place.before and (place.page or place.volume):
        title, container, sure = divide(place.before)
        if container:
            put_article(found, title, container, sure, place)
            return _fitted(found, head, 0.2)
    return _otherwise(found, head, rest, signs)


def read_nature(text: str, signs: Signs) -> Found:
    """Nature: `Clift, A. K. & Frilling, A. Title. Journal 6, 71–81 (2017).`"""
    found = Found("nature")
    head = head_before_title(text, ".", "comma", "after", "before")
    rest = _begin(found, head, text)
    place = place_in_journal(rest, journals.YEAR_LAST, journals.YEAR_ALONE)
    if IN.search(rest) or (place and not place.volume and looks_like_book(rest)):
        place = None
    if place and place.before:
        title, container, sure = divide(place.before)
        put_article(found, title, container, sure, place)
        return _fitted(found, head, 0.2 if head and head.form == "comma" else 0.05)
    return _otherwise(found, head, rest, signs)


def read_elsevier(text: str, signs: Signs) -> Found:
    """Elsevier, numbered: `A.K. Clift, A. Frilling, Title, Journal 6 (2017) 71–81.`"""
    found = Found("elsevier")
    commas = head_before_title(text, ",", "before")
    head = commas or head_before_title(text, ".", "before")
    if head is None or head.form != "before":
        return found
    rest = _begin(found, head, text)
    place = place_in_journal(rest, journals.YEAR_MIDDLE, journals.YEAR_ALONE)
    if place and place.before and not IN.search(rest):
        title, container, sure = (_divide_at_comma if commas else divide)(place.before)
        put_article(found, title, container, sure, place)
        return _fitted(found, head, 0.2)
    return _otherwise(found, head, rest, signs)


def read_gbt_7714(text: str, signs: Signs) -> Found:
    """GB/T 7714: `王伟, 李明. 题名[J]. 刊名, 2010, 48(3): 123-126.`"""
    return read_gbt(text)


Reader = Callable[[str, Signs], Found]
STYLES: dict[str, Reader] = {
    "vancouver": read_vancouver,
    "author-year": read_author_year,
    "nature": read_nature,
    "elsevier": read_elsevier,
    "gbt-7714": read_gbt_7714,
}
"""Each takes an item's text without its identifiers, and what those say of its kind."""


def _begin(found: Found, head: Head | None, text: str) -> str:
    put_head(head or Head([], False, UNSURE, "", text), found)
    return head.rest if head else text


def _divide_at_comma(text: str) -> tuple[str, str, float]:
    commas = list(_AFTER_TITLE_COMMA.finditer(text, max(0, len(text) - 160)))
    if not commas:
        return divide(text)
    last = commas[-1]
    sure = SURE if text.count(", ") == 1 else LIKELY
    return closed(text[: last.start()]), closed(text[last.end() :]), sure


def _otherwise(found: Found, head: Head | None, rest: str, signs: Signs) -> Found:
    """A chapter, book, thesis, web page: the same in all styles but for the order."""
    form = head.form if head else ""
    chapter = IN.search(rest)
    if chapter:
        title, _ = quoted(rest)
        found.put("title", title or closed(rest[: chapter.start()]), SURE)
        read_book(rest[chapter.end() :], found, form, "container-title")
        found.put("type", "chapter", SURE)
        return _fitted(found, head, 0.1)
    if read_other_kind(rest, found, signs.web):
        return _fitted(found, head, 0.1)
    title, after = quoted(rest)
    found.put("title", title, SURE)
    if signs.doi and head and head.year and not looks_like_book(after):
        name, container, _ = divide(after) if not title else (title, closed(after), SURE)
        put_article(found, name, container, LIKELY)
        return _fitted(found, head, 0.1)
    published = read_book(after or rest, found, form, "title")
    put_book_type(found, rest, published)
    return _fitted(found, head, 0.05 if published else 0)


def _fitted(found: Found, head: Head | None, own: float) -> Found:
    """`own` is how much of the style's own punctuation was met."""
    if not head and ". " in found.fields.get("title", ""):
        found.confidence["title"] = UNSURE
    fit = 0.25 if head and head.names else 0.0
    fit += 0.1 if head and head.year else 0.0
    for name, worth in (("title", 0.1), ("issued", 0.15), ("container-title", 0.15),
                        ("volume", 0.05), ("page", 0.1)):  # fmt: skip
        if found.confidence.get(name, 0) > UNSURE:
            fit += worth
    if found.fields.get("type") in ("chapter", "book", "thesis", "webpage", "report"):
        fit += 0.1 * (found.confidence["type"] >= SURE) + 0.1 * ("publisher" in found.fields)
    found.fit = min(fit + own, CERTAIN)
    return found
