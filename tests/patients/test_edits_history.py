"""Edits taken back and done again: in order, exactly, and never over what somebody else did."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from patients.actions import cases, edits
from patients.models import Case, CaseEdit, Event, Term
from tests.make import (
    make_case,
    make_citation,
    make_event,
    make_finding,
    make_patient,
    make_published_case,
    make_result,
    make_term,
    make_user,
)
from tests.patients.edit_states import listed_labels, state_of

pytestmark = pytest.mark.django_db


def undo(case: Case) -> CaseEdit:
    return edits.undo(case=case, by=None)


def redo(case: Case) -> CaseEdit:
    return edits.redo(case=case, by=None)


def rename(event: Event, label: str) -> CaseEdit:
    event = Event.objects.get(pk=event.pk)
    event.label = label
    edit = edits.save_rows(case=event.case, rows=[event], words=f"Named {label}", by=None)
    assert edit is not None
    return edit


def add(case: Case, **fields: Any) -> Event:
    event = Event(case=case, category="imaging", **{"label": "New", **fields})
    edits.save_rows(case=case, rows=[event], words="Added it", by=None)
    return event


def words_of(case: Case) -> list[tuple[str, bool]]:
    return [(edit.words, edit.undone) for edit in edits.edits_of(case)]


def test_edits_are_walked_back_and_forward_in_order() -> None:
    event, curator = make_event(label="A"), make_user("curator")
    case = event.case
    rename(event, "B")
    rename(event, "C")
    taken_back = edits.undo(case=case, by=curator)
    assert (taken_back.words, taken_back.undone, taken_back.undone_by) == ("Named C", True, curator)
    assert taken_back.undone_at is not None
    assert undo(case).words == "Named B"
    assert listed_labels(case) == ["A"]
    assert redo(case).words == "Named B"
    again = redo(case)
    assert (again.words, again.undone, again.undone_at) == ("Named C", False, None)
    assert listed_labels(case) == ["C"]


def test_the_ends_of_the_history_are_told() -> None:
    event = make_event()
    with pytest.raises(ValidationError, match="nothing to take back"):
        undo(event.case)
    rename(event, "B")
    with pytest.raises(ValidationError, match="nothing to do again"):
        redo(event.case)


def test_a_new_edit_ends_what_could_be_done_again() -> None:
    event = make_event(label="A")
    case = event.case
    rename(event, "B")
    rename(event, "C")
    undo(case)
    rename(event, "D")
    with pytest.raises(ValidationError, match="nothing to do again"):
        redo(case)
    assert words_of(case) == [("Named D", False), ("Named B", False)]
    assert CaseEdit.objects.filter(words="Named C", undone=True, discarded=True).exists()
    assert [undo(case).words, undo(case).words] == ["Named D", "Named B"]
    assert [redo(case).words, redo(case).words] == ["Named B", "Named D"]
    assert listed_labels(case) == ["D"]


def test_each_case_has_a_history_of_its_own() -> None:
    event, other = make_event(), make_event()
    rename(event, "B")
    rename(other, "C")
    assert undo(event.case).words == "Named B"
    assert words_of(other.case) == [("Named C", False)]


@pytest.mark.parametrize("field", ["label", "detail"])
def test_what_was_changed_by_another_way_is_not_overwritten(field: str) -> None:
    event = make_event()
    rename(event, "B")
    Event.objects.filter(pk=event.pk).update(**{field: "Theirs"})
    before = state_of(event.case)
    with pytest.raises(ValidationError, match=r"cannot be taken back: “.+” has been changed since"):
        undo(event.case)
    assert state_of(event.case) == before
    assert words_of(event.case) == [("Named B", False)]


def test_what_was_removed_by_another_way_is_named() -> None:
    event = make_event()
    rename(event, "B")
    cases.remove(row=Event.objects.get(pk=event.pk), by=None)
    with pytest.raises(ValidationError, match="“B” has been removed since"):
        undo(event.case)


@pytest.mark.parametrize("make_below", [make_finding, make_citation])
def test_what_was_added_below_by_another_way_keeps_its_row(make_below: Any) -> None:
    case = make_case()
    event = add(case, label="CT")
    make_below(event)
    before = state_of(case)
    with pytest.raises(ValidationError, match="added to “CT” since"):
        undo(case)
    assert state_of(case) == before


def test_a_removal_is_not_done_again_over_what_counts_from_the_row_now() -> None:
    event = make_event(label="CT")
    edits.remove_part(row=event, words="Removed it", by=None)
    undo(event.case)
    make_event(event.case, 3, label="MRI", anchor=event)
    with pytest.raises(ValidationError, match="cannot be done again: “MRI” has been added"):
        redo(event.case)


def test_a_row_whose_term_is_gone_does_not_come_back() -> None:
    event = make_event(label="CT", term=make_term())
    edits.remove_part(row=event, words="Removed it", by=None)
    Term.objects.all().delete()
    with pytest.raises(ValidationError, match="the term of “CT” has been removed since"):
        undo(event.case)


def test_a_citation_whose_study_is_gone_does_not_come_back() -> None:
    citation = make_citation()
    edits.remove_part(row=citation, words="Removed it", by=None)
    citation.reference.delete()
    with pytest.raises(ValidationError, match="the reference of the citation has been removed"):
        undo(citation.case)


def test_a_result_does_not_come_back_to_what_has_none() -> None:
    event = make_event(label="Blood test", category="laboratory")
    result = make_result(event)
    edits.remove_part(row=result, words="Removed it", by=None)
    Event.objects.filter(pk=event.pk).update(category="imaging", label="MRI")
    with pytest.raises(ValidationError, match="taken back: .*Chromogranin A.*“MRI” is imaging"):
        undo(event.case)
    assert not event.results.exists()


def test_a_row_whose_place_is_taken_does_not_come_back() -> None:
    event = make_event(day=0, is_index=True)
    edits.remove_part(row=event, words="Removed it", by=None)
    make_event(event.case, 0, is_index=True)
    with pytest.raises(ValidationError, match="Another event of this case is day 0"):
        undo(event.case)


def test_publishing_is_no_edit_and_is_not_taken_back() -> None:
    case = make_published_case(title="Before")
    case.title = "After"
    edits.save_rows(case=case, rows=[case], words="Renamed it", by=None)
    cases.publish(case=case, by=None)
    assert [undo(case).words] == ["Renamed it"]
    case.refresh_from_db()
    assert (case.title, case.status) == ("Before", "published")
    version = case.versions.get(is_current=True)
    assert (version.number, version.document["title"]) == (2, "After")
    assert case.listings.get(audience="public").title == "After"


def test_a_patient_taken_back_is_listed_so_in_all_their_cases() -> None:
    patient = make_patient(sex="male")
    case, other = make_case(patient=patient), make_case(patient=patient)
    patient.sex = "female"
    edits.save_rows(case=case, rows=[patient], words="Changed the patient", by=None)
    undo(case)
    assert {row.listings.get().sex for row in (case, other)} == {"male"}
    redo(case)
    assert {row.listings.get().sex for row in (case, other)} == {"female"}


def test_what_was_stored_comes_back_even_where_it_would_be_refused_today() -> None:
    case = make_case(summary="")
    case.summary = "Now there is one."
    edits.save_rows(case=case, rows=[case], words="Told it", by=None)
    undo(case)
    case.refresh_from_db()
    assert case.summary == ""


def test_columns_that_came_or_went_since_do_not_stand_in_the_way() -> None:
    event = make_event(label="A")
    edit = rename(event, "B")
    for columns in (edit.changes[0]["before"], edit.changes[0]["after"]):
        del columns["detail"]
        columns["column_of_old"] = "x"
    edit.save()
    undo(event.case)
    event.refresh_from_db()
    assert event.label == "A"


def test_an_edit_of_a_kind_of_row_that_is_no_more_is_told() -> None:
    event = make_event()
    edit = rename(event, "B")
    edit.changes[0]["model"] = "patients.dream"
    edit.save()
    with pytest.raises(ValidationError, match="a kind of row that there is no more"):
        undo(event.case)


def test_a_user_who_leaves_leaves_the_history() -> None:
    event, curator = make_event(), make_user("curator")
    event.label = "B"
    edits.save_rows(case=event.case, rows=[event], words="Named B", by=curator)
    edits.undo(case=event.case, by=curator)
    curator.delete()
    assert words_of(event.case) == [("Named B", True)]
