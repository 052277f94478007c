"""An item of a JATS reference list to a record."""

from __future__ import annotations

from literature.importers.draft import Draft
from literature.importers.jats_article import date_words, put_identifier, put_pages
from literature.importers.jats_names import NAMES, name_of
from literature.importers.xml_node import Node, text_of

TYPES = {
    "journal": "article-journal", "book": "book", "book-chapter": "chapter", "chapter": "chapter",
    "confproc": "paper-conference", "conference": "paper-conference", "data": "dataset",
    "database": "dataset", "newspaper": "article-newspaper", "magazine": "article-magazine",
    "other": "document", "preprint": "article", "report": "report", "review": "review",
    "software": "software", "standard": "standard", "thesis": "thesis", "web": "webpage",
    "webpage": "webpage", "website": "webpage", "gov": "report",
}  # fmt: skip
"""`publication-type`, whose values are no closed list."""
CITATIONS = ("element-citation", "mixed-citation", "citation", "nlm-citation")
ROLES = {"author": "author", "": "author", "editor": "editor", "translator": "translator"}
TEXTS = {
    "volume": "volume", "issue": "issue", "edition": "edition", "publisher-name": "publisher",
    "publisher-loc": "publisher-place", "conf-name": "event-title", "version": "version",
}  # fmt: skip


def citation_draft(ref: Node) -> Draft:
    draft = Draft()
    found = list(ref.within(*CITATIONS))
    if not found:
        draft.fail("", "the item holds no citation")
        return draft
    if len(found) > 1 and not ref.find("citation-alternatives"):
        draft.warn("", "the item holds more than one citation: the first was read")
    citation = found[0]
    _titles(draft, citation)
    _people(draft, citation)
    for tag, field in TEXTS.items():
        draft.put(field, citation.at(tag))
    draft.put_date("issued", date_words(citation))
    put_pages(draft, citation)
    _identifiers(draft, citation)
    if visited := citation.find("date-in-citation"):
        draft.put_date("accessed", date_words(visited) or text_of(visited))
    return draft


def _titles(draft: Draft, citation: Node) -> None:
    part = citation.at("article-title") or citation.at("chapter-title") or citation.at("data-title")
    source = citation.at("source")
    kind = citation.get("publication-type") or citation.get("citation-type")
    type_ = TYPES.get(kind)
    if type_ == "book" and part:
        type_ = "chapter"
    if not kind:
        type_ = "article-journal" if part and source and citation.find("volume") else "document"
    draft.put_type(type_, kind, "publication-type")
    journal = draft.csl["type"] == "article-journal"
    draft.put("title", part or ("" if journal else source))
    if part or journal:
        draft.put("container-title", source)


def _people(draft: Draft, citation: Node) -> None:
    _group(draft, citation, "author")
    for people in citation.all("person-group"):
        _group(draft, people, ROLES.get(people.get("person-group-type")))


def _group(draft: Draft, parent: Node, field: str | None) -> None:
    for node in parent:
        if node.tag == "etal" and field == "author":
            draft.truncate_authors()
        child = next(iter(node), None) if node.tag == "name-alternatives" else node
        name = name_of(child) if child and child.tag in NAMES else {}
        if name and field:
            draft.put_names(field, [name])


def _identifiers(draft: Draft, citation: Node) -> None:
    for node in (*citation.all("pub-id"), *citation.all("object-id")):
        put_identifier(draft, node)
    for node in citation.within("ext-link", "uri"):
        address = node.get("href") or text_of(node)
        if address.lower().startswith(("http://", "https://")):
            draft.put_url(address)
    for tag, field in (("isbn", "ISBN"), ("issn", "ISSN")):
        for node in citation.all(tag):
            draft.add_to(field, text_of(node))
