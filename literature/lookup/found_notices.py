"""Retractions, corrections and the like that a record names. Pure.

Sources: Crossref's `updated-by`, `update-to` and `relation` of a work; PubMed's publication types
and `CommentsCorrections` (NLM, "MEDLINE/PubMed XML Element Descriptions").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from literature.identifiers import normalise_doi, normalise_pmid
from literature.lookup.checked_json import checked_json
from literature.models.notice import NoticeKind, NoticeSource

_CROSSREF_TYPES = {
    "retraction": NoticeKind.RETRACTION,
    "withdrawal": NoticeKind.RETRACTION,
    "removal": NoticeKind.RETRACTION,
    "partial_retraction": NoticeKind.PARTIAL_RETRACTION,
    "expression_of_concern": NoticeKind.CONCERN,
    "correction": NoticeKind.CORRECTION,
    "corrigendum": NoticeKind.CORRECTION,
    "erratum": NoticeKind.ERRATUM,
}
"""Types of updates that say something against what was printed; a new version does not."""
_CROSSREF_RELATIONS = {
    "is-retracted-by": NoticeKind.RETRACTION,
    "is-corrected-by": NoticeKind.CORRECTION,
}
_PUBMED_IN = {
    "RetractionIn": NoticeKind.RETRACTION,
    "PartialRetractionIn": NoticeKind.PARTIAL_RETRACTION,
    "RetractedandRepublishedIn": NoticeKind.REPUBLISHED,
    "ExpressionOfConcernIn": NoticeKind.CONCERN,
    "CorrectedandRepublishedIn": NoticeKind.CORRECTION,
    "ErratumIn": NoticeKind.ERRATUM,
}
_PUBMED_OF = {
    "RetractionOf": NoticeKind.RETRACTION,
    "PartialRetractionOf": NoticeKind.PARTIAL_RETRACTION,
    "RetractedandRepublishedFrom": NoticeKind.REPUBLISHED,
    "ExpressionOfConcernFor": NoticeKind.CONCERN,
    "CorrectedandRepublishedFrom": NoticeKind.CORRECTION,
    "ErratumFor": NoticeKind.ERRATUM,
}
_RETRACTED_TYPE = "Retracted Publication"
_NBIB_IN = {
    "RIN ": NoticeKind.RETRACTION,
    "PRIN": NoticeKind.PARTIAL_RETRACTION,
    "RRI ": NoticeKind.REPUBLISHED,
    "ECI ": NoticeKind.CONCERN,
    "CRI ": NoticeKind.CORRECTION,
    "EIN ": NoticeKind.ERRATUM,
}
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_DOI_IN_WORDS = re.compile(r"\bdoi:?\s*(10\.[0-9]{4,9}[0-9.]*/\S+)", re.IGNORECASE)
_PMID_IN_WORDS = re.compile(r"\bPMID:\s*([0-9]{1,9})\b")


@dataclass(frozen=True, slots=True)
class FoundNotice:
    """A notice that a source names. `doi` and `pmid` are the notice's own; either may be empty."""

    kind: NoticeKind
    source: NoticeSource
    doi: str = ""
    pmid: str = ""
    year: int | None = None
    note: str = ""
    about_doi: str = ""
    about_pmid: str = ""
    """The work it is about, where the record is the notice itself; else both are empty."""


def notices_of(format: str, original: str) -> tuple[FoundNotice, ...]:
    """What a record says of itself and others. `format` is that of `original`: `crossref`,
    `pubmed-xml` or `nbib`; of any other, and of what cannot be read, nothing is known."""
    try:
        match format:
            case "crossref":
                found = list(_of_crossref(checked_json(original.encode("utf-8", "replace"))))
            case "pubmed-xml":
                found = list(_of_pubmed(fromstring(original)))
            case "nbib":
                found = list(_of_nbib(original))
            case _:
                found = []
    except (ValueError, ParseError, DefusedXmlException):
        return ()
    return _each_once(found)


def _each_once(found: list[FoundNotice]) -> tuple[FoundNotice, ...]:
    """Each once: a source often has one from the publisher and the same from elsewhere. That a
    work was retracted, without saying where, goes where another one says it."""
    unique = {(one.kind, one.doi, one.pmid, one.about_doi, one.about_pmid): one for one in found}
    named = {one.kind for one in unique.values() if one.doi or one.pmid or one.note}
    if named & {NoticeKind.RETRACTION, NoticeKind.REPUBLISHED}:
        named.add(NoticeKind.RETRACTION)
    return tuple(
        one for one in unique.values() if one.doi or one.pmid or one.note or one.kind not in named
    )


