"""The words to find a case by, in four weights, cut as the index keeps them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from literature.searching.tokens import MAX_INDEXED, indexed
from patients.document import CaseDocument
from patients.document.model import EventData, TermData
from patients.searching.concepts import concept

VECTOR_SQL: Final = " || ".join(
    f"setweight(to_tsvector('pg_catalog.english', %s), '{weight}')" for weight in "ABCD"
)
"""The vector of the four texts, in their order."""
_WORD: Final = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]{4,60}")
MAX_KNOWN: Final = 3000
"""Words of one case that spelling is taken from."""
SHORT: Final = 250
"""Characters of a text that may come again in the next case, such as the title of a work."""
_indexed_before = lru_cache(maxsize=30_000)(indexed)


@dataclass(frozen=True, slots=True)
class SearchTexts:
    """Title and diagnosis; terms and events; what is told of them; the titles of what is cited.

    Each is made of words and pairs of Chinese characters with spaces between."""

    a: str
    b: str
    c: str
    d: str

    def as_tuple(self) -> tuple[str, str, str, str]:
        return self.a, self.b, self.c, self.d


def search_texts(document: CaseDocument) -> SearchTexts:
    return SearchTexts(
        a=_weight([document.title], [document.diagnosis]),
        b=_weight(_named(document), _terms(document)),
        c=_weight(_told(document), []),
        d=_weight([reference.title for reference in document.references], []),
    )


def _weight(texts: list[str], terms: list[TermData | None]) -> str:
    known = {term.slug: term for term in terms if term is not None}
    names = [name for term in known.values() for name in (term.display, term.display_zh, term.code)]
    told = dict.fromkeys(text for text in (*texts, *names) if text)
    parts = [*_cut(list(told)), *(concept(slug) for slug in known)]
    return " ".join(part for part in parts if part)


def _cut(texts: list[str]) -> Iterator[str]:
    """One after the other as if they were one text, of which so much is indexed and no more."""
    if sum(map(len, texts)) + 2 * len(texts) > MAX_INDEXED:
        yield indexed(" \n".join(texts))
        return
    for text in texts:
        yield _indexed_before(text) if len(text) <= SHORT else indexed(text)


def _terms(document: CaseDocument) -> list[TermData | None]:
    terms = [document.primary_site]
    for event in document.events:
        terms += [event.term, event.site, *(result.term for result in event.results)]
    terms += [finding.site for finding in document.imaging_findings]
    terms += [lesion.site for lesion in document.lesions]
    return terms


def _named(document: CaseDocument) -> list[str]:
    labels = [text for event in document.events for text in (event.label, event.label_zh)]
    return labels + [text for row in document.lesions for text in (row.label, row.label_zh)]


def _told(document: CaseDocument) -> list[str]:
    told = [document.summary]
    for event in document.events:
        told += _told_of(event)
    for finding in document.imaging_findings:
        told += [finding.description, finding.enhancement]
    return told


def _told_of(event: EventData) -> Iterator[str]:
    yield event.detail
    if event.drug:
        yield event.drug.brand
    if event.procedure:
        yield from (event.procedure.approach, event.procedure.device, event.procedure.agent)
    for result in event.results:
        yield from (result.analyte, result.note)
    if event.pathology:
        yield from (marker.marker for marker in event.pathology.markers)


def spelled_words(document: CaseDocument) -> list[str]:
    """The words of a case as they are spelt there, in small letters; Chinese is left out."""
    told = [document.title, *_named(document), *_told(document)]
    told += [term.display for term in _terms(document) + [document.diagnosis] if term]
    told += [reference.title for reference in document.references]
    found = set(_WORD.findall("\n".join(told).lower()))
    return sorted(found)[:MAX_KNOWN]
