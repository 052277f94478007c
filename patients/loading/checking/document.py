"""Everything that is wrong with one document."""

from __future__ import annotations

from collections.abc import Iterator

from patients.completeness import refusals_of
from patients.corpus.mark import MARK, is_synthetic
from patients.deidentification import OLDEST_AGE
from patients.derived import block_of
from patients.document.details import age_words
from patients.document.model import DERIVED_SINCE, CaseDocument
from patients.loading.checking.identity import ties
from patients.loading.checking.sizes import sizes
from patients.loading.checking.times import times
from patients.loading.checking.values import values
from patients.loading.problems import Problem, shown
from patients.models.case import NINETY_AND_OVER

YEARS = range(1800, 2101)


def problems_of(document: CaseDocument, *, synthetic: bool) -> list[Problem]:
    """Empty where the document can be loaded; the paths are those inside of the document."""
    too_large = list(sizes(document))
    if too_large:
        return too_large
    found = [*_mark(document, synthetic), *_age(document), *ties(document), *values(document)]
    found += times(document)
    found += _images(document)
    if not found:
        found = [Problem("", reason) for reason in refusals_of(document)]
    if not found:
        found = list(_derived(document))
    return found


def _images(document: CaseDocument) -> Iterator[Problem]:
    for index, finding in enumerate(document.imaging_findings):
        if finding.images:
            yield Problem(
                f"imaging_findings[{index}].images",
                "a line brings no pictures: leave them out, and attach them to the loaded case",
            )


def _derived(document: CaseDocument) -> Iterator[Problem]:
    """What is called derived must follow. What was set aside elsewhere has no curator here."""
    if document.schema_version >= DERIVED_SINCE and document.derived != block_of(document):
        yield Problem("derived", "is not what follows here from the rest of the document by rule: "
                      "give a document of schema 3, which has no such field")  # fmt: skip


def _mark(document: CaseDocument, synthetic: bool) -> Iterator[Problem]:
    if synthetic and not is_synthetic(document.title):
        yield Problem("title", f"does not begin with “{MARK}”, as that of a synthetic record does")
    if not synthetic and is_synthetic(document.title):
        yield Problem("title", "is that of a synthetic record, but the line does not say so")


def _age(document: CaseDocument) -> Iterator[Problem]:
    low, high = document.patient.age_low, document.patient.age_high
    band = low is not None and high is not None and 0 <= low <= high <= OLDEST_AGE
    if not (band or (high is None and low in (None, NINETY_AND_OVER))):
        yield Problem(
            "patient.age_low", f"an age is a band of two whole numbers up to {OLDEST_AGE}, or "
            f"{NINETY_AND_OVER} alone for {NINETY_AND_OVER} and over",
        )  # fmt: skip
    elif document.patient.age_words != age_words(low, high):
        yield Problem("patient.age_words", f"is not {shown(age_words(low, high))}")
    if document.day_zero_year is not None and document.day_zero_year not in YEARS:
        yield Problem("day_zero_year", "lies between 1800 and 2100")