def _of_crossref(record: Any) -> Iterator[FoundNotice]:
    if not isinstance(record, dict):
        return
    source = NoticeSource.CROSSREF
    for update in _dicts(record.get("updated-by")):
        kind = _CROSSREF_TYPES.get(_type_of(update))
        doi = _doi(update.get("DOI"))
        if kind and doi and doi != _doi(record.get("DOI")):
            yield FoundNotice(kind, source, doi=doi, year=_updated(update))
        elif kind:
            # Some publishers put the notice in the place of the work, under its own DOI.
            yield FoundNotice(kind, source, year=_updated(update), note=_label(update))
    for name, kind in _CROSSREF_RELATIONS.items():
        relations = record.get("relation")
        for other in _dicts(relations.get(name) if isinstance(relations, dict) else None):
            if other.get("id-type") == "doi" and (doi := _doi(other.get("id"))):
                yield FoundNotice(kind, source, doi=doi)
    own = _doi(record.get("DOI"))
    for update in _dicts(record.get("update-to")):
        kind, about = _CROSSREF_TYPES.get(_type_of(update)), _doi(update.get("DOI"))
        if kind and about and own and about != own:
            yield FoundNotice(kind, source, doi=own, year=_updated(update), about_doi=about)


def _of_pubmed(element: Element) -> Iterator[FoundNotice]:
    source = NoticeSource.PUBMED
    citation = element if element.tag == "MedlineCitation" else element.find(".//MedlineCitation")
    if citation is None:
        return
    own = _pmid(citation.findtext("PMID"))
    types = [found.text for found in citation.iterfind("Article/PublicationTypeList/*")]
    if _RETRACTED_TYPE in types:
        yield FoundNotice(NoticeKind.RETRACTION, source)
    for link in citation.iterfind("CommentsCorrectionsList/CommentsCorrections"):
        ref_type, other = link.get("RefType", ""), _pmid(link.findtext("PMID"))
        words = " ".join((link.findtext("RefSource") or "").split())
        if kind := _PUBMED_IN.get(ref_type):
            yield _in_words(kind, words, other)
        elif (kind := _PUBMED_OF.get(ref_type)) and other and own:
            yield FoundNotice(kind, source, pmid=own, about_pmid=other)


def _of_nbib(original: str) -> Iterator[FoundNotice]:
    """`RIN - Lancet. 2010 Feb 6;375(9713):445. PMID: 20137807`, wrapped lines joined."""
    for line in re.sub(r"\r?\n {6}", " ", original).splitlines():
        tag, value = line[:4], line[6:].strip()
        if tag == "PT  " and value == _RETRACTED_TYPE:
            yield FoundNotice(NoticeKind.RETRACTION, NoticeSource.PUBMED)
        elif kind := _NBIB_IN.get(tag):
            pmid = _PMID_IN_WORDS.search(value)
            yield _in_words(kind, value, _pmid(pmid[1]) if pmid else "")


def _in_words(kind: NoticeKind, words: str, pmid: str) -> FoundNotice:
    """A notice that PubMed tells in words, such as `Lancet. 2010 Feb 6;375(9713):445`."""
    year, doi = _YEAR.search(words), _DOI_IN_WORDS.search(words)
    return FoundNotice(
        kind,
        NoticeSource.PUBMED,
        doi=_doi(doi[1].rstrip(".,;")) if doi else "",
        pmid=pmid,
        year=int(year[1]) if year else None,
        note=words[:500],
    )


def _type_of(update: dict[str, Any]) -> str:
    return re.sub(r"[\s-]+", "_", str(update.get("type") or "").strip().lower())


def _label(update: dict[str, Any]) -> str:
    return " ".join(str(update.get("label") or update.get("type") or "").split())[:500]


def _updated(update: dict[str, Any]) -> int | None:
    date = update.get("updated")
    parts = date.get("date-parts") if isinstance(date, dict) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    year = first[0] if isinstance(first, list) and first else None
    return year if isinstance(year, int) and 1000 <= year <= 2100 else None


def _dicts(values: Any) -> list[dict[str, Any]]:
    return [one for one in values if isinstance(one, dict)] if isinstance(values, list) else []


def _doi(value: Any) -> str:
    try:
        return normalise_doi(str(value or ""))
    except ValueError:
        return ""


def _pmid(value: Any) -> str:
    try:
        return normalise_pmid(str(value or ""))
    except ValueError:
        return ""
