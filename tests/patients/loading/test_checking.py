"""Documents of the right shape that no record could say: each fault is named by its field."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from patients.corpus.making import make
from patients.derived import block_of
from patients.loading.checking import problems_of
from tests.patients.loading.lines import POOL, put, synthetic, was_read


def place_of(number: int, **wanted: Any) -> int:
    events = make(7, number, POOL).events
    return next(
        place for place, event in enumerate(events)
        if all(getattr(event, name) == value for name, value in wanted.items())
    )  # fmt: skip


DRUG = place_of(0, category="drug")
INDEX = place_of(0, is_index=True)
DIAGNOSIS = place_of(0, category="diagnosis")


def problems(path: str, value: Any, number: int = 0) -> list[str]:
    told = was_read(synthetic(number, put(path, value)))
    return [str(problem) for problem in problems_of(told.document, synthetic=True)]


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("accession", "CB-ILOU123", "accession: "),
        ("accession", "CB-12345678", "accession: "),
        ("title", "A real case", "title: does not begin with"),
        ("title", "Synthetic record: " + "x" * 300, "title: has 318 characters; at most 300"),
        ("patient.id", "short", "patient.id: "),
        ("patient.sex", "unknown", "patient.sex: “unknown” is not one of"),
        ("patient.country", "China", "patient.country: "),
        ("patient.age_high", 95, "patient.age_low: an age is a band"),
        ("patient.age_low", -1, "patient.age_low: an age is a band"),
        ("patient.age_words", "92 years", "patient.age_words: is not"),
        ("citations.0.quote_state", "verified", "citations[0].quote_state: "),
        ("citations.0.quote_found_at", "page", "citations[0].quote_found_at: "),
        ("events.0.time.words", "x" * 900, "events[0].time.words: has 900 characters"),
        ("day_zero_year", 2500, "day_zero_year: "),
        ("diagnosis.slug", "two words", "diagnosis.slug: "),
        ("diagnosis.code", "C22", "diagnosis.code: comes together with its system"),
        ("source", "0123456789", "source: "),
        ("references.0.number", 9, "references[0].number: "),
        ("references.1.id", "", "references[1].id: "),
        ("citations.0.reference", "0123456789", "citations[0].reference: "),
        ("citations.0.reference_number", 3, "citations[0].reference_number: "),
        ("citations.0.case", "CB-0000000", "citations[0].case: "),
        ("citations.0.role", "liked", "citations[0].role: "),
        ("citations.0.number", -1, "citations[0].number: "),
        ("citations.0.quote_depth", "abstract", "citations[0].quote_depth: "),
        ("events.0.number", 2, "events[0].number: "),
        ("events.0.category", "party", "events[0].category: "),
        ("events.0.label", "", "events[0].label: is empty"),
        ("events.0.outcome", "died", "events[0].outcome: does not go with"),
        ("events.1.id", "0" * 9 + "U", "events[1].id: "),
        ("events.1.findings", [], "events[1].findings: does not list"),
        ("events.0.time.anchor", "0123456789", "events[0].time.anchor: "),
        ("events.0.time.start.low", 5, "events[0].time.start: begins after it ends"),
        ("events.0.time.start.high", None, "events[0].time.start: needs a low and a high"),
        ("events.0.time.start.low", -99_999, "events[0].time.start: lies more than 150 years"),
        ("events.0.time.start.precision", "hour", "events[0].time.start.precision: "),
        ("events.0.time.start.reported_as", "12 March 2016", "names a calendar date"),
        ("events.0.time.words", "2016-03-12", "events[0].time.words: "),
        (f"events.{INDEX}.time.start.high", 3, f"events[{INDEX}].time.start: "),
        (f"events.{DRUG}.drug.dose", "1e5", f"events[{DRUG}].drug.dose: “1e5” is not a number"),
        (f"events.{DRUG}.drug.dose", "0.0", f"events[{DRUG}].drug.dose: is not above zero"),
        (f"events.{DRUG}.drug.dose_unit", "", f"events[{DRUG}].drug.dose_unit: is empty"),
        (f"events.{DRUG}.drug.frequency_days", None, f"events[{DRUG}].drug.frequency_times: "),
        (f"events.{DRUG}.drug.frequency", "5 May 2016", "names a calendar date"),
        (f"events.{DIAGNOSIS}.pathology.ki67_low", "NaN", "ki67_low: “NaN” is not a number"),
        (f"events.{DIAGNOSIS}.pathology.grade", "G9", "pathology.grade: "),
        ("imaging_findings.0.event", "0123456789", "imaging_findings[0].event: "),
        ("imaging_findings.0.lesion", "0123456789", "imaging_findings[0].lesion: "),
        ("imaging_findings.0.modality", "xray", "imaging_findings[0].modality: "),
        ("imaging_findings.0.measurements.0.high_mm", "1", "high_mm: is below the low end"),
        ("imaging_findings.0.measurements.0.low_mm", "", "low_mm: is empty"),
        ("imaging_findings.0.measurements.0.dimension", "depth", "dimension: "),
        ("lesions.0.kind", "lump", "lesions[0].kind: "),
        ("lesions.0.findings", [], "lesions[0].findings: "),
        ("problems", ["It contradicts itself."], "It contradicts itself."),
    ],
)
def test_is_named(path: str, value: Any, words: str) -> None:
    assert any(words in problem for problem in problems(path, value)), problems(path, value)


def test_what_is_there_twice() -> None:
    def twice(document: Any) -> None:
        document["citations"].append(document["citations"][0])

    told = was_read(synthetic(0, twice))
    found = [str(problem) for problem in problems_of(told.document, synthetic=True)]
    place = len(told.document.citations) - 1
    assert f"citations[{place}]: cites the same work in the same role as one before it" in found
    assert any("is there twice" in problem for problem in found)


def test_anchors_in_a_circle() -> None:
    def circle(document: Any) -> None:
        first, second = document["events"][0], document["events"][1]
        first["time"]["anchor"], second["time"]["anchor"] = second["id"], first["id"]

    told = was_read(synthetic(0, circle))
    found = [str(problem) for problem in problems_of(told.document, synthetic=True)]
    assert "events[0].time.anchor: leads in a circle" in found


def test_end_and_day_zero() -> None:
    ends = "events[{}].time.end: comes before the start"
    place = next(
        place for place, event in enumerate(make(7, 0, POOL).events) if event.time.end is not None
    )
    end = {"low": -900, "high": -900, "precision": "day", "reported_as": "", "words": "",
           "days_words": ""}  # fmt: skip
    assert ends.format(place) in problems(f"events.{place}.time.end", end)
    assert "events: 2 of them are day 0; one may be" in problems("events.0.is_index", True)


def test_a_record_without_events_cannot_be_published() -> None:
    def without(document: Any) -> None:
        document |= {"events": [], "imaging_findings": [], "lesions": []}

    told = was_read(synthetic(0, without))
    found = [str(problem) for problem in problems_of(told.document, synthetic=True)]
    assert found == ["A case needs at least one event."]


def test_more_parts_than_any_report_has() -> None:
    assert problems("problems", ["x"] * 101) == ["problems: has 101 entries; at most 100 are read"]


def test_the_mark_must_be_told() -> None:
    document = was_read(synthetic()).document
    told = [str(problem) for problem in problems_of(document, synthetic=False)]
    assert told == ["title: is that of a synthetic record, but the line does not say so"]


def test_a_time_may_quote_a_label_that_looks_like_a_date() -> None:
    def quoting(document: Any) -> None:
        anchored = next(event for event in document["events"] if event["time"]["anchor"])
        anchor = next(e for e in document["events"] if e["id"] == anchored["time"]["anchor"])
        anchor["label"] = "MRI of 3 May"
        words = "3 days after “MRI of 3 May”"
        anchored["time"]["words"] = anchored["time"]["start"]["words"] = words

    number = next(n for n in range(50) if any(e.time.anchor for e in make(7, n, POOL).events))
    told = was_read(synthetic(number, quoting)).document
    document = replace(told, derived=block_of(told))
    assert problems_of(document, synthetic=True) == []
