"""A derived result set aside: on record, in the document, in the words of the next version."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from literature.models import Change
from patients.actions import cases, derived
from patients.actions.writers import writers_of
from patients.document import build_document
from patients.models import Case, DerivedSetAside
from patients.models.derived import MAX_REASON
from patients.screening import uncleared
from tests import make

pytestmark = pytest.mark.django_db
REASON = "The area that was counted is not the one of the rule."


def graded(**changes):
    """A case with one derived result, and its id."""
    case = make.make_case(**changes)
    make.make_source(case)
    event = make.make_event(case, 0, category="pathology", label="Biopsy", ki67_low=5, ki67_high=5)
    cases.refresh(case=case)
    return case, f"who_grade.event-{event.public_id}"


def result_of(case):
    document = build_document(Case.objects.with_timeline().get(pk=case.pk))
    (rule,) = document.derived
    return rule.results[0]


def test_it_shows_with_its_reason_and_can_be_taken_back():
    (case, key), curator = graded(), make.make_user("curator")
    row = derived.set_aside(case=case, result=key, reason=f" {REASON} ", by=curator)
    shown = result_of(case)
    assert (shown.result, shown.set_aside.id, shown.set_aside.reason) == (
        "G2", row.public_id, REASON,
    )  # fmt: skip
    derived.take_back(case=case, result=key, by=curator)
    assert result_of(case).set_aside is None
    row.refresh_from_db()
    assert (row.undone_by, row.by) == (curator, curator)
    derived.set_aside(case=case, result=key, reason="For another reason.", by=curator)
    assert result_of(case).set_aside.reason == "For another reason."
    assert DerivedSetAside.objects.count() == 2


def test_who_sets_aside_has_written_in_the_case_and_the_history_knows():
    (case, key), curator = graded(), make.make_user("curator")
    row = derived.set_aside(case=case, result=key, reason=REASON, by=curator)
    assert curator.pk in writers_of(case)
    (change,) = Change.objects.filter(table="patients_derivedsetaside", row=row.pk)
    assert change.after["reason"] == REASON
    assert change.part_of == [f"patients_case:{case.pk}"]


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("", "Say why"),
        (" \n", "Say why"),
        ("x" * (MAX_REASON + 1), "at most 300 characters; this one has 301"),
        ("a\x00b", "NUL"),
    ],
)
def test_a_reason_that_cannot_be_kept_is_refused_by_name(reason, told):
    case, key = graded()
    with pytest.raises(ValidationError) as caught:
        derived.set_aside(case=case, result=key, reason=reason, by=make.make_user("curator"))
    assert told in caught.value.message_dict["reason"][0]
    assert not DerivedSetAside.objects.exists()


def test_what_is_not_derived_or_is_set_aside_already_is_refused():
    (case, key), curator = graded(), make.make_user("curator")
    with pytest.raises(ValidationError, match="no such derived result"):
        derived.set_aside(case=case, result="who_grade.event-0000000000", reason="x", by=curator)
    derived.set_aside(case=case, result=key, reason=REASON, by=curator)
    with pytest.raises(ValidationError, match="set aside already"):
        derived.set_aside(case=case, result=key, reason="x", by=curator)
    derived.take_back(case=case, result=key, by=curator)
    with pytest.raises(ValidationError, match="not set aside"):
        derived.take_back(case=case, result=key, by=curator)


@pytest.mark.parametrize("role", ["", "clinician", "researcher"])
def test_others_may_not(role):
    case, key = graded()
    user = make.make_user(role)
    with pytest.raises(PermissionDenied):
        derived.set_aside(case=case, result=key, reason=REASON, by=user)
    with pytest.raises(PermissionDenied):
        derived.take_back(case=case, result=key, by=user)


def test_a_reason_that_may_point_to_a_person_waits_to_be_cleared():
    case, key = graded()
    derived.set_aside(
        case=case, result=key, reason="Counted by Dr Adler.", by=make.make_user("curator")
    )
    (found,) = uncleared(Case.objects.with_timeline().get(pk=case.pk))
    assert (found.text, found.place.kind, found.place.field) == ("Dr Adler", "derived", "reason")


def test_it_stands_on_while_the_record_is_mended_and_is_about_nothing_once_the_result_is_gone():
    (case, key), curator = graded(), make.make_user("curator")
    derived.set_aside(case=case, result=key, reason=REASON, by=curator)
    event = case.events.get(label="Biopsy")
    event.ki67_low = event.ki67_high = 25
    cases.save(row=event, by=curator)
    assert (result_of(case).result, result_of(case).set_aside.reason) == ("G3", REASON)
    event.ki67_low = event.ki67_high = None
    cases.save(row=event, by=curator)
    assert build_document(Case.objects.with_timeline().get(pk=case.pk)).derived == []
    derived.take_back(case=case, result=key, by=curator)
