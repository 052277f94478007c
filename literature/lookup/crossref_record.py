"""A record of Crossref → an entry in CSL. Source: Crossref's API format of a work."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

from literature.importers.draft import Draft
from literature.importers.languages import language_tag
from literature.importers.model import Entry
from literature.importers.names import group, person
from literature.importers.xml_node import lowered, raised
from literature.lookup.checked_json import checked_json

TYPES = {
    "journal-article": "article-journal",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "book-track": "chapter",
    "reference-entry": "entry-encyclopedia",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book-series": "book",
    "book-set": "book",
    "proceedings": "book",
    "proceedings-article": "paper-conference",
    "posted-content": "article",
    "report": "report",
    "report-component": "report",
    "dissertation": "thesis",
    "dataset": "dataset",
    "database": "dataset",
    "standard": "standard",
    "peer-review": "review",
}
_TEXTS = {
    "volume": "volume",
    "issue": "issue",
    "publisher": "publisher",
    "publisher-location": "publisher-place",
    "edition-number": "edition",
    "article-number": "number",
}
_MARKED = re.compile(r"<(?:\w+:)?(sup|sub)\b[^<>]*>([^<>]{0,50})</(?:\w+:)?\1>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</(?:jats:)?(?:p|title|sec)>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")
_LONGEST_ABSTRACT = 400_000


def entry_of(body: str, position: int = 1) -> Entry:
    """The entry of a record's JSON. Raises ValueError where it is none."""
    record = checked_json(body.encode("utf-8", "surrogatepass"))
    if not isinstance(record, dict):
        raise ValueError("is no record")
    draft = Draft()
    kind = str(record.get("type") or "")
    draft.put_type(TYPES.get(kind), kind, "type")
    draft.put("title", _title(record))
    draft.put("container-title", plain(_first(record, "container-title")))
    draft.put("container-title-short", plain(_first(record, "short-container-title")))
    for name, field in _TEXTS.items():
        draft.put(field, plain(_word(record.get(name))))
    draft.put_pages(_word(record.get("page")))
    for field in ("author", "editor", "translator"):
        draft.put_names(field, list(_names(record.get(field))))
    _put_issued(draft, record)
    draft.put_identifier("DOI", _word(record.get("DOI")))
    for field in ("ISSN", "ISBN"):
        for number in _list(record.get(field)):
            draft.add_to(field, _word(number).rpartition("/")[2])
    draft.put("language", language_tag(_word(record.get("language"))))
    event = record.get("event")
    draft.put("event-title", plain(_word(event.get("name"))) if isinstance(event, dict) else "")
    if record.get("subtype") == "preprint":
        draft.put("genre", "Preprint")
    draft.put_text("", _abstract(_word(record.get("abstract"))))
    return draft.entry(position, 0, body)


def plain(marked: str) -> str:
    """Text without mark-up; raised and lowered figures become the characters that mean the same."""
    # Twice, because some publishers deposit mark-up with its brackets escaped.
    for _ in range(2):
        marked = _MARKED.sub(_moved, html.unescape(marked))
        marked = _TAG.sub("", marked)
    return " ".join(marked.split())


def _moved(match: re.Match[str]) -> str:
    return raised(match[2]) if match[1].lower() == "sup" else lowered(match[2])


def _title(record: dict[str, Any]) -> str:
    """The title, with its subtitle where the title does not hold it already."""
    title, subtitle = plain(_first(record, "title")), plain(_first(record, "subtitle"))
    if not subtitle or subtitle.casefold() in title.casefold():
        return title
    return f"{title.rstrip(':. ')}: {subtitle}" if title else subtitle


def _names(found: Any) -> Iterable[dict[str, str]]:
    for name in _list(found):
        if not isinstance(name, dict):
            continue
        family, given = plain(_word(name.get("family"))), plain(_word(name.get("given")))
        if family:
            yield person(family, given, plain(_word(name.get("suffix"))))
        elif literal := plain(_word(name.get("name"))) or given:
            yield group(literal)


def _put_issued(draft: Draft, record: dict[str, Any]) -> None:
    """The date of the printed issue, which papers cite, before that of the first appearance."""
    for name in ("published-print", "issued", "published-online", "posted"):
        date = record.get(name)
        parts = date.get("date-parts") if isinstance(date, dict) else None
        first = parts[0] if isinstance(parts, list) and parts else None
        numbers = first if isinstance(first, list) else []
        if numbers and all(isinstance(number, int) for number in numbers[:3]):
            draft.put_date("issued", "-".join(f"{number:02}" for number in numbers[:3]))
            return


def _abstract(marked: str) -> str:
    if len(marked) > _LONGEST_ABSTRACT:
        return ""
    paragraphs = (plain(part) for part in _PARAGRAPH.sub("\n", marked).split("\n"))
    return "\n".join(part for part in paragraphs if part)


def _first(record: dict[str, Any], name: str) -> str:
    values = _list(record.get(name))
    return _word(values[0]) if values else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _word(value: Any) -> str:
    """Text or a number as text; nothing for anything else."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
