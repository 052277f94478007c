"""A JATS article's front to a record (source: the JATS archiving tag set, 1.3)."""

from __future__ import annotations

from literature.importers.draft import Draft
from literature.importers.jats_names import NAMES, name_of
from literature.importers.languages import language_tag
from literature.importers.xml_node import Node, text_of

TYPES = {"book-review": "review", "dataset": "dataset", "preprint": "article"}
"""`article-type` where it is anything but a journal article."""
DATES = ("ppub", "print", "collection", "pub", "", "epub", "electronic")
"""Kinds of publication dates, the one that goes with volume and issue first."""
IDENTIFIERS = {"doi": "DOI", "pmid": "PMID", "pmc": "PMCID", "pmcid": "PMCID"}
ROLES = {"author": "author", "": "author", "editor": "editor", "translator": "translator"}
_BESIDE = ("graphical", "teaser", "toc", "key-points", "highlights", "web-summary", "summary")


def article_draft(front: Node, article: dict[str, str]) -> Draft:
    """`article` are the attributes of the element around the front, empty where there is none."""
    draft = Draft()
    meta = front.find("article-meta") or Node("article-meta", {})
    kind = article.get("article-type", "")
    draft.csl["type"] = TYPES.get(kind, "article-journal")
    _title(draft, meta)
    for people in meta.all("contrib-group"):
        _people(draft, people)
    _journal(draft, front.find("journal-meta") or Node("journal-meta", {}))
    draft.put("volume", meta.at("volume"))
    draft.put("issue", meta.at("issue"))
    draft.put_date("issued", _issued(meta))
    put_pages(draft, meta)
    for node in meta.all("article-id"):
        put_identifier(draft, node)
    language = article.get("xml:lang", "")
    draft.put("language", language_tag(language))
    _abstracts(draft, meta, language)
    return draft


def _title(draft: Draft, meta: Node) -> None:
    title, subtitle = (meta.at("title-group", tag) for tag in ("article-title", "subtitle"))
    draft.put("title", f"{title}: {subtitle}" if title and subtitle else title or subtitle)


def _people(draft: Draft, people: Node) -> None:
    for contributor in people.all("contrib"):
        field = ROLES.get(contributor.get("contrib-type"))
        alternatives = contributor.find("name-alternatives") or contributor.find(
            "collab-alternatives"
        )
        node = next((child for child in alternatives or contributor if child.tag in NAMES), None)
        name = name_of(node) if node else {}
        if name and field:
            draft.put_names(field, [name])


def _journal(draft: Draft, journal: Node) -> None:
    title = journal.at("journal-title-group", "journal-title") or journal.at("journal-title")
    draft.put("container-title", title)
    shorts = [
        *(text_of(node) for node in journal.within("abbrev-journal-title")),
        *(
            text_of(node)
            for node in journal.all("journal-id")
            if node.get("journal-id-type") in ("nlm-ta", "iso-abbrev")
        ),
    ]
    short = next((text for text in shorts if text), "")
    if not title:
        draft.put("container-title", short)
    elif short != title:
        draft.put("container-title-short", short)
    for issn in journal.all("issn"):
        draft.add_to("ISSN", text_of(issn))
    draft.put("publisher", journal.at("publisher", "publisher-name"))
    draft.put("publisher-place", journal.at("publisher", "publisher-loc"))


def _issued(meta: Node) -> str:
    def rank(node: Node) -> int:
        kinds = [node.get("pub-type"), node.get("publication-format"), node.get("date-type")]
        known = [DATES.index(kind) for kind in kinds if kind and kind in DATES]
        return min(known, default=DATES.index("") if not any(kinds) else len(DATES))

    dates = sorted(meta.all("pub-date"), key=rank)
    return next((words for node in dates if (words := date_words(node))), "")


def date_words(node: Node) -> str:
    """The date in an order that can be read again; a month may be a number or a name."""
    year, month, day = (node.at(tag) for tag in ("year", "month", "day"))
    if month.isdecimal():
        return "-".join(part for part in (year, month, day if day.isdecimal() else "") if part)
    return " ".join(part for part in (year, month, day) if part)


def put_pages(draft: Draft, node: Node) -> None:
    first, last = node.at("fpage"), node.at("lpage")
    if last and last != first:
        draft.put_pages(f"{first}-{last}")
    else:
        draft.put_pages(first or node.at("page-range") or node.at("elocation-id"))


def put_identifier(draft: Draft, node: Node) -> None:
    field = IDENTIFIERS.get(node.get("pub-id-type"))
    value = text_of(node)
    if field == "PMCID" and value.isdecimal():
        value = f"PMC{value}"
    if field and field not in draft.csl:
        draft.put_identifier(field, value)


def _abstracts(draft: Draft, meta: Node, language: str) -> None:
    for node in (*meta.all("abstract"), *meta.all("trans-abstract")):
        if node.get("abstract-type") in _BESIDE:
            continue
        spoken = node.get("lang") or (language if node.tag == "abstract" else "")
        draft.put_text(language_tag(spoken), "\n".join(_paragraphs(node)))


def _paragraphs(node: Node, heading: str = "") -> list[str]:
    """The paragraphs of an abstract; the first of a section begins with its heading."""
    found: list[str] = []
    for child in node:
        if child.tag == "sec":
            found += _paragraphs(child, child.at("title"))
        elif child.tag in ("p", "list") and (text := text_of(child)):
            found.append(f"{heading}: {text}" if heading else text)
            heading = ""
    return found
