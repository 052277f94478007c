"""Two cases that may be of one patient: found, told to curators, decided and taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from patients.actions import cases, same_patient
from patients.models import Case, CaseWriter, Patient, SamePatientPair
from tests import make
from tests.pages.rendering import text_of
from tests.patients.likeness.world import look, make_report_of

pytestmark = pytest.mark.django_db
QUEUE = "/curation/same-patient/"


@pytest.fixture
def curator(client: Client) -> Any:
    user = make.make_user("curator")
    client.force_login(user)
    return user


@pytest.fixture
def pair() -> SamePatientPair:
    make_report_of("Li")
    make_report_of("Li")
    look()
    return SamePatientPair.objects.get()


def decide(client: Client, pair: SamePatientPair, decision: str) -> Any:
    return client.post(f"{QUEUE}{pair.public_id}/decide/", {"decision": decision})


def patients(pair: SamePatientPair) -> set[int]:
    keys = [pair.first_id, pair.second_id]
    return set(Case.objects.filter(pk__in=keys).values_list("patient", flat=True))


def test_drafts_and_published_cases_are_found() -> None:
    cases.publish(case=make_report_of("Li"), by=None)
    make_report_of("Li")
    make_report_of("Wu")
    look()
    pair = SamePatientPair.objects.get()
    assert {pair.first.status, pair.second.status} == {"published", "draft"}
    assert pair.reasons[0] == "Same values: longest diameter 21 mm (liver)."


def test_a_pass_finds_what_came_in_without_an_action() -> None:
    one, two = make_report_of("Li"), make_report_of("Li")
    assert same_patient.look_after(0) == max(one.pk, two.pk)
    assert SamePatientPair.objects.count() == 1
    assert same_patient.look_after(0) is None


def test_a_pair_goes_when_the_record_says_otherwise(pair: SamePatientPair) -> None:
    Case.objects.filter(pk=pair.first_id).update(age_low=70, age_high=70)
    cases.refresh(case=pair.first)
    look()
    assert not SamePatientPair.objects.exists()


def test_one_patient_is_not_asked_about() -> None:
    one, two = make_report_of("Li"), make_report_of("Li")
    Case.objects.filter(pk=two.pk).update(patient=one.patient)
    look()
    assert not SamePatientPair.objects.exists()


def test_the_queue_tells_the_reasons(client: Client, curator: Any, pair: SamePatientPair) -> None:
    said = text_of(client.get(QUEUE).content.decode())
    assert "1 pair" in said
    assert "Sources share 1 author: Li W." in said
    shown = text_of(client.get(f"{QUEUE}{pair.public_id}/").content.decode())
    assert "Same sex, female, and the same age." in shown


def test_the_same_patient(client: Client, curator: Any, pair: SamePatientPair) -> None:
    before = patients(pair)
    assert len(before) == 2
    assert decide(client, pair, "same").status_code == 302
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by) == ("same", curator)
    assert patients(pair) == {pair.patient_id} < before
    assert CaseWriter.objects.filter(user=curator).count() == 1
    assert client.post(f"{QUEUE}{pair.public_id}/take-back/").status_code == 302
    pair.refresh_from_db()
    assert (pair.state, pair.moved) == ("open", {})
    assert patients(pair) == before


def test_other_cases_of_the_patient_come_along(pair: SamePatientPair) -> None:
    third = make.make_case(patient=pair.second.patient)
    cases.refresh(case=third)
    made = same_patient.decide(pair=pair, decision="same", by=None)
    third.refresh_from_db()
    assert third.patient_id == made.patient_id == pair.first.patient_id
    same_patient.take_back(pair=made, by=None)
    third.refresh_from_db()
    assert third.patient_id == pair.second.patient_id


def test_the_patient_of_whom_more_is_reported_stays(pair: SamePatientPair) -> None:
    Patient.objects.filter(pk=pair.second.patient_id).update(country="CN")
    made = same_patient.decide(pair=pair, decision="same", by=None)
    assert made.patient_id == pair.second.patient_id


def test_patients_that_contradict_each_other_are_not_made_one(
    client: Client, curator: Any, pair: SamePatientPair
) -> None:
    Patient.objects.filter(pk=pair.first.patient_id).update(country="JP")
    Patient.objects.filter(pk=pair.second.patient_id).update(country="CN")
    answer = decide(client, pair, "same")
    assert answer.status_code == 422
    assert "another country each, JP and CN" in text_of(answer.content.decode())
    assert len(patients(pair)) == 2


@pytest.mark.parametrize("decision", ["distinct", "later"])
def test_what_was_decided_is_remembered(
    client: Client, curator: Any, pair: SamePatientPair, decision: str
) -> None:
    decide(client, pair, decision)
    cases.refresh(case=pair.first)
    look()
    pair.refresh_from_db()
    assert pair.state == decision
    assert "No pair here" in text_of(client.get(QUEUE).content.decode())
    assert "1 pair" in text_of(client.get(f"{QUEUE}?state={decision}").content.decode())


def test_a_decision_is_made_once(client: Client, curator: Any, pair: SamePatientPair) -> None:
    decide(client, pair, "distinct")
    answer = decide(client, pair, "same")
    assert answer.status_code == 422
    assert "decided already: not the same patient" in text_of(answer.content.decode())


@pytest.mark.parametrize("decision", ["", "perhaps", "open", "same\x00"])
def test_an_answer_that_is_none(
    client: Client, curator: Any, pair: SamePatientPair, decision: str
) -> None:
    answer = decide(client, pair, decision)
    assert answer.status_code == 422
    assert "Choose one of the answers." in text_of(answer.content.decode())


def test_what_was_changed_since_is_not_taken_back(pair: SamePatientPair) -> None:
    made = same_patient.decide(pair=pair, decision="same", by=None)
    moved = Case.objects.get(pk=int(next(iter(made.moved))))
    Case.objects.filter(pk=moved.pk).update(patient=make.make_patient())
    with pytest.raises(same_patient.ValidationError, match="another patient since"):
        same_patient.take_back(pair=made, by=None)


@pytest.mark.parametrize("query", ["?state=x", "?page=0", "?page=x"])
def test_bad_queries(client: Client, curator: Any, query: str) -> None:
    assert client.get(QUEUE + query).status_code == 400
