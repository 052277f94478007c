"""Fields on their own: words of closed lists, lengths, numbers, what goes with which category."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from django.db.models import Model

from literature.models.source_text import Depth
from literature.quotes.states import QuoteState
from patients import vocabulary
from patients.document.model import (
    CaseDocument,
    CitationData,
    DrugData,
    EventData,
    FindingData,
    LesionData,
    PathologyData,
    ProcedureData,
    ResultData,
    TermData,
)
from patients.loading.checking.numbers import number, numbers
from patients.loading.problems import Problem, shown
from patients.models import (
    Case,
    Citation,
    Event,
    ImagingFinding,
    LaboratoryResult,
    Lesion,
    Term,
)
from patients.models.event import MAX_MARKERS

SMALL, WHOLE = 32_767, 2_147_483_647
"""The largest numbers of the two kinds of whole-number columns."""
LARGEST_MM: Final = 2_000
COUNTRY_RE = re.compile("([A-Z]{2})?")
SLUG_RE = re.compile(r"[-a-zA-Z0-9_]{1,80}")


def _limits(model: type[Model], *fields: str) -> tuple[tuple[str, int], ...]:
    """The most characters of each field, as the model has it."""
    kept = {each.name: each.max_length or 0 for each in model._meta.concrete_fields}
    return tuple((name, kept[name]) for name in fields)


OF_CASE = _limits(Case, "title", "summary")
OF_EVENT = _limits(Event, "label", "label_zh", "detail")
OF_DRUG = _limits(Event, "dose_unit", "route", "frequency", "brand")
OF_PROCEDURE = _limits(Event, "approach", "device", "agent")
OF_FINDING = _limits(ImagingFinding, "description", "enhancement")
OF_LESION = _limits(Lesion, "label", "label_zh")
OF_RESULT = _limits(LaboratoryResult, "analyte", "unit", "note")
OF_CITATION = _limits(Citation, "note", "quote", "locator")
OF_TERM = _limits(Term, "display", "display_zh", "system", "code")
((_, OF_WORDS),) = _limits(Event, "start_reported_as")

CATEGORIES = frozenset(vocabulary.Category.values)
OUTCOMES = frozenset(["", *vocabulary.Outcome.values])
MODALITIES = frozenset(["", *vocabulary.Modality.values])
CHANGES = frozenset(["", *vocabulary.Change.values])
PATENCIES = frozenset(["", *vocabulary.Patency.values])
KINDS = frozenset(vocabulary.LesionKind.values)
MULTIPLICITIES = frozenset(["", *vocabulary.Multiplicity.values])
DIMENSIONS = frozenset(vocabulary.Dimension.values)
COMPARATORS = frozenset(["", *vocabulary.Comparator.values])
ROLES = frozenset(vocabulary.Role.values)
DEPTHS = frozenset(["", *vocabulary.QuoteDepth.values])
STATES = frozenset(["", *QuoteState.values])
FOUND_AT = frozenset(["", *Depth.values])
LONGEST_SHORT: Final = 5_000
GRADES = frozenset(["", *vocabulary.Grade.values])
MARKERS = frozenset(vocabulary.MarkerResult.values)
SEXES = frozenset(["", *vocabulary.Sex.values])
OF_DRUGS, OF_PROCEDURES = {"drug"}, {"surgery", "intervention"}
OF_PATHOLOGY, OF_OUTCOMES = {"pathology", "diagnosis"}, {"outcome", "follow_up"}


def values(document: CaseDocument) -> list[Problem]:
    found: list[Problem] = []
    found += _texts("", document, OF_CASE)
    if not document.title:
        found.append(Problem("title", "is empty"))
    found += _known("patient.sex", document.patient.sex, SEXES)
    if COUNTRY_RE.fullmatch(document.patient.country) is None:
        found.append(Problem("patient.country", "is two capital letters (ISO 3166-1), or empty"))
    found += _term("diagnosis", document.diagnosis)
    found += _term("primary_site", document.primary_site)
    for index, event in enumerate(document.events):
        found += _event(f"events[{index}]", event)
    for index, finding in enumerate(document.imaging_findings):
        found += _finding(f"imaging_findings[{index}]", finding)
    for index, lesion in enumerate(document.lesions):
        found += _lesion(f"lesions[{index}]", lesion)
    found += _citations("citations", document.citations)
    return found


def _event(path: str, event: EventData) -> Iterator[Problem]:
    yield from _texts(path, event, OF_EVENT)
    if not event.label:
        yield Problem(f"{path}.label", "is empty")
    yield from _known(f"{path}.category", event.category, CATEGORIES)
    yield from _known(f"{path}.outcome", event.outcome, OUTCOMES)
    yield from _term(f"{path}.term", event.term)
    yield from _term(f"{path}.site", event.site)
    time = event.time
    for name, end in (("start", time.start), ("end", time.end), ("duration", time.duration)):
        if end is not None and len(end.reported_as) > OF_WORDS:
            yield _too_long(f"{path}.time.{name}.reported_as", len(end.reported_as), OF_WORDS)
    yield from _only_of(path, "outcome", event.outcome, event.category, OF_OUTCOMES)
    yield from _only_of(path, "drug", event.drug, event.category, OF_DRUGS)
    yield from _only_of(path, "procedure", event.procedure, event.category, OF_PROCEDURES)
    yield from _only_of(path, "pathology", event.pathology, event.category, OF_PATHOLOGY)
    if event.drug is not None:
        yield from _drug(f"{path}.drug", event.drug)
    if event.procedure is not None:
        yield from _procedure(f"{path}.procedure", event.procedure)
    if event.pathology is not None:
        yield from _pathology(f"{path}.pathology", event.pathology)
    for index, result in enumerate(event.results):
        yield from _result(f"{path}.results[{index}]", result)
    yield from _citations(f"{path}.citations", event.citations)


def _drug(path: str, drug: DrugData) -> Iterator[Problem]:
    yield from _texts(path, drug, OF_DRUG)
    yield from number(f"{path}.dose", drug.dose, 7, 3)
    if drug.dose and not drug.dose_unit:
        yield Problem(f"{path}.dose_unit", "is empty, but there is a dose")
    if drug.dose and not drug.dose.strip("0."):
        yield Problem(f"{path}.dose", "is not above zero")
    times, days = drug.frequency_times, drug.frequency_days
    if (times is None) != (days is None) or not all(
        each is None or 1 <= each <= SMALL for each in (times, days)
    ):
        yield Problem(f"{path}.frequency_times", "says how many times in how many days, from 1 on")


def _procedure(path: str, procedure: ProcedureData) -> Iterator[Problem]:
    yield from _texts(path, procedure, OF_PROCEDURE)
    low, high = procedure.device_low_um, procedure.device_high_um
    if (low is None) != (high is None) or (
        low is not None and high is not None and not 0 <= low <= high <= WHOLE
    ):
        yield Problem(f"{path}.device_low_um", "a size has two ends, the small one first")


def _pathology(path: str, pathology: PathologyData) -> Iterator[Problem]:
    yield from _known(f"{path}.grade", pathology.grade, GRADES)
    yield from numbers(path, pathology, "ki67_low", "ki67_high", 3, 3, most=100)
    yield from number(f"{path}.mitoses", pathology.mitoses, 7, 3)
    if bool(pathology.mitoses) != bool(pathology.mitoses_per) or len(pathology.mitoses_per) > 20:
        yield Problem(f"{path}.mitoses_per", "a count says per what, in at most 20 characters")
    if len(pathology.markers) > MAX_MARKERS:
        yield Problem(f"{path}.markers", f"at most {MAX_MARKERS}")
    for index, marker in enumerate(pathology.markers):
        yield from _known(f"{path}.markers[{index}].result", marker.result, MARKERS)
        if not 1 <= len(marker.marker) <= 100:
            yield Problem(f"{path}.markers[{index}].marker", "has 1 to 100 characters")


def _result(path: str, result: ResultData) -> Iterator[Problem]:
    yield from _texts(path, result, OF_RESULT)
    yield from _known(f"{path}.comparator", result.comparator, COMPARATORS)
    yield from _term(f"{path}.term", result.term)
    if not result.analyte:
        yield Problem(f"{path}.analyte", "is empty")
    if not result.value:
        yield Problem(f"{path}.value", "is empty")
    yield from number(f"{path}.value", result.value, 10, 4, signed=True)
    yield from numbers(path, result, "reference_low", "reference_high", 10, 4, signed=True,
                        both=False)  # fmt: skip


def _finding(path: str, finding: FindingData) -> Iterator[Problem]:
    yield from _texts(path, finding, OF_FINDING)
    yield from _known(f"{path}.modality", finding.modality, MODALITIES)
    yield from _known(f"{path}.change", finding.change, CHANGES)
    yield from _known(f"{path}.patency", finding.patency, PATENCIES)
    yield from _term(f"{path}.site", finding.site)
    for index, size in enumerate(finding.measurements):
        below = f"{path}.measurements[{index}]"
        yield from _known(f"{below}.dimension", size.dimension, DIMENSIONS)
        if not size.low_mm:
            yield Problem(f"{below}.low_mm", "is empty")
        yield from numbers(below, size, "low_mm", "high_mm", 6, 1, most=LARGEST_MM)
    yield from _citations(f"{path}.citations", finding.citations)


def _lesion(path: str, lesion: LesionData) -> Iterator[Problem]:
    yield from _texts(path, lesion, OF_LESION)
    if not lesion.label:
        yield Problem(f"{path}.label", "is empty")
    yield from _known(f"{path}.kind", lesion.kind, KINDS)
    yield from _known(f"{path}.multiplicity", lesion.multiplicity, MULTIPLICITIES)
    yield from _term(f"{path}.site", lesion.site)


def _citations(path: str, citations: list[CitationData]) -> Iterator[Problem]:
    for index, citation in enumerate(citations):
        if citation.role not in ROLES or citation.note or citation.quote or citation.locator:
            here = f"{path}[{index}]"
            yield from _texts(here, citation, OF_CITATION)
            yield from _known(f"{here}.role", citation.role, ROLES)
        if citation.quote_depth not in DEPTHS or (citation.quote_depth and not citation.quote):
            yield Problem(f"{path}[{index}].quote_depth", "says where a quote was taken from")
        yield from _found(f"{path}[{index}]", citation)
        if citation.number is not None and not 0 <= citation.number <= WHOLE:
            yield Problem(f"{path}[{index}].number", "is no place in a list")


def _found(path: str, citation: CitationData) -> Iterator[Problem]:
    """What the check of the quote found where the document comes from."""
    if citation.quote_state not in STATES or (citation.quote_state and not citation.quote):
        yield Problem(f"{path}.quote_state", "says what was found of a quote")
    if citation.quote_found_at not in FOUND_AT:
        yield Problem(f"{path}.quote_found_at", "says in which text a quote was found")
    if citation.found_in is not None and len(citation.found_in.short) > LONGEST_SHORT:
        length = len(citation.found_in.short)
        yield _too_long(f"{path}.found_in.short", length, LONGEST_SHORT)


def _term(path: str, term: TermData | None) -> Iterator[Problem]:
    if term is None:
        return
    if SLUG_RE.fullmatch(term.slug) is None:
        yield Problem(f"{path}.slug", f"{shown(term.slug)} is none: up to 80 letters, digits, -, _")
    if not term.display:
        yield Problem(f"{path}.display", "is empty")
    if bool(term.system) != bool(term.code):
        yield Problem(f"{path}.code", "comes together with its system")
    yield from _texts(path, term, OF_TERM)


def _texts(path: str, part: Any, limits: tuple[tuple[str, int], ...]) -> Iterator[Problem]:
    for name, most in limits:
        if len(getattr(part, name)) > most:
            yield _too_long(f"{path}.{name}".lstrip("."), len(getattr(part, name)), most)


def _too_long(path: str, length: int, most: int) -> Problem:
    return Problem(path, f"has {length} characters; at most {most} are kept")


def _known(path: str, value: str, allowed: frozenset[str]) -> Iterator[Problem]:
    if value not in allowed:
        words = ", ".join(sorted(allowed - {""}))
        yield Problem(path, f"{shown(value)} is not one of {words}")


def _only_of(
    path: str, name: str, part: Any, category: str, allowed: set[str]
) -> Iterator[Problem]:
    if part and category not in allowed:
        yield Problem(f"{path}.{name}", f"does not go with {shown(category)}")
