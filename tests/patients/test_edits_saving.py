"""Rows saved as one edit: what is logged, what is refused, and that a refusal loses nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patients.actions import edits
from patients.models import Case, CaseEdit, Event, ImagingFinding, Measurement, Patient
from tests.make import (
    make_case,
    make_citation,
    make_event,
    make_finding,
    make_patient,
    make_published_case,
    make_reference,
    make_source,
    make_timeline,
    make_user,
)
from tests.patients.edit_states import listed_labels, state_of

pytestmark = pytest.mark.django_db


def save(case: Case, *rows: Any, words: str = "Changed something") -> CaseEdit | None:
    return edits.save_rows(case=case, rows=rows, words=words, by=None)


def renamed(event: Event, label: str) -> Event:
    event.label = label
    return event


def test_an_edit_says_who_did_what_and_when() -> None:
    event, curator = make_event(label="MRI"), make_user("curator")
    edit = edits.save_rows(
        case=event.case, rows=[renamed(event, "CT")], words="Changed “CT”", by=curator
    )
    assert edit is not None
    assert (edit.by, edit.words, edit.undone) == (curator, "Changed “CT”", False)
    [change] = edit.changes
    assert (change["model"], change["pk"]) == ("patients.event", event.pk)
    assert (change["before"]["label"], change["after"]["label"]) == ("MRI", "CT")
    assert list(edits.edits_of(event.case)) == [edit]


def test_the_working_listing_follows_and_the_published_one_stays() -> None:
    case = make_published_case(events=1)
    public = case.listings.get(audience="public").items.get(kind="event").label
    save(case, renamed(case.events.get(), "CT"))
    assert listed_labels(case) == ["CT"]
    assert case.listings.get(audience="public").items.get(kind="event").label == public
    assert case.versions.count() == 1


@pytest.mark.parametrize("dose", ["0.4", "0.400", Decimal("0.40")])
def test_nothing_changed_is_no_edit_however_a_number_is_spelt(dose: Any) -> None:
    event = make_event(category="drug", dose="0.4", dose_unit="mg")
    written = Case.objects.get(pk=event.case_id).updated_at
    event.dose = dose
    assert save(event.case, event, event.case) is None
    assert not CaseEdit.objects.exists()
    assert Case.objects.get(pk=event.case_id).updated_at == written


def test_rows_that_name_each_other_are_saved_together_in_any_order() -> None:
    case = make_case()
    event = Event(case=case, category="imaging", label="MRI")
    finding = ImagingFinding(case=case, event=event, description="A mass")
    size = Measurement(case=case, finding=finding, dimension="longest", low_mm="21", high_mm="21")
    edit = save(case, size, finding, event, words="Added “MRI”")
    assert edit is not None
    assert [change["before"] for change in edit.changes] == [None] * 3
    assert Measurement.objects.get().finding.event.label == "MRI"


def test_the_patient_is_saved_with_the_case_and_listed_in_all_their_cases() -> None:
    patient = make_patient()
    case, other = make_case(patient=patient), make_case(patient=patient)
    patient.sex, case.patient, case.age_low, case.age_high = "female", patient, 50, 54
    edit = save(case, patient, case)
    assert edit is not None
    assert edit.case == case
    assert {row.listings.get().sex for row in (case, other)} == {"female"}
    assert not other.edits.exists()


def test_a_status_is_never_changed() -> None:
    case = make_published_case()
    case.status, case.title = "draft", "A new title"
    save(case, case)
    case.refresh_from_db()
    assert (case.title, case.status) == ("A new title", "published")
    case.status = "draft"
    assert save(case, case) is None


def test_a_field_that_is_wrong_is_named_and_nothing_is_saved() -> None:
    case = make_case()
    event = Event(case=case, category="imaging", label="MRI")
    size = Measurement(
        case=case, finding=make_finding(make_event(case)), dimension="longest", low_mm="x",
        high_mm="21",
    )  # fmt: skip
    before = state_of(case)
    with pytest.raises(ValidationError) as caught:
        save(case, event, size)
    assert "low_mm" in caught.value.message_dict
    assert state_of(case) == before
    assert not CaseEdit.objects.exists()
    assert event.pk is None
    assert event._state.adding
    size.low_mm = "21"
    assert save(case, event, size) is not None


def test_a_second_day_zero_is_refused_by_name() -> None:
    case = make_case()
    make_event(case, 0, label="TACE", is_index=True)
    second = make_event(case, 0)
    second.is_index = True
    with pytest.raises(ValidationError, match="“TACE” is day 0 of this case") as caught:
        save(case, second)
    assert set(caught.value.message_dict) == {"is_index"}


@pytest.mark.parametrize("turn", [1, -1])
def test_day_zero_moves_where_both_rows_are_given_in_any_order(turn: int) -> None:
    case = make_case()
    first, second = make_event(case, 0, is_index=True), make_event(case, 0)
    first.is_index, second.is_index = False, True
    assert save(case, *[first, second][::turn]) is not None
    assert case.events.get(is_index=True) == second


def test_the_source_moves_where_both_citations_are_given() -> None:
    case = make_case()
    first, second = make_source(case), make_citation(case)
    first.role, second.role = "background", "source"
    edit = save(case, second, first)
    assert edit is not None
    edits.undo(case=case, by=None)
    assert case.citations.get(role="source") == first


@pytest.mark.parametrize(
    "make_row", [make_event, make_case, make_patient, lambda: make_citation(make_event())]
)
def test_rows_of_another_case_are_no_matter_of_this_one(make_row: Any) -> None:
    with pytest.raises(ValueError, match="is no row of"):
        save(make_case(), make_row())


def test_a_row_that_was_removed_meanwhile_is_not_made_anew() -> None:
    event = make_event(label="MRI")
    Event.objects.filter(pk=event.pk).delete()
    with pytest.raises(ValidationError, match="“MRI” has been removed meanwhile"):
        save(event.case, renamed(event, "MRI"))
    assert not Event.objects.exists()


def test_a_case_that_was_removed_meanwhile_is_not_edited() -> None:
    event = make_event()
    Case.objects.filter(pk=event.case_id).delete()
    with pytest.raises(ValidationError, match="The case has been removed"):
        save(event.case, event)


def test_new_rows_that_name_each_other_in_a_circle_are_refused() -> None:
    case = make_case()
    first, second = (Event(case=case, category="imaging", label=label) for label in "AB")
    first.anchor, second.anchor = second, first
    with pytest.raises(ValidationError, match="name each other"):
        save(case, first, second)


def test_words_are_needed_and_long_ones_are_cut() -> None:
    event = make_event()
    with pytest.raises(ValidationError, match="Say in a few words"):
        save(event.case, renamed(event, "CT"), words=" ")
    edit = save(event.case, renamed(event, "MRI"), words="x" * 300)
    assert edit is not None
    assert (len(edit.words), edit.words[-1]) == (200, "…")


def test_an_edit_takes_as_many_queries_in_a_long_case() -> None:
    taken = []
    for events in (3, 3, 30):  # at the first one the words are new to the search
        case = make_case()
        make_timeline(case, events=events)
        event = renamed(case.events.all()[1], "CT")
        with CaptureQueriesContext(connection) as captured:
            save(case, event)
        taken.append(len(captured))
    assert taken[1] == taken[2]


def test_a_new_case_is_a_draft_on_a_new_patient() -> None:
    case = edits.create_case(
        title="A course",
        patient_fields={"sex": "male", "country": "CN"},
        case_fields={"summary": "What happened.", "age_low": 50, "age_high": 50},
        by=make_user("curator"),
    )
    case.refresh_from_db()
    assert (case.status, case.patient.sex, case.age_low) == ("draft", "male", 50)
    assert case.listings.get().title == "A course"
    assert not case.edits.exists()


def test_all_that_is_wrong_in_a_new_case_is_named_at_once() -> None:
    with pytest.raises(ValidationError) as caught:
        edits.create_case(
            title="", patient_fields={"sex": "x"}, case_fields={"age_low": 50}, by=None
        )
    assert {"title", "sex", "summary"} <= set(caught.value.message_dict)
    assert not Patient.objects.exists()


def test_a_new_case_is_a_draft_whatever_is_asked_for() -> None:
    fields = {"summary": "What happened.", "status": "published"}
    case = edits.create_case(title="A course", patient_fields={}, case_fields=fields, by=None)
    assert case.status == "draft"


def test_a_citation_that_is_there_already_is_refused() -> None:
    event, reference = make_event(), make_reference()
    make_citation(event, reference)
    again = make_citation(event)
    again.reference = reference
    with pytest.raises(ValidationError, match="cited here in this role already"):
        save(event.case, again)
