"""GB/T 7714, the Chinese standard: marks such as `[J]` say what a work is."""

from __future__ import annotations

import re

from literature.importers.pasted import journals
from literature.importers.pasted.books import read_book
from literature.importers.pasted.dates import ANY_DATE, date_parts
from literature.importers.pasted.division import closed, divide
from literature.importers.pasted.found import CERTAIN, LIKELY, SURE, Found
from literature.importers.pasted.heads import Head, head_before_title, put_head
from literature.importers.pasted.journals import place_in_journal
from literature.importers.pasted.letters import HAN
from literature.importers.pasted.parts import put_article, put_place

_KINDS = {
    "J": "article-journal", "M": "book", "C": "paper-conference", "D": "thesis", "R": "report",
    "S": "standard", "N": "article-newspaper", "P": "document", "EB": "webpage", "DB": "dataset",
    "CP": "software", "A": "chapter", "Z": "document", "G": "book",
}  # fmt: skip
"""The standard's marks of kinds of works; `/OL`, `/CD` and the like after them are carriers."""
_MARK = re.compile(
    r"\s?[\[［](?P<kind>[JMCDRSNPAZG]|EB|DB|CP)(?:/(?:OL|CD|MT|DK))?[\]］]"
    r"(?=\s?(?:[.．。,，(（\[［]|//)|\s*$)",
    re.I,
)
_DATES = re.compile(rf"[\[［](?P<date>{ANY_DATE})[\]］]")
_UPDATED = re.compile(rf"[(（](?P<date>{ANY_DATE})[)）]")
_IN_BOOK = re.compile(r"\s?[.。．]?\s?//\s?")


def is_marked(text: str) -> bool:
    """Whether a mark says what the work is, so that the item can be in no other style."""
    return _MARK.search(text) is not None


def read_gbt(text: str) -> Found:
    """An item by its mark; without one, as an article with `2010, 48(3): 123-126`."""
    found = Found("gbt-7714")
    head = head_before_title(text, ".", "han", "after", "after_dotted", "comma")
    put_head(head or Head([], False, LIKELY, "", text), found)
    rest = head.rest if head else text
    mark = _MARK.search(rest)
    if mark:
        _read_marked(found, rest[: mark.start()], rest[mark.end() :], mark["kind"].upper())
    else:
        _read_unmarked(found, rest)
    return _fitted(found, bool(head), bool(mark))


def _read_unmarked(found: Found, rest: str) -> None:
    place = place_in_journal(rest, journals.DATED_COMMAS, journals.DATED_ISSUE)
    if place and place.before:
        title, container, sure = divide(place.before)
        put_article(found, title, container, sure, place)


def _read_marked(found: Found, title: str, rest: str, kind: str) -> None:
    found.put("title", closed(title), CERTAIN)
    cited = _DATES.search(rest)
    if cited:
        found.put("accessed", date_parts(cited["date"]), CERTAIN)
        rest = rest[: cited.start()] + rest[cited.end() :]
    inside = _IN_BOOK.match(rest)
    if inside:
        found.put("type", "paper-conference" if kind == "C" else "chapter", CERTAIN)
        read_book(_MARK.sub("", rest[inside.end() :]), found, "han", "container-title")
        return
    found.put("type", _KINDS[kind], CERTAIN)
    rest = rest.lstrip(" .。．,，")
    if kind in ("J", "N"):
        _in_journal(found, rest)
    elif kind in ("EB", "DB", "CP"):
        _online(found, rest)
    else:
        # A book's reader looks for a title first: it is known here, so any stands for it.
        read_book(f"x. {rest}", found, "han", "title")


def _in_journal(found: Found, rest: str) -> None:
    rest = rest.replace("，", ", ").replace("：", ": ")
    place = place_in_journal(
        rest,
        journals.DATED_COMMAS,
        journals.DATED_ISSUE,
        journals.DATED,
        journals.DATED_PAGES,
        journals.DATED_ONLY,
    )
    date = re.search(ANY_DATE, rest)
    if place:
        found.put("container-title", closed(place.before), CERTAIN)
        put_place(found, place)
    elif date:
        found.put("container-title", closed(rest[: date.start()]), SURE)
        found.put("issued", date_parts(date.group()), SURE)
    else:
        found.put("container-title", closed(rest), SURE)


def _online(found: Found, rest: str) -> None:
    updated = _UPDATED.search(rest)
    if updated:
        found.put("issued", date_parts(updated["date"]), CERTAIN)
        rest = rest[: updated.start()] + rest[updated.end() :]
    read_book(f"x. {rest.strip(' .')}", found, "han", "title")


def _fitted(found: Found, head: bool, mark: bool) -> Found:
    fit = 0.25 if head else 0.0
    fit += 0.4 if mark else 0.0
    fit += 0.1 * sum(name in found.fields for name in ("issued", "container-title", "volume"))
    if any(re.search(rf"[{HAN}]", str(found.fields.get(name, ""))) for name in ("title",)):
        fit += 0.05
        found.put("language", "zh", LIKELY)
    found.fit = min(fit, CERTAIN)
    return found
