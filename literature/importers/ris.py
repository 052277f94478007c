"""RIS: one tag a line, `TY` to `ER` a record."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import BinaryIO

from literature.importers import ris_types as table
from literature.importers.blocks import TOO_LARGE, Block, blocks, numbered
from literature.importers.decoding import peek
from literature.importers.draft import Draft, broken_entry, doi_of_link, shortened
from literature.importers.languages import language_tag
from literature.importers.model import Entry
from literature.importers.names import is_et_al, parse_name

_STARTS = re.compile(rb"[ \t]{0,4}TY[ \t]{0,4}-[ \t\r\n]?[ \t]*[A-Z]")
_ENDS = re.compile(rb"[ \t]{0,4}ER[ \t]{0,4}-[ \t]{0,9}[\r\n]*$")
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_TAG = re.compile(r"[ \t]{0,4}([A-Z][A-Z0-9])([ \t]{0,4})-(?:[ \t]|$)(.*)", re.DOTALL)
_ANY_TAG = re.compile(r"^[ \t]{0,4}(?:TI|T1|AU|A1|ER|PY)  ?-(?: |$)", re.MULTILINE)
_HEADING = re.compile(r"(?:Provider|Database|Content|Source|Export)[^\n]{0,200}", re.IGNORECASE)
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")
_NUMBERED_NOTE = re.compile(r"(PMCID|PMID):?\s*(PMC\d{1,9}|\d{1,9})", re.IGNORECASE)

Tags = dict[str, list[str]]


class Ris:
    name = "ris"
    label = "RIS"

    def recognises(self, head: bytes) -> float:
        text = peek(head)
        if re.search(r"^[ \t]{0,4}TY[ \t]{0,4}- ?[ \t]*[A-Z]", _lf(text), re.MULTILINE):
            return 0.95
        hits = len(_ANY_TAG.findall(_lf(text)))
        return 0.6 if hits > 1 and re.search(r"^ER  ?-", _lf(text), re.MULTILINE) else 0.0

    def read(self, source: BinaryIO) -> Iterator[Entry]:
        return numbered(self._entries(source))

    def _entries(self, source: BinaryIO) -> Iterator[Entry]:
        first = True
        for block in blocks(source, _STARTS.match, _ENDS.match):
            if block.too_large:
                yield broken_entry(0, block.line, block.text, TOO_LARGE)
            elif entry := _entry(block, first):
                yield entry
            first = False


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _entry(block: Block, first: bool) -> Entry | None:
    tags = read_tags(block.text)
    if not tags:
        lines = [line for line in _LINE_ENDS.split(block.text) if line.strip()]
        if first or all(_HEADING.fullmatch(line.strip()) for line in lines):
            return None  # what a provider writes above its records
        return broken_entry(0, block.line, block.text, "this text stands outside any record")
    draft = _draft(tags)
    if "ER" not in tags:
        draft.warn("ER", "is missing: the record ends where the next one begins")
    return draft.entry(0, block.line, block.text, block.encoding)


def read_tags(text: str) -> Tags:
    """The values of each tag in their order; what has no tag goes on with the line before it.

    Two spaces and a hyphen make a tag. One space or none does where the record's own `TY` is
    written so, or at `ER`, since a line of an abstract may begin with two capitals and a hyphen.
    """
    tags: dict[str, list[list[str]]] = defaultdict(list)
    sloppy = False
    current = ""
    for line in _LINE_ENDS.split(text):
        match = _TAG.fullmatch(line)
        if match and _is_tag(match, sloppy):
            current = match.group(1)
            sloppy = sloppy or (current == "TY" and len(match.group(2)) < 2)
            tags[current].append([match.group(3).strip()])
        elif current and current != "ER" and line.strip():
            tags[current][-1].append(line.strip())
    return {
        tag: [("\n" if tag in table.ABSTRACT else " ").join(lines) for lines in values]
        for tag, values in tags.items()
    }


def _is_tag(match: re.Match[str], sloppy: bool) -> bool:
    tag, space, _ = match.groups()
    if len(space) >= 2 or tag == "TY" or (tag == "ER" and not match.group(3).strip()):
        return True
    return sloppy and tag in table.KNOWN


def _draft(tags: Tags) -> Draft:
    draft = Draft()
    kind = _first(tags, "TY").upper()
    if kind:
        draft.put_type(table.TYPES.get(kind), kind, "TY")
    else:
        draft.csl["type"] = "document"
        draft.warn("TY", "is missing: read as a document")
    _titles(draft, tags, kind)
    _people(draft, tags, kind)
    for tag, field in table.TEXTS.items():
        draft.put(field, _first(tags, tag))
    _identifiers(draft, tags)
    _numbers(draft, tags, kind)
    _dates(draft, tags)
    _pages(draft, tags)
    _rest(draft, tags)
    return draft


def _first(tags: Tags, *names: str) -> str:
    return next((value for name in names for value in tags.get(name, ()) if value), "")


def _titles(draft: Draft, tags: Tags, kind: str) -> None:
    names = (*table.TITLE, "BT") if kind in table.BOOKS else table.TITLE
    titles = [value for name in names for value in tags.get(name, ()) if value]
    if not titles and kind in table.BOOKS:
        titles = tags.get("T2", [])[:1]
    draft.put("title", titles[0] if titles else "")
    if len(set(titles)) > 1:
        draft.warn("title", "the record has more than one title: the first was taken")
    if kind in table.BOOKS:
        return
    container = _first(tags, *table.CONTAINER, "BT")
    draft.put("container-title", container)
    shorts = (*table.CONTAINER_SHORT, "JO")
    short = next((value for name in shorts for value in tags.get(name, ()) if value), "")
    if short != container and len(short) < len(container):
        draft.put("container-title-short", short)


def _people(draft: Draft, tags: Tags, kind: str) -> None:
    for tag, values in tags.items():
        if field := _role(tag, kind):
            for value in values:
                if is_et_al(value):
                    draft.truncate_authors()
                elif value:
                    draft.put_names(field, [parse_name(value)])


def _role(tag: str, kind: str) -> str:
    if tag in ("AU", "A1"):
        return "editor" if kind == "EDBOOK" else "author"
    if tag == "ED" or (tag == "A2" and kind not in table.BOOKS):
        return "editor"
    if tag in ("A2", "A3"):
        return "editor" if tag == "A3" and kind in table.BOOKS else "collection-editor"
    return "translator" if tag in ("A4", "TA") else ""


def _identifiers(draft: Draft, tags: Tags) -> None:
    for value in tags.get("DO", ()):
        draft.put_identifier("DOI", value)
    for tag in ("M3", "N1", "ID", *table.LINKS):
        for value in tags.get(tag, ()):
            doi = doi_of_link(value)
            if doi and "DOI" not in draft.csl:
                draft.put_identifier("DOI", doi)
    for tag in table.LINKS:
        for value in tags.get(tag, ()):  # L1 to L4 may also name files on somebody's disk
            if not doi_of_link(value) and (tag == "UR" or value.lower().startswith("http")):
                draft.put_url(value)
    for tag in ("N1", "C2"):
        for value in tags.get(tag, ()):
            if match := _NUMBERED_NOTE.fullmatch(value):
                draft.put_identifier(match.group(1).upper(), match.group(2))
            elif tag == "C2" and value.upper().startswith("PMC"):
                draft.put_identifier("PMCID", value)
    origin = f"{_first(tags, 'DB')} {_first(tags, 'DP')}".lower()
    if "pubmed" in origin or "medline" in origin or "nlm" in origin.split():
        draft.put_identifier("PMID", _first(tags, "AN"))


def _numbers(draft: Draft, tags: Tags, kind: str) -> None:
    for value in tags.get("SN", ()):
        for part in re.split(r"[;,\s]+", re.sub(r"\([^)]{0,20}\)", " ", value)):
            if part:
                draft.add_to("ISSN" if _ISSN.fullmatch(part) else "ISBN", part)
    number = _first(tags, "M1")
    if draft.csl["type"] in ("report", "standard", "thesis", "software", "document", "dataset"):
        draft.put("number", number)
    elif "issue" not in draft.csl and kind in ("JOUR", "EJOUR", "EJOU", "MGZN", "NEWS"):
        draft.put("issue", _first(tags, "CP") or number)


def _dates(draft: Draft, tags: Tags) -> None:
    for tag in ("PY", "Y1"):
        draft.put_date("issued", _first(tags, tag))
    whole = _first(tags, "DA")
    if "issued" not in draft.csl:
        draft.put_date("issued", whole)
    elif whole:
        _more_precise(draft, whole)
    draft.put_date("accessed", _first(tags, "Y2"))


def _more_precise(draft: Draft, whole: str) -> None:
    """`DA` tells month and day of the year that `PY` tells; where they disagree `PY` stands."""
    coarse = draft.csl.pop("issued")
    kept = list(draft.problems)
    draft.put_date("issued", whole)
    fine = draft.csl.get("issued", coarse)
    same_year = fine["date-parts"][0][0] == coarse["date-parts"][0][0]
    if not same_year or len(coarse["date-parts"][0]) > 1:
        draft.csl["issued"] = coarse
    draft.csl.setdefault("issued", coarse)
    draft.problems = kept
    if not same_year:
        draft.warn("issued", f"DA says {shortened(whole)}; the year of PY was taken")


def _pages(draft: Draft, tags: Tags) -> None:
    first, last = _first(tags, "SP"), _first(tags, "EP")
    if first and last and not re.search(r"[-–—]", first):
        draft.put_pages(f"{first}-{last}")
    else:
        draft.put_pages(first or last or _first(tags, "C7"))


def _rest(draft: Draft, tags: Tags) -> None:
    for name in table.ABSTRACT:
        for value in tags.get(name, ()):
            if value not in draft.texts.values():
                draft.put_text("", value)
    draft.put("language", language_tag(_first(tags, "LA")))
    for value in tags.get("M3", ()):
        if not doi_of_link(value):
            draft.put("genre", value)
    for value in tags.get("N1", ()):
        if not doi_of_link(value) and not _NUMBERED_NOTE.fullmatch(value):
            draft.add_note(value)
    draft.put("source", _first(tags, "DP", "DB"))
