"""The fields of one BibTeX or biblatex entry to a record."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bibtexparser.middlewares.names import (
    parse_single_name_into_parts,
    split_multiple_persons_names,
)

from literature.importers.draft import Draft, doi_of_link
from literature.importers.languages import language_tag
from literature.importers.latex import plain
from literature.importers.limits import MAX_ABSTRACT, MAX_NAMES
from literature.importers.names import group, is_et_al, person

TYPES = {
    "article": "article-journal", "suppperiodical": "article-journal", "book": "book",
    "booklet": "book", "mvbook": "book", "collection": "book", "mvcollection": "book",
    "proceedings": "book", "mvproceedings": "book", "reference": "book", "inbook": "chapter",
    "bookinbook": "chapter", "incollection": "chapter", "suppbook": "chapter",
    "inproceedings": "paper-conference", "conference": "paper-conference",
    "inreference": "entry-encyclopedia", "manual": "report", "mastersthesis": "thesis",
    "phdthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report",
    "misc": "document", "online": "webpage", "electronic": "webpage", "www": "webpage",
    "unpublished": "article", "preprint": "article", "dataset": "dataset",
    "software": "software", "standard": "standard", "review": "review",
}  # fmt: skip
SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
TEXTS = {
    "volume": "volume", "edition": "edition", "publisher": "publisher",
    "school": "publisher", "institution": "publisher", "organization": "publisher",
    "address": "publisher-place", "location": "publisher-place", "version": "version",
    "shortjournal": "container-title-short", "eventtitle": "event-title", "type": "genre",
}  # fmt: skip
PEOPLE = {"author": "author", "editor": "editor", "translator": "translator",
          "bookauthor": "container-author"}  # fmt: skip
THESES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}
WITH_ISSUE = {"article-journal", "article-magazine", "article-newspaper", "review"}
_LINK = re.compile(r"https?://[^\s{}]+")
_ESCAPED = re.compile(r"\\([%_&#$~{}])")

Fields = Mapping[str, str]


def entry_draft(kind: str, fields: Fields) -> Draft:
    """`fields` have lower-case names and unfolded values, still with their LaTeX."""
    draft = Draft()
    known = SUBTYPES.get(fields.get("entrysubtype", "").strip().lower()) or TYPES.get(kind)
    draft.put_type(known, kind, "type")
    _titles(draft, fields)
    for name, field in PEOPLE.items():
        _people(draft, field, fields.get(name, ""))
    for name, field in TEXTS.items():
        draft.put(field, plain(fields.get(name, "")))
    draft.put("genre", THESES.get(kind, ""))
    _numbers(draft, fields)
    _dates(draft, fields)
    draft.put_pages(plain(fields.get("pages", "") or fields.get("eid", "")))
    _identifiers(draft, fields)
    language = fields.get("language", "") or fields.get("langid", "")
    draft.put("language", language_tag(plain(language)))
    if len(abstract := fields.get("abstract", "")) <= MAX_ABSTRACT:
        abstract = plain(abstract)
    draft.put_text("", abstract)
    draft.add_note(plain(fields.get("note", "")))
    return draft


def _titles(draft: Draft, fields: Fields) -> None:
    title, subtitle = plain(fields.get("title", "")), plain(fields.get("subtitle", ""))
    draft.put("title", f"{title}: {subtitle}" if title and subtitle else title or subtitle)
    for name in ("journaltitle", "journal", "booktitle", "maintitle"):
        draft.put("container-title", plain(fields.get(name, "")))


def _people(draft: Draft, field: str, printed: str) -> None:
    if not printed.strip():
        return
    names = split_multiple_persons_names(printed)
    if len(names) > MAX_NAMES:
        draft.fail(field, f"has more than {MAX_NAMES:,} names")
        return
    for name in names:
        if is_et_al(name):
            draft.truncate_authors()
        elif read := _name(name):
            draft.put_names(field, [read])


def _name(name: str) -> dict[str, str]:
    name = name.strip()
    if _is_braced(name):
        return group(plain(name))
    parts = parse_single_name_into_parts(name, strict=False)
    last, given, suffix, particle = (
        " ".join(plain(" ".join(words)).split())
        for words in (parts.last, parts.first, parts.jr, parts.von)
    )
    if last and not (given or suffix or particle):
        return group(last)
    if not last:
        return group(plain(name)) if plain(name).strip() else {}
    return person(last, given, suffix, particle)


def _is_braced(name: str) -> bool:
    """Whether one pair of braces holds the whole name, and it is not only an accent (`{\\'E}`)."""
    if not (name.startswith("{") and name.endswith("}")) or name.startswith("{\\"):
        return False
    depth = 0
    for place, char in enumerate(name):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return place == len(name) - 1
    return False


def _numbers(draft: Draft, fields: Fields) -> None:
    number, issue = plain(fields.get("number", "")), plain(fields.get("issue", ""))
    if draft.csl["type"] in WITH_ISSUE:
        draft.put("issue", number or issue)
    else:
        draft.put("number", number)
        draft.put("issue", issue)
    for name, field in (("isbn", "ISBN"), ("issn", "ISSN")):
        if value := re.sub(r"[,;]", " ", plain(fields.get(name, ""))).strip():
            draft.add_to(field, value)


def _dates(draft: Draft, fields: Fields) -> None:
    draft.put_date("issued", plain(fields.get("date", "")))
    year, month, day = (plain(fields.get(name, "")) for name in ("year", "month", "day"))
    if month.strip().isdecimal():
        draft.put_date("issued", "-".join(part.strip() for part in (year, month, day) if part))
    else:
        draft.put_date("issued", f"{year} {month} {day}".strip())
    draft.put_date("accessed", plain(fields.get("urldate", "")))


def _identifiers(draft: Draft, fields: Fields) -> None:
    draft.put_identifier("DOI", _address(fields.get("doi", "")))
    address = _address(fields.get("url", ""))
    found = _LINK.search(address)
    draft.put_url(found.group() if found else address)
    for name in ("howpublished", "note"):
        found = _LINK.search(_address(fields.get(name, "")))
        if found and "URL" not in draft.csl and _is_its_own(draft, found.group()):
            draft.put_url(found.group())
    kind = fields.get("eprinttype", fields.get("archiveprefix", "")).strip().lower()
    if kind in ("pubmed", "pmid"):
        draft.put_identifier("PMID", _address(fields.get("eprint", "")))
    for name, field in (("pmid", "PMID"), ("pmcid", "PMCID"), ("pmc", "PMCID")):
        value = _address(fields.get(name, ""))
        draft.put_identifier(
            field, f"PMC{value}" if name[:3] == "pmc" and value.isdecimal() else value
        )


def _is_its_own(draft: Draft, address: str) -> bool:
    """Whether an address in a remark is where the work itself is."""
    return bool(doi_of_link(address)) or draft.csl["type"] in ("webpage", "document")


def _address(value: str) -> str:
    """An address or identifier: escapes undone, nothing else touched."""
    value = value.strip()
    if value.startswith("\\url{") and value.endswith("}"):
        value = value[5:-1]
    return _ESCAPED.sub(r"\1", value).strip("{} \n\t")
