"""PubMed's own text format (also called MEDLINE): a tag of four columns, records apart by an empty
line. Source: NLM, MEDLINE/PubMed data element descriptions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from literature.importers.blocks import TOO_LARGE, Block, blocks, numbered
from literature.importers.decoding import peek
from literature.importers.draft import Draft, broken_entry
from literature.importers.languages import language_tag
from literature.importers.model import Entry
from literature.importers.names import family_and_initials, group, is_et_al, parse_name

TYPES = {
    "academic dissertation": "thesis", "blog": "post", "book": "book", "book chapter": "chapter",
    "conference paper": "paper-conference", "dataset": "dataset",
    "encyclopedia": "entry-encyclopedia", "newspaper article": "article-newspaper",
    "preprint": "article", "technical report": "report", "web page": "webpage",
}  # fmt: skip
"""Publication types that make a record something other than a journal article."""
TEXTS = {
    "VI": "volume", "IP": "issue", "EN": "edition", "PB": "publisher", "JT": "container-title",
    "TA": "container-title-short", "CTDT": "event-title",
}  # fmt: skip
_OWN_TAG = re.compile(
    r"^(?:PMID|FAU |JT  |TA  |DP  |IP  |VI  |PG  |OWN |STAT|LID |AID |DCOM|PST )- ", re.MULTILINE
)
_LINE = re.compile(r"([A-Z][A-Z0-9 ]{1,3})- ?(.*)", re.DOTALL)
_STARTS = re.compile(rb"PMID ?-")
_EMPTY = re.compile(rb"[ \t]*[\r\n]*$")
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_LINKED = re.compile(r"(\S{1,500}) \[(doi|pii)\]", re.IGNORECASE)
_ISSN = re.compile(r"(\d{4}-\d{3}[\dXx])")

Fields = list[tuple[str, str]]


class Nbib:
    name = "nbib"
    label = "PubMed (nbib)"

    def recognises(self, head: bytes) -> float:
        text = peek(head).replace("\r\n", "\n").replace("\r", "\n")
        if re.match(r"\s*PMID ?- ?\d", text):
            return 0.97
        return 0.9 if len(_OWN_TAG.findall(text)) >= 2 else 0.0

    def read(self, source: BinaryIO) -> Iterator[Entry]:
        return numbered(self._entries(source))

    def _entries(self, source: BinaryIO) -> Iterator[Entry]:
        for block in blocks(source, _STARTS.match, _EMPTY.match):
            if block.too_large:
                yield broken_entry(0, block.line, block.text, TOO_LARGE)
            else:
                yield _entry(block)


def _entry(block: Block) -> Entry:
    fields = read_fields(block.text)
    if not fields:
        return broken_entry(0, block.line, block.text, "this text stands outside any record")
    return _draft(fields).entry(0, block.line, block.text, block.encoding)


def read_fields(text: str) -> Fields:
    """Tags and values in the order of the record; lines that go on are joined by a space."""
    fields: list[tuple[str, list[str]]] = []
    for line in _LINE_ENDS.split(text):
        match = _LINE.fullmatch(line)
        if match:
            fields.append((match.group(1).rstrip(), [match.group(2).strip()]))
        elif fields and line.strip():
            fields[-1][1].append(line.strip())
    return [(tag, " ".join(lines)) for tag, lines in fields]


def _draft(fields: Fields) -> Draft:
    draft = Draft()
    values: dict[str, list[str]] = {}
    for tag, value in fields:
        if value:
            values.setdefault(tag, []).append(value)
    draft.csl["type"] = _type(values)
    _titles(draft, values)
    _people(draft, fields)
    for tag, field in TEXTS.items():
        draft.put(field, values.get(tag, [""])[0])
    _identifiers(draft, values)
    draft.put_date("issued", _first(values, "DP"))
    draft.put_pages(_first(values, "PG"))
    _texts(draft, values)
    return draft


def _first(values: dict[str, list[str]], *tags: str) -> str:
    return next((values[tag][0] for tag in tags if tag in values), "")


def _type(values: dict[str, list[str]]) -> str:
    if "BTI" in values:
        return "chapter" if "TI" in values else "book"
    for named in values.get("PT", ()):
        if type_ := TYPES.get(named.lower()):
            return type_
    return "article-journal"


def without_full_stop(title: str) -> str:
    """PubMed ends every title with a full stop that is not part of it."""
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title


def _titles(draft: Draft, values: dict[str, list[str]]) -> None:
    draft.put("title", without_full_stop(_first(values, "TI", "BTI", "TT")))
    if "TI" in values:
        draft.put("container-title", without_full_stop(_first(values, "BTI")))


def _people(draft: Draft, fields: Fields) -> None:
    """`FAU` is the full name and the `AU` after it the same person; an `AU` alone counts."""
    before = ""
    for tag, value in fields:
        if value and is_et_al(value):
            draft.truncate_authors()
        elif tag == "FAU" and value:
            draft.put_names("author", [parse_name(value)])
        elif tag == "AU" and value and before != "FAU":
            draft.put_names("author", [family_and_initials(value)])
        elif tag in ("CN", "CA") and value:
            draft.put_names("author", [group(value)])
        elif tag == "FED" and value:
            draft.put_names("editor", [parse_name(value)])
        elif tag == "ED" and value and before != "FED":
            draft.put_names("editor", [family_and_initials(value)])
        before = tag


def _identifiers(draft: Draft, values: dict[str, list[str]]) -> None:
    draft.put_identifier("PMID", _first(values, "PMID"))
    draft.put_identifier("PMCID", _first(values, "PMC"))
    for tag in ("LID", "AID"):
        for value in values.get(tag, ()):
            match = _LINKED.fullmatch(value)
            if match and match.group(2).lower() == "doi":
                draft.put_identifier("DOI", match.group(1))
            elif match and tag == "LID" and "PG" not in values:
                draft.put("number", match.group(1))
    for value in values.get("IS", ()):
        for issn in _ISSN.findall(value):
            draft.add_to("ISSN", issn)
    for value in values.get("ISBN", ()):
        draft.add_to("ISBN", value.split(" (")[0])


def _texts(draft: Draft, values: dict[str, list[str]]) -> None:
    """`AB` is English; an abstract in another language stands in `OAB`, and names it in `OABL`."""
    for value in values.get("AB", ()):
        draft.put_text("en", value)
    languages = values.get("OABL", [])
    for place, value in enumerate(values.get("OAB", ())):
        named = languages[place] if place < len(languages) else ""
        draft.put_text(language_tag(named) if named else "", value)
    draft.put("language", language_tag(_first(values, "LA")))
    draft.put("publisher-place", _first(values, "PL") if "PB" in values else "")
    for value in values.get("GN", ()):
        draft.add_note(value)
