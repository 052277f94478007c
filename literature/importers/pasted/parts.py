"""What several styles put into a record in the same way."""

from __future__ import annotations

import re
from typing import NamedTuple

from literature.importers.pasted.dates import date_parts
from literature.importers.pasted.found import LIKELY, SURE, UNSURE, Found
from literature.importers.pasted.journals import Place
from literature.importers.pasted.pages import backwards, full_pages


class Signs(NamedTuple):
    """What an item's identifiers say of its kind: `web` where it calls itself an internet source
    or gives an address and no DOI."""

    web: bool = False
    doi: bool = False


def put_article(
    found: Found, title: str, container: str, sure: float, place: Place | None = None
) -> None:
    """An article: its title and journal as divided with confidence `sure`, and its place."""
    if not (place and (place.volume or place.page)):
        sure = min(sure, LIKELY)
    found.put("type", "article-journal", SURE if place and place.volume else LIKELY)
    found.put("title", title, sure)
    found.put("container-title", container, sure)
    if not container:
        found.warn("container-title", "no journal could be told from the title")
    if place:
        put_place(found, place)


def put_place(found: Found, place: Place) -> None:
    """Date, volume, issue and pages as printed, pages in full."""
    found.put("issued", date_parts(place.date), SURE)
    found.put("volume", re.sub(r"\s", "", place.volume), SURE)
    found.put("issue", place.issue, SURE)
    pages = full_pages(place.page) if place.page else ""
    if backwards(pages):
        found.put("page", place.page, UNSURE)
        found.warn("page", f"the pages run backwards as printed: {place.page}")
    found.put("page", pages, SURE)


def put_book_type(found: Found, text: str, published: bool) -> None:
    """A book where a publisher is named; otherwise what it is stays open, and is said so."""
    if published or "edition" in found.fields:
        found.put("type", "book", SURE if published else LIKELY)
        return
    found.put("type", "document", UNSURE)
    found.confidence["title"] = UNSURE
    found.warn("type", "what kind of work this is could not be told; it is taken as a document")
    if "issued" not in found.fields:
        found.put("issued", date_parts(text), UNSURE)
    if "issued" not in found.fields:
        found.warn("issued", "no year could be read")
