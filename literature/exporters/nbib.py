"""PubMed's text format: the way back of `literature.importers.nbib`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from literature.exporters.carried import came_so, nbib_lines
from literature.exporters.dates import in_words
from literature.exporters.harmless import without_control
from literature.exporters.model import Record
from literature.importers.nbib import Nbib as NbibImporter

TYPES = {
    "article": "Preprint", "article-newspaper": "Newspaper Article", "dataset": "Dataset",
    "entry-encyclopedia": "Encyclopedia", "paper-conference": "Conference Paper", "post": "Blog",
    "report": "Technical Report", "thesis": "Academic Dissertation", "webpage": "Web Page",
}  # fmt: skip
"""Anything else is a journal article, but for books and chapters, which have tags of their own."""
TEXTS = {
    "volume": "VI", "issue": "IP", "edition": "EN", "publisher": "PB", "event-title": "CTDT",
    "container-title-short": "TA", "language": "LA", "PMCID": "PMC", "note": "GN",
}  # fmt: skip
_OWN = """
    PMID TI BTI JT TA PG DP VI IP EN PB CTDT LA PMC GN FAU AU CN CA FED ED AB OAB OABL ISBN AD AUID
"""
OWN = frozenset(_OWN.split())
"""Tags that are written from the record, and those that belong to one of its authors: where the
record was changed these would stand beside the wrong name."""
ABSTRACT = ("AB", "OAB", "OABL")
WIDTH = 88


class Nbib:
    name = "nbib"
    label = "PubMed (nbib)"
    content_type = "application/nbib"
    extension = "nbib"

    def write(self, records: Iterable[Record]) -> Iterator[str]:
        for record in records:
            yield without_control("\n".join(_lines(record))) + "\n\n"


def _lines(record: Record) -> list[str]:
    if came_so(record, NbibImporter()):
        came = nbib_lines(record.original)
        lines = [line for tag, part in came if tag not in ABSTRACT for line in part]
    else:
        lines = [line for tag, value in _values(record) for line in _folded(tag, value)]
        if record.original_format == "nbib":
            lines += _carried(record)
    return lines + [line for tag, value in _abstracts(record) for line in _folded(tag, value)]


def _abstracts(record: Record) -> Iterator[tuple[str, str]]:
    for language, text in record.texts.items():
        if language in ("", "en"):
            yield "AB", text


def _folded(tag: str, value: str) -> list[str]:
    words = " ".join(value.split())
    lines = textwrap.wrap(words, WIDTH - 6, break_long_words=False, break_on_hyphens=False) or [""]
    return [f"{tag:<4}- {lines[0]}", *(f"      {line}" for line in lines[1:])]


def _values(record: Record) -> Iterator[tuple[str, str]]:
    csl, kind = record.csl, str(record.csl.get("type", ""))
    yield "PMID", csl.get("PMID", "")
    if not csl.get("PMID"):
        yield "OWN", "NOTNLM"
    title = _stopped(str(csl.get("title", "")))
    if kind == "book":
        yield "BTI", title
    else:
        yield "TI", title
    if csl.get("container-title"):
        yield ("BTI", _stopped(csl["container-title"])) if kind == "chapter" else (
            "JT", csl["container-title"]
        )  # fmt: skip
    yield from _people(csl)
    for field, tag in TEXTS.items():
        if csl.get(field):
            yield tag, str(csl[field])
    if csl.get("publisher-place") and csl.get("publisher"):
        yield "PL", csl["publisher-place"]
    yield from _numbers(csl)
    if kind in TYPES:
        yield "PT", TYPES[kind]


def _stopped(title: str) -> str:
    """A title ends in a full stop here, unless it has a sign of its own."""
    return title if title.endswith((".", "?", "!")) else f"{title}."


def _people(csl: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field, tag in (("author", "FAU"), ("editor", "FED")):
        for name in csl.get(field, ()):
            if "family" in name:
                yield tag, _name(name)
                yield tag[1:], _short_name(name)
            elif field == "author":
                yield "CN", name.get("literal", "")
        if field == "author" and csl.get("custom", {}).get("authors_truncated"):
            yield "FAU", "et al."


def _name(name: Mapping[str, str]) -> str:
    particles = (name.get("dropping-particle"), name.get("non-dropping-particle"))
    family = " ".join(part for part in (*particles, name["family"]) if part)
    given = f"{name.get('given', '')} {name.get('suffix', '')}".strip()
    return f"{family}, {given}" if given else f"{family},"


def _short_name(name: Mapping[str, str]) -> str:
    """`Doe JA`, as `AU` has it beside `FAU`."""
    given = name.get("given", "")
    initials = given if given.isupper() and len(given) < 5 else "".join(
        word[0].upper() for word in given.replace("-", " ").split() if word[0].isalpha()
    )  # fmt: skip
    parts = (name.get("non-dropping-particle"), name["family"], initials, name.get("suffix"))
    return " ".join(part for part in parts if part)


def _numbers(csl: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if csl.get("issued"):
        yield "DP", in_words(csl["issued"])
    if csl.get("page"):
        yield "PG", csl["page"]
    elif csl.get("number"):
        yield "LID", f"{csl['number']} [pii]"
    if csl.get("DOI"):
        yield "LID", f"{csl['DOI']} [doi]"
    for value in str(csl.get("ISSN", "")).split():
        yield "IS", value
    for value in str(csl.get("ISBN", "")).split():
        yield "ISBN", value


def _carried(record: Record) -> Iterator[str]:
    """What no field holds; of what names the work or its journal, what is not written anew."""
    csl = record.csl
    written = {"PT"} if str(csl.get("type")) in TYPES else set()
    written |= {"PL"} if csl.get("publisher") and csl.get("publisher-place") else set()
    written |= {"OWN"} if not csl.get("PMID") else set()
    written |= {"IS"} if csl.get("ISSN") else set()
    for tag, lines in nbib_lines(record.original):
        named = tag in ("LID", "AID") and (lines[0].endswith("[doi]") or tag == "LID")
        if tag not in OWN and tag not in written and not named:
            yield from lines
