"""The document's reference list: every work once, numbered in order of first citation."""

from __future__ import annotations

import pytest

from patients.document import build_document
from tests.make import (
    make_case,
    make_citation,
    make_event,
    make_finding,
    make_reference,
    make_source,
)
from tests.patients.rich_case import make_rich_case

pytestmark = pytest.mark.django_db


def test_numbers_follow_the_reading_order() -> None:
    """The source, the case's others, then event by event, each before its findings."""
    case = make_case()
    names = ("of later", "of first", "of finding", "background", "source")
    work = {name: make_reference({"title": name}) for name in names}
    later = make_event(case, day=9, position=0)
    first = make_event(case, day=0, position=1, category="imaging")
    make_citation(later, work["of later"])
    make_citation(make_finding(first), work["of finding"])
    make_citation(first, work["of first"])
    make_citation(case, work["background"], role="background")
    make_source(case, work["source"])
    document = build_document(case)
    assert [(row.number, row.title) for row in document.references] == [
        (1, "source"), (2, "background"), (3, "of first"), (4, "of finding"), (5, "of later"),
    ]  # fmt: skip


def test_a_work_cited_twice_has_one_number() -> None:
    rich = make_rich_case()
    document = build_document(rich.case)
    assert [row.id for row in document.references].count(rich.study.public_id) == 1
    drug = next(event for event in document.events if event.label == "Octreotide")
    finding = document.imaging_findings[0]
    assert drug.citations[0].reference_number == finding.citations[0].reference_number == 3


def test_every_citation_s_number_leads_to_its_reference() -> None:
    document = build_document(make_rich_case().case)
    by_number = {row.number: row.id for row in document.references}
    citations = list(document.citations)
    for part in (*document.events, *document.imaging_findings):
        citations += part.citations
    assert len(citations) == 4
    assert all(by_number[row.reference_number] == row.reference for row in citations)
    assert list(by_number) == [1, 2, 3]


def test_citation_keeps_its_words_and_its_target() -> None:
    rich = make_rich_case()
    document = build_document(rich.case)
    quoted = document.imaging_findings[0].citations[0]
    assert (quoted.role, quoted.quote, quoted.locator, quoted.quote_depth) == (
        "contradicts", "A quote", "p. 3", "abstract",
    )  # fmt: skip
    assert (quoted.event, quoted.finding) == (None, rich.finding.public_id)
    on_event = next(event for event in document.events if event.citations).citations[0]
    assert (on_event.event, on_event.finding) == (rich.drug.public_id, None)
    assert (on_event.number, on_event.note) == (7, "Reason")
    assert [(row.event, row.finding) for row in document.citations] == [(None, None)] * 2


def test_reference_in_short() -> None:
    case = make_case()
    csl = {"title": "A study", "DOI": "10.5555/abc", "PMID": "12", "issue": "3"}
    reference = make_reference(csl, study_design="cohort")
    make_source(case, reference)
    (short,) = build_document(case).references
    assert (short.id, short.type) == (reference.public_id, "article-journal")
    assert (short.authors, short.title, short.year) == ("Doe J", "A study", 2016)
    assert short.published == "Journal of Tests 2016;12(3):34–56"
    assert (short.doi, short.pmid, short.pmcid) == ("10.5555/abc", "12", "")
    assert (short.study_design, short.short) == ("cohort", "Doe 2016")


def test_source_on_an_event_is_not_the_case_s_source() -> None:
    event = make_event(day=0)
    make_citation(event, role="source")
    assert build_document(event.case).source is None
