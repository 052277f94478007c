"""The document of a rich case says what its rows say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from patients.document import CaseDocument, build_document
from patients.document.details import age_words, decimal_text
from patients.document.model import DrugData, MarkerData, PathologyData, ProcedureData
from patients.models import Case
from tests.make import make_case, make_event, make_finding, make_patient
from tests.patients.rich_case import RichCase, make_rich_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def rich() -> RichCase:
    return make_rich_case()


@pytest.fixture
def document(rich: RichCase) -> CaseDocument:
    return build_document(Case.objects.with_timeline().get(pk=rich.case.pk))


def test_head(rich: RichCase, document: CaseDocument) -> None:
    assert document.accession == rich.case.accession
    assert (document.title, document.summary) == (rich.case.title, rich.case.summary)
    assert document.diagnosis is not None
    assert document.diagnosis.slug == "net"
    assert document.primary_site is not None
    assert document.primary_site.display_zh == "肝"
    assert (document.day_zero_year, document.source) == (2016, rich.source.public_id)
    assert document.problems == []


def test_patient(rich: RichCase, document: CaseDocument) -> None:
    patient = document.patient
    assert (patient.id, patient.sex, patient.country) == (
        rich.case.patient.public_id, "female", "CN",
    )  # fmt: skip
    assert (patient.age_low, patient.age_high, patient.age_words) == (50, 54, "50 to 54 years")


def test_events_come_in_order_of_time_with_their_numbers(document: CaseDocument) -> None:
    assert [(event.number, event.label) for event in document.events] == [
        (1, "MRI"), (2, "Embolisation"), (3, "Pathology"), (4, "Octreotide"), (5, "Well"),
    ]  # fmt: skip
    assert [event.is_index for event in document.events] == [True, False, False, False, False]
    assert document.events[4].outcome == "stable_disease"


def test_details_stand_only_where_the_category_has_them(document: CaseDocument) -> None:
    scan, embolisation, pathology, drug, outcome = document.events
    assert drug.drug == DrugData("30", "mg", "intramuscular", "every 4 weeks", 1, 28, "A brand")
    assert embolisation.procedure == ProcedureData("transarterial", "microspheres", 100, 300, "")
    assert pathology.pathology == PathologyData(
        [MarkerData("Synaptophysin", "positive")], "5", "5.5", "3", "2 mm²", "G2"
    )
    assert [event.drug is None for event in document.events] == [True, True, True, False, True]
    assert [event.procedure is None for event in document.events] == [True, False, True, True, True]
    assert [event.pathology is None for event in document.events] == [True, True, False, True, True]
    assert scan.site is not None
    assert scan.site.slug == "liver"
    assert outcome.site is None


def test_findings_follow_the_events(rich: RichCase, document: CaseDocument) -> None:
    first, later = document.imaging_findings
    assert (first.id, later.id) == (rich.finding.public_id, rich.later_finding.public_id)
    assert (first.event, later.event) == (rich.scan.public_id, rich.outcome.public_id)
    assert (first.modality, first.description, first.enhancement, first.change) == (
        "mri", "A mass", "arterial phase", "new",
    )  # fmt: skip
    assert (later.change, later.patency, later.measurements) == ("resolved", "patent", [])
    assert document.events[0].findings == [first.id]
    assert document.events[4].findings == [later.id]


def test_measurements(rich: RichCase, document: CaseDocument) -> None:
    sizes = document.imaging_findings[0].measurements
    assert [(row.dimension, row.low_mm, row.high_mm) for row in sizes] == [
        ("longest", "21", "21"), ("perpendicular", "17", "17.5"),
    ]  # fmt: skip
    assert {row.lesion for row in sizes} == {rich.lesion.public_id}
    assert {row.event for row in sizes} == {rich.scan.public_id}
    assert {row.finding for row in sizes} == {rich.finding.public_id}


def test_results_stand_in_their_event(rich: RichCase, document: CaseDocument) -> None:
    by_label = {event.label: event.results for event in document.events}
    first, second = by_label.pop("Pathology")
    assert not any(by_label.values())
    assert (first.id, first.event) == (rich.result.public_id, rich.pathology.public_id)
    assert (first.analyte, first.comparator, first.value, first.unit) == (
        "CgA", ">", "250.5", "ng/mL",
    )  # fmt: skip
    assert (first.reference_low, first.reference_high, first.note) == ("0", "100", "fasting")
    assert first.term is not None
    assert first.term.display == "Granin"
    assert (second.reference_low, second.reference_high, second.term) == ("35", "", None)


def test_labels_in_chinese(document: CaseDocument) -> None:
    assert [event.label_zh for event in document.events] == ["磁共振成像", "", "", "", ""]
    assert [lesion.label_zh for lesion in document.lesions] == ["肿块"]


def test_a_lesion_s_findings_are_its_series_in_time(rich: RichCase, document: CaseDocument) -> None:
    (lesion,) = document.lesions
    assert (lesion.id, lesion.label, lesion.kind) == (rich.lesion.public_id, "Mass", "primary")
    assert lesion.findings == [rich.finding.public_id, rich.later_finding.public_id]


def test_every_part_names_its_case(rich: RichCase, document: CaseDocument) -> None:
    parts = [*document.events, *document.imaging_findings, *document.citations]
    parts += [row for event in document.events for row in (*event.citations, *event.results)]
    for finding in document.imaging_findings:
        parts += [*finding.citations, *finding.measurements]
    assert {part.case for part in parts} == {rich.case.accession}


def test_findings_of_one_event_keep_the_report_s_order() -> None:
    event = make_event(day=0, category="imaging")
    second = make_finding(event, position=2)
    first = make_finding(event, position=1)
    document = build_document(event.case)
    assert document.events[0].findings == [first.public_id, second.public_id]


def test_what_is_not_reported_is_empty() -> None:
    document = build_document(make_case(patient=make_patient()))
    assert (document.patient.sex, document.patient.age_low, document.patient.age_words) == (
        "", None, "",
    )  # fmt: skip
    assert document.diagnosis is document.primary_site is document.source is None
    assert document.events == document.lesions == document.citations == document.references == []


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(None, None, ""), (50, 50, "50 years"), (40, 44, "40 to 44 years"), (0, 0, "0 years"),
     (1, 1, "1 year"), (90, None, "90 years and over")],
)  # fmt: skip
def test_age_words(low: int | None, high: int | None, words: str) -> None:
    assert age_words(low, high) == words


def test_decimals_lose_their_trailing_zeros_and_nothing_else() -> None:
    texts = {"0.400": "0.4", "30.000": "30", "100": "100", "0": "0", "0.000": "0", "1E+2": "100"}
    assert {text: decimal_text(Decimal(text)) for text in texts} == texts
    assert decimal_text(None) == ""
