"""RIS: the way back of `literature.importers.ris`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from literature.exporters.carried import came_so, ris_lines
from literature.exporters.dates import pages_of, slashed
from literature.exporters.harmless import without_control
from literature.exporters.model import Record
from literature.importers.ris import Ris as RisImporter
from literature.importers.ris_types import ABSTRACT, BOOKS
from literature.importers.ris_types import TYPES as READ_TYPES

TYPES = {
    "article": "UNPB", "article-journal": "JOUR", "article-magazine": "MGZN",
    "article-newspaper": "NEWS", "book": "BOOK", "chapter": "CHAP", "dataset": "DATA",
    "document": "GEN", "entry-encyclopedia": "ENCYC", "paper-conference": "CPAPER",
    "post": "BLOG", "report": "RPRT", "review": "JOUR", "software": "COMP", "standard": "STAND",
    "thesis": "THES", "webpage": "ELEC",
}  # fmt: skip
"""A review has no type of its own in RIS."""
NUMBERED = {"report", "standard", "thesis", "software", "document", "dataset"}
_OWN = """
    TY ER AU A1 ED A2 A3 A4 TA TI T1 CT BT JF T2 JO JA J1 J2 PY Y1 Y2 DA VL IS CP M1 SP EP C7
    SN DO UR LK PB CY PP ET AB N2 LA N1 M3 DP DB
"""
OWN = frozenset(_OWN.split())
"""Tags that are written from the record; what else the original has is carried."""
TEXTS = {
    "volume": "VL", "issue": "IS", "publisher": "PB", "publisher-place": "CY", "edition": "ET",
    "language": "LA", "genre": "M3", "source": "DP", "container-title-short": "J2", "URL": "UR",
    "DOI": "DO", "PMCID": "C2", "note": "N1",
}  # fmt: skip


class Ris:
    name = "ris"
    label = "RIS"
    content_type = "application/x-research-info-systems"
    extension = "ris"

    def write(self, records: Iterable[Record]) -> Iterator[str]:
        for record in records:
            text = "".join(f"{line}\r\n" for line in _lines(record))
            yield without_control(text) + "\r\n"


def _lines(record: Record) -> Iterator[str]:
    if came_so(record, RisImporter()) and record.original.lstrip().startswith("TY  - "):
        yield from _as_it_came(record)
        return
    csl = record.csl
    kind = _kind(record)
    yield f"TY  - {kind}"
    yield from _people(csl, kind)
    for tag, value in _values(csl, kind):
        yield f"{tag}  - {value}"
    yield from _abstracts(record)
    if record.original_format == "ris":
        yield from _carried(record)
    yield "ER  - "


def _as_it_came(record: Record) -> Iterator[str]:
    """Abstracts are written where they may be, and not because they came."""
    for tag, lines in ris_lines(record.original):
        if tag not in (*ABSTRACT, "ER"):
            yield from lines
    yield from _abstracts(record)
    yield "ER  - "


def _abstracts(record: Record) -> Iterator[str]:
    for text in record.texts.values():
        yield f"AB  - {' '.join(text.split())}"


def _kind(record: Record) -> str:
    """The type that the record came with, where it still means the same."""
    named = str(record.csl.get("type"))
    if record.original_format == "ris":
        for tag, lines in ris_lines(record.original):
            kind = lines[0][6:].strip().upper()
            if tag == "TY" and READ_TYPES.get(kind) == named and kind != "EDBOOK":
                return kind
    return TYPES.get(named, "GEN")


def _people(csl: Mapping[str, Any], kind: str) -> Iterator[str]:
    collection = "A2" if kind in BOOKS else "A3"
    for field, tag in (
        ("author", "AU"), ("editor", "ED"), ("collection-editor", collection), ("translator", "A4"),
    ):  # fmt: skip
        for name in csl.get(field, ()):
            yield f"{tag}  - {name_words(name)}"
        if field == "author" and csl.get("custom", {}).get("authors_truncated"):
            yield "AU  - et al."


def name_words(name: Mapping[str, str]) -> str:
    """`van der Berg, P. J., Jr`; a group ends in a comma, so that it is not taken apart."""
    if "family" not in name:
        return f"{name.get('literal', '')},"
    particles = (name.get("dropping-particle"), name.get("non-dropping-particle"))
    family = " ".join(part for part in (*particles, name["family"]) if part)
    parts = [family, name.get("given", "")]
    return ", ".join([*parts, name["suffix"]] if name.get("suffix") else parts).rstrip(", ") + (
        "" if name.get("given") or name.get("suffix") else ","
    )


def _values(csl: Mapping[str, Any], kind: str) -> Iterator[tuple[str, str]]:
    yield "TI", str(csl.get("title", ""))
    if csl.get("container-title"):
        yield "T2", csl["container-title"]
    for field, tag in TEXTS.items():
        if csl.get(field):
            yield tag, str(csl[field])
    if csl.get("number") and csl.get("type") in NUMBERED:
        yield "M1", csl["number"]
    for field in ("ISSN", "ISBN"):
        for value in str(csl.get(field, "")).split():
            yield "SN", value
    if csl.get("PMID"):
        yield "N1", f"PMID: {csl['PMID']}"
    year, whole = slashed(csl.get("issued"))
    if year:
        yield "PY", year
    if whole:
        yield "DA", whole
    if csl.get("accessed"):
        yield "Y2", slashed(csl["accessed"])[1] or slashed(csl["accessed"])[0]
    if csl.get("number") and csl.get("type") not in NUMBERED and not csl.get("page"):
        yield "C7", csl["number"]
    first, last = pages_of(csl)
    if first:
        yield "SP", first
    if last:
        yield "EP", last


def _carried(record: Record) -> Iterator[str]:
    for tag, lines in ris_lines(record.original):
        if tag in OWN or (tag == "C2" and "PMC" in lines[0].upper()):
            continue
        yield from lines
