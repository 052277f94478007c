"""BibTeX in UTF-8: the way back of `literature.importers.bibtex`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from literature.exporters.carried import bibtex_entry, came_so
from literature.exporters.dates import parts_of
from literature.exporters.harmless import is_harmless_latex, without_control
from literature.exporters.model import Record
from literature.importers.bibtex import BibTex as BibTexImporter
from literature.importers.bibtex_fields import TYPES as READ_TYPES
from literature.importers.bibtex_fields import WITH_ISSUE
from literature.importers.latex import plain

TYPES = {
    "article": "unpublished", "article-journal": "article", "article-magazine": "article",
    "article-newspaper": "article", "book": "book", "chapter": "incollection",
    "dataset": "dataset", "document": "misc", "entry-encyclopedia": "inreference",
    "paper-conference": "inproceedings", "post": "online", "report": "techreport",
    "review": "review", "software": "software", "standard": "standard", "thesis": "thesis",
    "webpage": "online",
}  # fmt: skip
SUBTYPES = {"article-magazine": "magazine", "article-newspaper": "newspaper"}
IN_BOOKS = {"chapter", "paper-conference", "entry-encyclopedia"}
TEXTS = {
    "volume": "volume", "edition": "edition", "publisher": "publisher",
    "publisher-place": "address", "version": "version", "container-title-short": "shortjournal",
    "event-title": "eventtitle", "genre": "type", "note": "note", "language": "language",
    "ISBN": "isbn", "ISSN": "issn",
}  # fmt: skip
ADDRESSES = {"DOI": "doi", "URL": "url", "PMID": "pmid", "PMCID": "pmcid"}
PEOPLE = {"author": "author", "editor": "editor", "translator": "translator",
          "container-author": "bookauthor"}  # fmt: skip
_OWN = """
    title subtitle journal journaltitle booktitle maintitle author editor translator
    bookauthor number issue pages eid doi url pmid pmcid pmc eprint eprinttype archiveprefix
    date year month day urldate abstract note langid school institution organization location
    entrysubtype crossref xdata
"""
OWN = frozenset(_OWN.split()) | frozenset(TEXTS.values())
_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)|(?<=<)(?=<)|(?<=>)(?=>)")
_SPECIAL = re.compile(r"[\\{}%&#$_~^]")
_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


class BibTex:
    name = "bibtex"
    label = "BibTeX"
    content_type = "application/x-bibtex"
    extension = "bib"

    def write(self, records: Iterable[Record]) -> Iterator[str]:
        for record in records:
            kind, fields = _as_it_came(record) or _made(record)
            body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields)
            yield without_control(f"@{kind}{{{record.key},\n{body}\n}}\n\n")


Written = tuple[str, list[tuple[str, str]]]


def _made(record: Record) -> Written:
    kind = _kind(record)
    fields = [*_fields(record.csl), *_abstract(record)]
    if record.original_format == "bibtex":
        fields += [(name, value) for name, value in _came(record) if name.lower() not in OWN]
    return kind, fields


def _as_it_came(record: Record) -> Written | None:
    """The entry's own type and fields where it still says the same and stands for itself."""
    entry = bibtex_entry(record.original) if came_so(record, BibTexImporter()) else None
    if entry is None:
        return None
    fields = list(_came(record))
    names = {name.lower() for name, _ in fields}
    if len(fields) < len(entry.fields) or len(names) < len(fields) or names & {"crossref", "xdata"}:
        return None
    kept = [(name, value) for name, value in fields if name.lower() != "abstract"]
    return entry.entry_type, kept + list(_abstract(record))


def _came(record: Record) -> Iterator[tuple[str, str]]:
    """The fields of the original that are not made of macros."""
    entry = bibtex_entry(record.original)
    for field in entry.fields if entry else ():
        value = str(field.value).strip()
        if value.isdecimal():
            yield field.key, value
        elif _is_one(value):
            yield field.key, _tame(value[1:-1])


def _tame(value: str) -> str:
    """The value as it came, or, where it would do more than print, what it says as plain text."""
    return value if is_harmless_latex(value) else escaped(plain(value))


