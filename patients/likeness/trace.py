"""What tells one patient from another in two reports, and whether two cases may be of one. Pure.

That two reports tell of one patient is never certain from the records: a person decides. It is
asked where the reports share an author, sex and age are reported and agree, and sizes, laboratory
values or findings are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from patients.document import CaseDocument
from patients.likeness.features import features_of
from patients.likeness.model import Named
from patients.likeness.words import in_text, listed
from patients.vocabulary import Dimension, LesionKind, Sex

RULES: Final = 1
"""One more whenever what is made of a document changes: all cases are then looked at anew."""
MOST_AUTHORS: Final = 30
WIDEST_BAND: Final = 9
"""Years: an age that is told less closely says too little."""
YEARS_APART: Final = 1
"""A birthday may lie between the days from which two reports count."""
WORTH_ASKING: Final = 7
"""One author, the same age in years, one size, and two of diagnosis and findings."""


@dataclass(frozen=True, slots=True)
class Trace:
    source: str
    """The public id of the report."""
    authors: list[str]
    """Of the report: folded family name and initial."""
    sex: str
    age_low: int | None
    age_high: int | None
    diagnosis: Named | None
    findings: dict[str, str]
    """What lesions and closed veins there were: a key, and it in words."""
    values: dict[str, str]
    """Sizes and laboratory values likewise."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Why two cases may be of one patient: sentences, the weightiest first."""

    weight: int
    reasons: list[str]


def trace_of(document: CaseDocument, authors: Sequence[str]) -> Trace:
    """`authors` are those of the source, folded."""
    return Trace(
        source=document.source or "",
        authors=list(dict.fromkeys(authors))[:MOST_AUTHORS],
        sex=document.patient.sex,
        age_low=document.patient.age_low,
        age_high=document.patient.age_high,
        diagnosis=features_of(document).diagnosis,
        findings=dict(_findings(document)),
        values=dict([*_sizes(document), *_results(document)]),
    )


def _findings(document: CaseDocument) -> Iterator[tuple[str, str]]:
    features = features_of(document)
    for row in features.findings:
        if row.site is not None:
            kind = in_text(LesionKind(row.kind).label)
            yield f"{row.kind} {row.site.slug}", f"{kind} ({in_text(row.site.display)})"
    for vein in features.veins:
        yield f"vein {vein.site.slug}", f"{in_text(vein.site.display)} involved"


def _sizes(document: CaseDocument) -> Iterator[tuple[str, str]]:
    for finding in document.imaging_findings:
        place = finding.site
        for row in finding.measurements:
            low, high = _plain(row.low_mm), _plain(row.high_mm)
            size = f"{low} mm" if low == high else f"{low} to {high} mm"
            where = f" ({in_text(place.display)})" if place else ""
            words = f"{in_text(Dimension(row.dimension).label)} {size}{where}"
            yield f"{row.dimension} {low} {high} {place.slug if place else ''}", words


def _results(document: CaseDocument) -> Iterator[tuple[str, str]]:
    for event in document.events:
        for row in event.results:
            name = row.term.slug if row.term else row.analyte.casefold()
            value = f"{row.comparator}{_plain(row.value)} {row.unit}".strip()
            yield f"{name} {value}", f"{row.analyte} {value}"


def _plain(value: str) -> str:
    """`21.0` and `21` are one size."""
    return value.rstrip("0").rstrip(".") if "." in value else value


def keys_of(trace: Trace, *, beside: int = 0) -> list[int]:
    """Author, sex and year of age together, to find others by; `beside` adds years to both ends.

    Empty where one of them is not reported, or the age is told too widely.
    """
    if trace.age_low is None or not trace.sex:
        return []
    low, high = trace.age_low, _upper(trace)
    if high - low > WIDEST_BAND:
        return []
    years = range(low - beside, high + beside + 1)
    told = [f"{author}|{trace.sex}|{year}" for author in trace.authors for year in years]
    return sorted({crc32(words.encode()) - (1 << 31) for words in told})


def _upper(trace: Trace) -> int:
    return trace.age_high if trace.age_high is not None else trace.age_low or 0


def suspicion(one: Trace, other: Trace) -> Suspicion | None:
    """None where nothing or too little speaks for it. The same both ways but for the order."""
    if not one.source or not other.source or one.source == other.source:
        return None
    if not one.sex or one.sex != other.sex:
        return None
    if not set(keys_of(one, beside=YEARS_APART)) & set(keys_of(other)):
        return None
    authors = [name for name in one.authors if name in other.authors]
    findings = [words for key, words in one.findings.items() if key in other.findings]
    values = [words for key, words in one.values.items() if key in other.values]
    diagnosed = bool(one.diagnosis and other.diagnosis and one.diagnosis == other.diagnosis)
    if not values and not (diagnosed and len(findings) > 1):
        return None
    same_age = (one.age_low, one.age_high) == (other.age_low, other.age_high)
    weight = 2 * min(len(values), 4) + min(len(authors), 4) + min(len(findings), 3)
    weight += diagnosed + 1 + same_age
    if weight < WORTH_ASKING:
        return None
    reasons = [f"Same values: {listed(values)}."] if values else []
    reasons.append(f"Sources share {_author_words(authors)}.")
    reasons.append(_person_words(one, same_age=same_age))
    if findings:
        reasons.append(f"In both: {listed(findings)}.")
    if diagnosed and one.diagnosis:
        reasons.append(f"Same diagnosis: {in_text(one.diagnosis.display)}.")
    return Suspicion(weight, [reason[:300] for reason in reasons])


def _author_words(authors: Sequence[str]) -> str:
    names = listed([name.title() for name in authors])
    return f"{len(authors)} author{'' if len(authors) == 1 else 's'}: {names}"


def _person_words(one: Trace, *, same_age: bool) -> str:
    sex = in_text(Sex(one.sex).label)
    age = "the same age" if same_age else "ages at most a year apart"
    return f"Same sex, {sex}, and {age}."
