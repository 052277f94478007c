"""What a case document holds of a cited work, as CSL again, as far as it carries.

A document keeps a work in short: at most six authors as printed, and the place of publication in
words. What cannot be read back from the words without guessing is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError

from literature.csl import normalise_csl
from literature.models.notice import NoticeKind, NoticeSource
from literature.models.reference import StudyDesign
from literature.wording import authors_words, short_citation, where_published, year_of
from patients.document.model import ReferenceData
from patients.loading.problems import BadLineError, Problem

ET_AL: Final = ", et al."
NOTICES, SOURCES = frozenset(NoticeKind.values), frozenset(NoticeSource.values)
DESIGNS = frozenset(["", *StudyDesign.values])
SUFFIXES: Final = frozenset({"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"})
SAME: Final = {"DOI": "doi", "PMID": "pmid", "PMCID": "pmcid", "title": "title"}
"""Fields of a CSL record that must say what the document says."""
_PLACE = re.compile(
    r"(?:;(?P<volume>[^(:;]*)(?:\((?P<issue>[^)]*)\))?)?(?::(?P<page>.+)|, pages (?P<pages>.+))?"
)


def csl_of(work: ReferenceData, given: Mapping[str, Any] | None) -> dict[str, Any]:
    """The record to keep: `given` where the line has one, else what the document carries.

    Raises BadLineError with paths inside of the reference.
    """
    if work.study_design not in DESIGNS:
        raise BadLineError([Problem("study_design", "is no design of a study that is known here")])
    for notice in work.notices:
        if notice.kind not in NOTICES or not SOURCES.issuperset(notice.sources) or (
            not notice.sources
        ):  # fmt: skip
            raise BadLineError([Problem("notices", "are of no kind or source that is known here")])
    try:
        csl = normalise_csl(dict(given) if given is not None else carried(work))
    except ValidationError as error:
        told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        raise BadLineError(
            Problem(field, message) for field, messages in told.items() for message in messages
        ) from None
    differing = [field for field, name in SAME.items() if csl.get(field, "") != getattr(work, name)]
    if year_of(csl) != work.year:
        differing.append("issued")
    if differing:
        raise BadLineError(Problem(field, "is not what the document says") for field in differing)
    return csl


def in_short(csl: Mapping[str, Any], work: ReferenceData) -> ReferenceData:
    """What documents tell of `csl`, under the id of `work` and with its notices: words are made
    here, whatever the line says they are."""
    record = dict(csl)
    return ReferenceData(
        number=0, id=work.id, type=record["type"], authors=authors_words(record),
        title=record["title"], container_title=record.get("container-title", ""),
        published=where_published(record), year=year_of(record), doi=record.get("DOI", ""),
        pmid=record.get("PMID", ""), pmcid=record.get("PMCID", ""),
        study_design=work.study_design, short=short_citation(record), notices=work.notices,
    )  # fmt: skip


def carried(work: ReferenceData) -> dict[str, Any]:
    """The document's words as a record that prints the same words."""
    csl: dict[str, Any] = {
        "type": work.type, "title": work.title, "container-title": work.container_title,
        "DOI": work.doi, "PMID": work.pmid, "PMCID": work.pmcid,
    }  # fmt: skip
    if work.year is not None:
        csl["issued"] = {"date-parts": [[work.year]]}
    csl |= _authors(work) | _place(work)
    return {field: value for field, value in csl.items() if value}


def _authors(work: ReferenceData) -> dict[str, Any]:
    """Names as they were printed. Family names are known only of those in the short citation."""
    if not work.authors:
        return {}
    printed = work.authors.removesuffix(ET_AL)
    names, families = printed.split(", "), _families(work)
    authors: list[dict[str, str]] = []
    for name in names:
        if name in SUFFIXES and authors:
            authors[-1]["suffix"] = name
        else:
            place = len(authors)
            authors.append(_split(name, families[place] if place < len(families) else ""))
    more = {"custom": {"authors_truncated": True}} if printed != work.authors else {}
    csl = {"title": work.title, "author": authors, **more}
    if work.year is not None:
        csl["issued"] = {"date-parts": [[work.year]]}
    if authors_words(csl) == work.authors and short_citation(csl) == work.short:
        return {"author": authors, **more}
    return {"author": [{"literal": name} for name in names], **more}


def _families(work: ReferenceData) -> list[str]:
    short = work.short.removesuffix(f" {work.year}").removesuffix(" et al.")
    return short.split(" and ")


def _split(name: str, family: str) -> dict[str, str]:
    if family and name.startswith(f"{family} "):
        return {"family": family, "given": name.removeprefix(f"{family} ")}
    return {"literal": name}


def _place(work: ReferenceData) -> dict[str, Any]:
    """Volume, issue and pages, where the words can be taken apart and put together again."""
    year = f" {work.year}" if work.year is not None else ""
    found = _PLACE.fullmatch(work.published.removeprefix(f"{work.container_title}{year}".strip()))
    if found is None:
        return {}
    pages = (found["page"] or found["pages"] or "").replace("–", "-")
    told = {"volume": found["volume"], "issue": found["issue"], "page": pages}
    place = {field: value for field, value in told.items() if value}
    csl = {**place, "container-title": work.container_title}
    if work.year is not None:
        csl["issued"] = {"date-parts": [[work.year]]}
    return place if where_published(csl) == work.published else {}