def _is_one(value: str) -> bool:
    """Whether one pair of braces or quotation marks holds all of the value."""
    if value[:1] + value[-1:] not in ("{}", '""') or len(value) < 2:
        return False
    depth, inside = 0, re.sub(r"\\.", "", value[1:-1])
    for sign in inside:
        depth += (sign == "{") - (sign == "}")
        if depth < 0 or (sign == '"' and depth == 0 and value[0] == '"'):
            return False
    return depth == 0


def _kind(record: Record) -> str:
    """The type that the entry came with, where it still means the same."""
    named = str(record.csl.get("type"))
    entry = bibtex_entry(record.original) if record.original_format == "bibtex" else None
    if entry is not None and READ_TYPES.get(entry.entry_type.lower()) == named:
        return entry.entry_type.lower()
    return TYPES.get(named, "misc")


def escaped(text: str) -> str:
    """Text that LaTeX prints as it stands here: `--` stays two hyphens, `''` two apostrophes."""
    text = _SPECIAL.sub(lambda found: _ESCAPES.get(found[0], f"\\{found[0]}"), text)
    return _LIGATURE.sub("{}", text)


def _address(text: str) -> str:
    """Addresses are taken as they stand; only braces, which could end the field, are written in
    percent."""
    return text.replace("{", "%7B").replace("}", "%7D")


def _fields(csl: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "title", f"{{{escaped(str(csl.get('title', '')))}}}"
    kind = str(csl.get("type", ""))
    if csl.get("container-title"):
        name = "booktitle" if kind in IN_BOOKS else "journal"
        yield name, escaped(csl["container-title"])
    for field, name in PEOPLE.items():
        if people := _people(csl, field):
            yield name, people
    yield from _date(csl)
    if kind in SUBTYPES:
        yield "entrysubtype", SUBTYPES[kind]
    if csl.get("issue"):
        yield ("number" if kind in WITH_ISSUE else "issue"), escaped(csl["issue"])
    if csl.get("number") and kind not in WITH_ISSUE:
        yield "number", escaped(csl["number"])
    if csl.get("number") and kind in WITH_ISSUE and not csl.get("page"):
        yield "eid", escaped(csl["number"])
    if csl.get("page"):
        yield "pages", escaped(csl["page"].replace("-", "–")).replace("–", "--")
    for field, name in TEXTS.items():
        if csl.get(field):
            yield name, escaped(str(csl[field]))
    for field, name in ADDRESSES.items():
        if csl.get(field):
            yield name, _address(str(csl[field]))


def _people(csl: Mapping[str, Any], field: str) -> str:
    names = [_name(name) for name in csl.get(field, ())]
    if field == "author" and csl.get("custom", {}).get("authors_truncated"):
        names.append("others")
    return " and ".join(names)


def _name(name: Mapping[str, str]) -> str:
    """`van der Berg, Jr, P. J.`; a group, and a name that holds `and`, in braces."""
    if "family" not in name:
        return f"{{{escaped(name.get('literal', ''))}}}"
    particles = (name.get("dropping-particle"), name.get("non-dropping-particle"))
    prefix = " ".join(part for part in particles if part)
    family = escaped(name["family"])
    family = f"{{{family}}}" if re.search(r"\s|,", name["family"]) else family
    parts = [f"{escaped(prefix)} {family}".strip()]
    if name.get("suffix"):
        parts.append(escaped(name["suffix"]))
    if name.get("given"):
        parts.append(escaped(name["given"]))
    elif len(parts) == 1:
        parts.append("")
    return ", ".join(parts)


def _date(csl: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, part in zip(("year", "month", "day"), parts_of(csl.get("issued")), strict=False):
        yield name, str(part)
    if last := parts_of(csl.get("issued"), 1):
        yield "date", f"{_dashed(parts_of(csl['issued']))}/{_dashed(last)}"
    accessed = parts_of(csl.get("accessed"))
    if accessed:
        yield "urldate", _dashed(accessed)


def _dashed(parts: list[int]) -> str:
    return "-".join(f"{part:02d}" for part in parts)


def _abstract(record: Record) -> Iterator[tuple[str, str]]:
    for text in list(record.texts.values())[:1]:
        yield "abstract", escaped(" ".join(text.split()))
