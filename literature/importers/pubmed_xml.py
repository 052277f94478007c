"""PubMed XML: articles and chapters of books (source: NLM's DTD of 2019, its element list)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from literature.importers.blocks import numbered
from literature.importers.draft import Draft, broken_entry
from literature.importers.languages import language_tag
from literature.importers.model import Entry
from literature.importers.names import group, person
from literature.importers.nbib import TYPES, without_full_stop
from literature.importers.xml_head import first_element
from literature.importers.xml_node import Node, text_of
from literature.importers.xml_stream import pieces

ROOTS = {
    "PubmedArticleSet", "PubmedArticle", "PubmedBookArticleSet", "PubmedBookArticle",
    "MedlineCitationSet", "MedlineCitation",
}  # fmt: skip
RECORDS = frozenset({"PubmedArticle", "PubmedBookArticle", "MedlineCitation"})
UNREAD = frozenset(
    {"MeshHeadingList", "ChemicalList", "ReferenceList", "GrantList", "KeywordList", "History",
     "CommentsCorrectionsList", "InvestigatorList", "AffiliationInfo", "DataBankList"}
)  # fmt: skip
"""What is not mapped, and can be long; it stays in the original."""


class PubmedXml:
    name = "pubmed-xml"
    label = "PubMed XML"

    def recognises(self, head: bytes) -> float:
        return 0.99 if first_element(head) in ROOTS else 0.0

    def read(self, source: BinaryIO) -> Iterator[Entry]:
        return numbered(self._entries(source))

    def _entries(self, source: BinaryIO) -> Iterator[Entry]:
        for piece in pieces(source, RECORDS, UNREAD):
            if piece.node is None:
                yield broken_entry(0, piece.line, piece.original, piece.reason)
            else:
                yield _draft(piece.node).entry(0, piece.line, piece.original)


def _draft(record: Node) -> Draft:
    draft = Draft()
    if book := record.find("BookDocument"):
        _book(draft, book)
        return draft
    citation = record if record.tag == "MedlineCitation" else record.find("MedlineCitation")
    if citation is None:
        return draft
    article = citation.find("Article") or Node("Article", {})
    draft.csl["type"] = _type(article.all("PublicationTypeList", "PublicationType"))
    title = article.at("ArticleTitle") or article.at("VernacularTitle")
    draft.put("title", without_full_stop(title))
    _authors(draft, article)
    _journal(draft, article, citation)
    pagination = article.find("Pagination")
    if pagination:
        _pages(draft, pagination)
    _identifiers(draft, record, citation, article)
    _abstracts(draft, article.find("Abstract"), citation)
    draft.put("language", language_tag(article.at("Language")))
    return draft


def _type(named: Iterator[Node]) -> str:
    for node in named:
        if type_ := TYPES.get(text_of(node).lower()):
            return type_
    return "article-journal"


def _authors(draft: Draft, parent: Node) -> None:
    for people in parent.all("AuthorList"):
        field = "editor" if people.get("Type") == "editors" else "author"
        draft.put_names(field, [name for node in people.all("Author") if (name := _name(node))])
        if field == "author" and people.get("CompleteYN") == "N":
            draft.truncate_authors()


def _name(author: Node) -> dict[str, str]:
    if author.get("ValidYN") == "N":  # a spelling that was corrected since
        return {}
    if collective := author.at("CollectiveName"):
        return group(collective)
    given = author.at("ForeName") or author.at("FirstName") or author.at("Initials")
    family = author.at("LastName")
    return person(family, given, author.at("Suffix")) if family else group(given) if given else {}


def _journal(draft: Draft, article: Node, citation: Node) -> None:
    journal = article.find("Journal") or Node("Journal", {})
    draft.put("container-title", journal.at("Title"))
    short = citation.at("MedlineJournalInfo", "MedlineTA") or journal.at("ISOAbbreviation")
    draft.put("container-title-short", short)
    for issn in journal.all("ISSN"):
        draft.add_to("ISSN", text_of(issn))
    if issue := journal.find("JournalIssue"):
        draft.put("volume", issue.at("Volume"))
        draft.put("issue", issue.at("Issue"))
        draft.put_date("issued", _date(issue.find("PubDate")))
    draft.put_date("issued", _date(article.find("ArticleDate")))


def _date(node: Node | None) -> str:
    if node is None:
        return ""
    return node.at("MedlineDate") or " ".join(
        part for name in ("Year", "Month", "Day") if (part := _month_name(name, node.at(name)))
    )


def _month_name(name: str, value: str) -> str:
    """Months come as `May` and as `05`: a number alone would not tell month from day."""
    if name != "Month" or not value.isdecimal() or not 1 <= int(value[:4]) <= 12:
        return value
    return date(2000, int(value), 1).strftime("%b")


def _pages(draft: Draft, pagination: Node) -> None:
    first, last = pagination.at("StartPage"), pagination.at("EndPage")
    draft.put_pages(pagination.at("MedlinePgn") or (f"{first}-{last}" if last else first))


def _identifiers(draft: Draft, record: Node, citation: Node, article: Node) -> None:
    draft.put_identifier("PMID", citation.at("PMID"))
    for node in article.all("ELocationID"):
        if node.get("ValidYN") == "N":
            continue
        if node.get("EIdType") == "doi":
            draft.put_identifier("DOI", text_of(node))
        elif "page" not in draft.csl:
            draft.put("number", text_of(node))
    _article_ids(draft, record.all("PubmedData", "ArticleIdList", "ArticleId"))


def _article_ids(draft: Draft, ids: Iterator[Node]) -> None:
    kinds = {"doi": "DOI", "pubmed": "PMID", "pmc": "PMCID"}
    for node in ids:
        field = kinds.get(node.get("IdType"))
        if field and field not in draft.csl:
            draft.put_identifier(field, text_of(node))


def _abstracts(draft: Draft, abstract: Node | None, parent: Node) -> None:
    """PubMed's own abstract is English; others name their language."""
    if abstract:
        draft.put_text("en", _abstract_text(abstract))
    for other in parent.all("OtherAbstract"):
        draft.put_text(language_tag(other.get("Language")), _abstract_text(other))


def _abstract_text(abstract: Node) -> str:
    parts = []
    for node in abstract.all("AbstractText"):
        label, text = node.get("Label"), text_of(node)
        parts.append(f"{label}: {text}" if label and text else text)
    return "\n".join(part for part in parts if part)


def _book(draft: Draft, document: Node) -> None:
    book = document.find("Book") or Node("Book", {})
    title, whole = document.at("ArticleTitle"), book.at("BookTitle")
    draft.csl["type"] = "chapter" if title else "book"
    draft.put("title", without_full_stop(title or whole))
    if title:
        draft.put("container-title", without_full_stop(whole))
    _authors(draft, document)
    _authors(draft, book)
    draft.put("publisher", book.at("Publisher", "PublisherName"))
    draft.put("publisher-place", book.at("Publisher", "PublisherLocation"))
    draft.put("edition", book.at("Edition"))
    draft.put("volume", book.at("Volume"))
    for isbn in book.all("Isbn"):
        draft.add_to("ISBN", text_of(isbn))
    draft.put_date("issued", _date(book.find("PubDate")))
    if pagination := document.find("Pagination"):
        _pages(draft, pagination)
    draft.put_identifier("PMID", document.at("PMID"))
    _article_ids(draft, document.all("ArticleIdList", "ArticleId"))
    _abstracts(draft, document.find("Abstract"), document)
    draft.put("language", language_tag(document.at("Language")))
