"""A case document as codes: what it can be narrowed by, and what it is tied to. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from literature.searching.folding import is_chinese
from patients.derived import standing, with_block
from patients.document import CaseDocument
from patients.document.model import CitationData, TermData
from patients.searching.ages import bands_of
from patients.searching.codes import cites_code, key_code, word_code
from patients.searching.steps import Step
from patients.vocabulary import TREATMENTS, Category, LesionKind, Outcome, Patency

RESPONSES: Final = (
    Outcome.COMPLETE_REMISSION,
    Outcome.NO_EVIDENCE_OF_DISEASE,
    Outcome.PARTIAL_RESPONSE,
    Outcome.STABLE_DISEASE,
    Outcome.PROGRESSION,
)
"""What a report may say of a tumour's response, at any time of the course."""
ENGLISH, CHINESE = "en", "zh"
WITH_IMAGES: Final = "yes"


def codes_of(
    document: CaseDocument, listing: Mapping[str, Any], terms: Mapping[str, int]
) -> set[int]:
    """Every facet value of the case. `listing` has the columns of its listing."""
    codes = {
        key_code(facet, terms[slug]) for facet, slug in _term_values(document) if slug in terms
    }
    codes |= {word_code(facet, word) for facet, word in _word_values(document) if word}
    for facet in ("sex", "outcome"):
        if listing[facet]:
            codes.add(word_code(facet, listing[facet]))
    if listing["source_year"] is not None and listing["source_year"] > 0:
        codes.add(key_code("year", listing["source_year"]))
    return codes


def ties_of(
    document: CaseDocument, steps: Iterable[Step], references: Mapping[str, int]
) -> set[int]:
    """The references that are cited, and the kinds and terms of its events."""
    cited = {cites_code(references[citation.reference]) for citation in _citations(document)}
    return cited | {step.code for step in steps}


def _term_values(document: CaseDocument) -> Iterator[tuple[str, str]]:
    yield from _named("diagnosis", document.diagnosis)
    yield from _named("site", document.primary_site)
    for lesion in document.lesions:
        if lesion.kind == LesionKind.METASTASIS:
            yield from _named("metastasis", lesion.site)
    for finding in document.imaging_findings:
        if finding.patency and finding.patency != Patency.PATENT:
            yield from _named("vein", finding.site)
    for event in document.events:
        if event.category in TREATMENTS:
            yield from _named("treatment", event.term)
        if event.category == Category.DRUG:
            yield from _named("drug", event.term)


def _named(facet: str, term: TermData | None) -> Iterator[tuple[str, str]]:
    if term is not None:
        yield facet, term.slug


def _word_values(document: CaseDocument) -> Iterator[tuple[str, str]]:
    for event in document.events:
        if event.category in TREATMENTS:
            yield "treatment_kind", event.category
        if event.outcome in RESPONSES:
            yield "response", event.outcome
    for finding in document.imaging_findings:
        yield "modality", finding.modality
        if getattr(finding, "images", None):
            yield "images", WITH_IMAGES
    for band in bands_of(document.patient.age_low, document.patient.age_high):
        yield "age", band
    yield from derived_results(document)
    for language in languages_of(document):
        yield "language", language


def derived_results(document: CaseDocument) -> Iterator[tuple[str, str]]:
    """What follows by rule of response and of vessels, as facet and code of the result."""
    facets = {"recist_like": "derived_response", "vessel_course": "vein_course"}
    whole = with_block(document)
    for rule, facet in facets.items():
        for derived in standing(whole, rule):
            if derived.result:
                yield facet, derived.result


def languages_of(document: CaseDocument) -> list[str]:
    """The languages that the record can be read in: those of its title, summary and labels."""
    told = [document.title, document.summary]
    told += [text for event in document.events for text in (event.label, event.label_zh)]
    letters = {character for character in set("".join(told)) if character.isalpha()}
    found = []
    if any(character.isascii() for text in (document.title, document.summary)
           for character in text if character.isalpha()):  # fmt: skip
        found.append(ENGLISH)
    if any(is_chinese(character) for character in letters):
        found.append(CHINESE)
    return found


def _citations(document: CaseDocument) -> Iterator[CitationData]:
    yield from document.citations
    for event in document.events:
        yield from event.citations
    for finding in document.imaging_findings:
        yield from finding.citations
