"""What a record misses is told of the right row, and only where it is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from patients.actions import cases
from patients.completeness import missing_in, refusals_of
from patients.document import CaseDocument, build_document
from patients.models import Case
from tests.make import (
    make_case,
    make_citation,
    make_event,
    make_finding,
    make_lesion,
    make_measurement,
    make_patient,
    make_source,
    make_term,
)

pytestmark = pytest.mark.django_db


def make_complete_case() -> Case:
    """Nothing is missing in it."""
    case = make_case(
        patient=make_patient(sex="female"), diagnosis=make_term(), age_low=50, age_high=50
    )
    source = make_source(case).reference
    scan = make_event(case, 0, category="imaging", label="MRI", is_index=True)
    make_measurement(make_finding(scan, lesion=make_lesion(case, label="Mass")))
    drug = make_event(case, 3, category="drug", label="Octreotide", dose="0.1", dose_unit="mg")
    outcome = make_event(
        case, 9, category="outcome", label="Well", outcome="stable_disease"
    )  # fmt: skip
    for event in (scan, drug, outcome):
        make_citation(event, source, role="source")
    return case


def document_of(case: Case) -> CaseDocument:
    return build_document(Case.objects.with_timeline().get(pk=case.pk))


def told(case: Case) -> list[tuple[str, str, str]]:
    return [(row.severity, row.message, row.target) for row in missing_in(document_of(case))]


def test_nothing_is_missing_in_a_complete_case() -> None:
    assert told(make_complete_case()) == []


def test_a_case_as_begun_needs_events_and_a_source_before_anything_else() -> None:
    found = missing_in(document_of(make_case()))
    must = [row for row in found if row.severity == "must"]
    assert [row.message for row in must] == refusals_of(document_of(make_case()))
    assert found[: len(must)] == must
    assert len(must) == 2


def change_case(**changes: Any) -> Callable[[Case], str]:
    def change(case: Case) -> str:
        Case.objects.filter(pk=case.pk).update(**changes)
        return ""

    return change


def change_event(label: str, **changes: Any) -> Callable[[Case], str]:
    def change(case: Case) -> str:
        event = case.events.get(label=label)
        case.events.filter(pk=event.pk).update(**changes)
        return f"event-{event.public_id}"

    return change


def without_sex(case: Case) -> str:
    case.patient.sex = ""
    case.patient.save()
    return ""


def without_findings(case: Case) -> str:
    case.imagingfindings.all().delete()
    case.lesions.all().delete()
    return f"event-{case.events.get(label='MRI').public_id}"


def with_an_empty_finding(case: Case) -> str:
    return f"finding-{make_finding(case.events.get(label='MRI')).public_id}"


def with_a_blood_test(case: Case) -> str:
    event = make_event(case, 4, category="laboratory", label="Blood test")
    make_citation(event, role="source")
    return f"event-{event.public_id}"


def with_a_lesion_unseen(case: Case) -> str:
    return f"lesion-{make_lesion(case, label='Thrombus').public_id}"


def cited_without_source(case: Case) -> str:
    event = case.events.get(label="Octreotide")
    event.citations.update(role="background")
    return f"event-{event.public_id}"


@pytest.mark.parametrize(
    ("take_away", "message"),
    [
        (change_event("MRI", is_index=False), "No event is day 0"),
        (change_case(summary=" "), "no summary"),
        (change_case(diagnosis=None), "no diagnosis"),
        (change_case(age_low=None, age_high=None), "age of the patient"),
        (without_sex, "sex of the patient"),
        (
            change_event("Octreotide", start_precision="unknown", start_low=None, start_high=None),
            "“Octreotide” has no time",
        ),
        (cited_without_source, "“Octreotide” has no source"),
        (without_findings, "“MRI” has no findings"),
        (change_event("Octreotide", dose=None), "“Octreotide” has no dose"),
        (with_an_empty_finding, "A finding of “MRI” says nothing"),
        (with_a_blood_test, "“Blood test” has no values"),
        (with_a_lesion_unseen, "“Thrombus” has no findings"),
    ],
)
def test_what_is_missing_is_told_alone_and_leads_to_its_row(
    take_away: Callable[[Case], str], message: str
) -> None:
    case = make_complete_case()
    target = take_away(case)
    [(severity, words, at)] = told(case)
    assert message in words
    assert (severity, at) == ("should", "" if "day 0" in message else target)
    assert refusals_of(document_of(case)) == []


def test_an_outcome_that_is_not_told_is_missed_in_the_event_and_in_the_case() -> None:
    case = make_complete_case()
    target = change_event("Well", outcome="")(case)
    assert [(row[0], row[2]) for row in told(case)] == [("should", ""), ("should", target)]


def test_a_source_cited_on_a_finding_counts_for_its_event() -> None:
    case = make_complete_case()
    event = case.events.get(label="MRI")
    event.citations.all().delete()
    make_citation(event.findings.get(), role="source")
    assert told(case) == []


def test_a_time_that_is_only_bounded_on_one_side_is_a_time() -> None:
    case = make_complete_case()
    change_event("Well", start_precision="after", start_low=3, start_high=None)(case)
    assert told(case) == []


def with_a_circle(case: Case) -> str:
    first, second = case.events.get(label="Octreotide"), case.events.get(label="Well")
    case.events.filter(pk=first.pk).update(anchor=second)
    case.events.filter(pk=second.pk).update(anchor=first)
    return f"event-{first.public_id}"


def test_a_contradiction_must_be_mended_and_leads_to_its_event() -> None:
    case = make_complete_case()
    target = with_a_circle(case)
    rows = [row for row in told(case) if row[0] == "must"]
    assert target in {row[2] for row in rows}
    assert all("circle of anchors" in row[1] for row in rows)
    with pytest.raises(ValidationError) as caught:
        cases.publish(case=case, by=None)
    assert caught.value.messages == [row[1] for row in rows]


def test_a_contradiction_of_two_events_with_one_name_leads_to_none() -> None:
    case = make_complete_case()
    with_a_circle(case)
    case.events.update(label="The same")
    assert {row[2] for row in told(case) if row[0] == "must"} == {""}


def test_nothing_but_the_document_is_asked() -> None:
    document = replace(document_of(make_complete_case()), source=None)
    assert [row.severity for row in missing_in(document)] == ["must"]
