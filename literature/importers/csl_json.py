"""CSL-JSON: an array of items or one item; fields that we do not hold stay in the original."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any, BinaryIO

from literature import csl
from literature.importers.blocks import numbered
from literature.importers.decoding import peek
from literature.importers.draft import Draft, broken_entry, shortened
from literature.importers.json_stream import json_items
from literature.importers.languages import language_tag
from literature.importers.model import Entry

TYPES = {
    **{type_: type_ for type_ in csl.TYPES},
    "article-preprint": "article", "entry": "entry-encyclopedia", "journal-article":
    "article-journal", "post-weblog": "post", "review-book": "review", "proceedings-article":
    "paper-conference", "book-chapter": "chapter", "posted-content": "article", "monograph": "book",
    "edited-book": "book", "reference-entry": "entry-encyclopedia", "dissertation": "thesis",
}  # fmt: skip
"""CSL's types that are held, near ones, and those that Crossref writes in CSL's place."""
READ = csl.TEXT_FIELDS | csl.NAME_FIELDS | csl.DATE_FIELDS
IDENTIFIERS = ("DOI", "PMID", "PMCID")
_NAMES_DROPPED = {"comma-suffix", "static-ordering", "parse-names"}


class CslJson:
    name = "csl-json"
    label = "CSL-JSON"

    def recognises(self, head: bytes) -> float:
        text = peek(head).lstrip()
        if text[:1] not in ("[", "{") or text.startswith("{\\rtf"):
            return 0.0
        inside = text[1:].lstrip()[:1]
        if inside not in ('"', "}") and text[0] == "{":
            return 0.0
        marks = ('"type"', '"title"', '"author"', '"DOI"', '"issued"', '"id"')
        return 0.95 if any(mark in text for mark in marks) else 0.4

    def read(self, source: BinaryIO) -> Iterator[Entry]:
        return numbered(self._entries(source))

    def _entries(self, source: BinaryIO) -> Iterator[Entry]:
        for item in json_items(source):
            if item.reason:
                yield broken_entry(0, item.line, item.text, item.reason)
                continue
            try:
                value = json.loads(item.text, parse_constant=str)
            except (ValueError, RecursionError) as error:
                reason = f"this is not JSON: {shortened(str(error))}"
                yield broken_entry(0, item.line, item.text, reason)
                continue
            yield _draft(value).entry(0, item.line, item.text)


def _draft(record: dict[str, Any]) -> Draft:
    draft = Draft()
    unknown = []
    named = record.get("type", "")
    draft.put_type(TYPES.get(named if isinstance(named, str) else ""), str(named), "type")
    for field, value in record.items():
        if field in ("type", "abstract", "page", "custom") or value in ("", None, [], {}):
            continue
        if not _put(draft, field, value):
            unknown.append(field)
    if not isinstance(named, str) or not named:
        draft.problems = [problem for problem in draft.problems if problem.field != "type"]
        draft.warn("type", "is missing: read as a document")
    if isinstance(page := _single(draft, "page", record.get("page", "")), str):
        draft.put_pages(page)
    _abstract(draft, record.get("abstract"))
    _custom(draft, record.get("custom"), unknown)
    if unknown:
        names = ", ".join(shortened(name) for name in unknown[:20])
        more = f" and {len(unknown) - 20} more" if len(unknown) > 20 else ""
        draft.warn("", f"holds fields that are not kept: {names}{more}")
    return draft


def _put(draft: Draft, field: str, value: Any) -> bool:
    if field in IDENTIFIERS or field in csl.TEXT_FIELDS or field == "URL":
        value = _single(draft, field, value)
        if field == "language" and isinstance(value, str):
            value = language_tag(value)
        if not isinstance(value, str):
            draft.csl[field] = value  # for the checks to name
        elif field in IDENTIFIERS:
            draft.put_identifier(field, value)
        elif field == "URL":
            draft.put_url(value)
        elif field == "note" and "note" in draft.csl:
            draft.add_note(value)
        else:
            draft.csl[field] = value
    elif field in csl.NAME_FIELDS:
        _names(draft, field, value)
    elif field in csl.DATE_FIELDS:
        _date(draft, field, value)
    else:
        return False
    return True


def _single(draft: Draft, field: str, value: Any) -> Any:
    """A text for a number, and the first of several texts, as Crossref lists them."""
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        if field in ("ISSN", "ISBN"):
            return " ".join(value)
        if len(value) > 1:
            draft.warn(field, "has more than one value: the first was taken")
        value = value[0]
    if isinstance(value, float) and math.isfinite(value):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else str(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value


def _names(draft: Draft, field: str, value: Any) -> None:
    if not isinstance(value, list):
        draft.csl[field] = value
        return
    kept = []
    for name in value:
        if isinstance(name, dict):
            known = {part: text for part, text in name.items() if part in csl.NAME_PARTS and text}
            dropped = set(name) - csl.NAME_PARTS - _NAMES_DROPPED
            if "family" not in known and "literal" not in known and "given" in known:
                known = {"literal": known["given"]}
            elif isinstance(name.get("name"), str) and not known:  # Crossref's groups
                known = {"literal": name["name"]}
                dropped -= {"name"}
            if dropped and field not in {problem.field for problem in draft.problems}:
                parts = ", ".join(sorted(shortened(part) for part in dropped)[:5])
                draft.warn(field, f"a name holds parts that are not kept: {parts}")
            kept.append(known)
        else:
            kept.append(name)
    draft.csl[field] = kept


def _date(draft: Draft, field: str, value: Any) -> None:
    parts = value.get("date-parts") if isinstance(value, dict) else None
    if isinstance(parts, list) and 1 <= len(parts) <= 2:
        draft.csl[field] = {"date-parts": [_numbers(part) for part in parts]}
        dropped = set(value) - {"date-parts"}
        if field == "issued" and dropped & {"season", "circa"}:
            draft.warn(field, "season and circa are not kept")
        return
    words = value
    if isinstance(value, dict):
        words = value.get("raw") or value.get("literal")
    if isinstance(words, (str, int)) and not isinstance(words, bool):
        draft.put_date(field, str(words))
    else:
        draft.csl[field] = value


def _numbers(part: Any) -> Any:
    """Years and months that stand as text, as some programs write them; no month 0."""
    if not isinstance(part, list):
        return part
    numbers = [
        int(number)
        if isinstance(number, str) and number.isdecimal() and len(number) < 9
        else number
        for number in part
    ]
    while len(numbers) > 1 and numbers[-1] in (None, 0, ""):
        numbers.pop()
    return numbers


def _abstract(draft: Draft, abstract: Any) -> None:
    if isinstance(abstract, str):
        draft.put_text("", abstract)
    elif abstract:
        draft.fail("abstract", "must be text")


def _custom(draft: Draft, custom: Any, unknown: list[str]) -> None:
    if isinstance(custom, dict):
        if isinstance(flag := custom.get("authors_truncated"), bool):
            draft.csl["custom"] = {"authors_truncated": flag}
        unknown += [f"custom.{name}" for name in custom if name != "authors_truncated"]
    elif custom:
        unknown.append("custom")
