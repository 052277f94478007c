"""EndNote XML: the export of a library; texts come in pieces of one style each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from literature.importers.blocks import numbered
from literature.importers.draft import Draft, broken_entry, doi_of_link
from literature.importers.languages import language_tag
from literature.importers.model import Entry
from literature.importers.names import is_et_al, parse_name
from literature.importers.xml_head import elements_in, first_element
from literature.importers.xml_node import Node, lowered, raised, text_of
from literature.importers.xml_stream import pieces

TYPES = {
    "blog": "post", "book": "book", "book section": "chapter", "computer program": "software",
    "conference paper": "paper-conference", "conference proceedings": "paper-conference",
    "dataset": "dataset", "dictionary": "entry-encyclopedia", "edited book": "book",
    "electronic article": "article-journal", "electronic book": "book",
    "electronic book section": "chapter", "encyclopedia": "entry-encyclopedia",
    "generic": "document", "government document": "report", "journal article": "article-journal",
    "magazine article": "article-magazine", "newspaper article": "article-newspaper",
    "online database": "dataset", "online multimedia": "webpage", "preprint": "article",
    "report": "report", "serial": "book", "standard": "standard", "thesis": "thesis",
    "unpublished work": "article", "web page": "webpage",
}  # fmt: skip
NUMBERED = {
    "17": "journal article", "6": "book", "5": "book section", "28": "edited book",
    "32": "thesis", "27": "report", "12": "web page", "47": "conference paper",
    "10": "conference proceedings", "19": "magazine article", "23": "newspaper article",
    "13": "generic", "43": "electronic article", "44": "electronic book", "59": "dataset",
}  # fmt: skip
"""The numbers that EndNote gives its types, for records without their names."""
PEOPLE = {
    "authors": "author", "secondary-authors": "editor", "tertiary-authors": "collection-editor",
    "subsidiary-authors": "translator", "translated-authors": "translator",
}  # fmt: skip
TEXTS = {
    "volume": "volume", "edition": "edition", "publisher": "publisher",
    "pub-location": "publisher-place", "work-type": "genre",
    "remote-database-provider": "source", "remote-database-name": "source",
}  # fmt: skip
_BOOKS = ("book", "edited book", "electronic book", "serial")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")
_STYLED = {"superscript": raised, "subscript": lowered}


class EndNoteXml:
    name = "endnote-xml"
    label = "EndNote XML"

    def recognises(self, head: bytes) -> float:
        if first_element(head) not in ("xml", "records", "record"):
            return 0.0
        seen = elements_in(head)
        return 0.98 if "ref-type" in seen else 0.6 if {"records", "record"} <= seen else 0.0

    def read(self, source: BinaryIO) -> Iterator[Entry]:
        return numbered(self._entries(source))

    def _entries(self, source: BinaryIO) -> Iterator[Entry]:
        for piece in pieces(source, frozenset({"record"})):
            if piece.node is None:
                yield broken_entry(0, piece.line, piece.original, piece.reason)
            else:
                yield _draft(piece.node).entry(0, piece.line, piece.original)


def _draft(record: Node) -> Draft:
    draft = Draft()
    kind = _kind(record)
    draft.put_type(TYPES.get(kind), kind or "a record without its type", "ref-type")
    _titles(draft, record, kind)
    for people in record.all("contributors"):
        _people(draft, people, kind)
    for tag, field in TEXTS.items():
        draft.put(field, _at(record, tag))
    _numbers(draft, record)
    _date(draft, record)
    draft.put_pages(_at(record, "pages"))
    _identifiers(draft, record)
    draft.put_text("", _at(record, "abstract"))
    draft.add_note(_at(record, "notes"))
    draft.put("language", language_tag(_at(record, "language")))
    return draft


def _kind(record: Node) -> str:
    node = record.find("ref-type")
    if node is None:
        return ""
    return (node.get("name") or NUMBERED.get(text_of(node), "")).strip().lower()


def _at(record: Node, *path: str) -> str:
    node = record.find(*path)
    return styled_text(node) if node else ""


def styled_text(node: Node) -> str:
    """The text of all runs on one line; raised and lowered figures as the characters for them."""
    return " ".join(_runs(node).split())


def _runs(node: Node) -> str:
    text = "".join(part if isinstance(part, str) else _runs(part) for part in node.parts)
    change = _STYLED.get(node.get("face")) if node.tag == "style" else None
    return change(text) if change else text


def _titles(draft: Draft, record: Node, kind: str) -> None:
    draft.put("title", _at(record, "titles", "title"))
    if kind in _BOOKS:
        return
    full = _at(record, "periodical", "full-title")
    container = full or _at(record, "titles", "secondary-title")
    draft.put("container-title", container)
    for short in (_at(record, "periodical", "abbr-1"), _at(record, "titles", "alt-title")):
        if short != container and len(short) < len(container):
            draft.put("container-title-short", short)


def _people(draft: Draft, contributors: Node, kind: str) -> None:
    for people in contributors:
        field = PEOPLE.get(people.tag)
        if kind == "edited book" and field == "author":
            field = "editor"
        elif kind in _BOOKS and people.tag == "secondary-authors":
            field = "collection-editor"
        for author in people.all("author"):
            name = styled_text(author)
            if is_et_al(name):
                draft.truncate_authors()
            elif name and field:
                draft.put_names(field, [parse_name(name)])


def _numbers(draft: Draft, record: Node) -> None:
    number = _at(record, "number")
    articles = ("article-journal", "article-magazine", "article-newspaper", "paper-conference")
    draft.put("issue" if draft.csl["type"] in articles else "number", number)
    for part in re.split(r"[;,\s]+", re.sub(r"\([^)]{0,30}\)", " ", _at(record, "isbn"))):
        if part:
            draft.add_to("ISSN" if _ISSN.fullmatch(part) else "ISBN", part)


def _date(draft: Draft, record: Node) -> None:
    year = _at(record, "dates", "year")
    detail = _at(record, "dates", "pub-dates", "date")
    whole = detail if year in detail else f"{year} {detail}".strip()
    draft.put_date("issued", year)
    coarse = draft.csl.get("issued")
    if coarse and detail and len(whole) < 60:
        finer = Draft()
        finer.put_date("issued", whole)
        if finer.csl.get("issued", coarse)["date-parts"][0][0] == coarse["date-parts"][0][0]:
            draft.csl["issued"] = finer.csl.get("issued", coarse)


def _identifiers(draft: Draft, record: Node) -> None:
    if doi := _at(record, "electronic-resource-num"):
        draft.put_identifier("DOI", doi)
    for node in record.all("urls"):
        for url in node.within("url"):
            address = styled_text(url)
            if doi_of_link(address) or address.lower().startswith(("http://", "https://")):
                draft.put_url(address)
    pmcid = _at(record, "custom2").upper()
    if pmcid.startswith("PMC"):
        draft.put_identifier("PMCID", pmcid)
    origin = f"{_at(record, 'remote-database-name')} {_at(record, 'remote-database-provider')}"
    number = _at(record, "accession-num")
    if number.isdecimal() and re.search(r"pubmed|medline|\bnlm\b", origin, re.IGNORECASE):
        draft.put_identifier("PMID", number)
