"""Rows removed with what hangs on them, and rows moved among those beside them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from patients.actions import edits
from patients.models import CaseEdit, Event
from patients.models.part import CasePart
from tests.make import (
    make_case,
    make_citation,
    make_event,
    make_finding,
    make_measurement,
    make_timeline,
    make_user,
)
from tests.patients.edit_states import listed_labels, state_of
from tests.patients.rich_case import make_rich_case

pytestmark = pytest.mark.django_db


def remove(row: CasePart) -> CaseEdit:
    return edits.remove_part(row=row, words="Removed it", by=None)


def move(row: CasePart, to: int) -> CaseEdit | None:
    return edits.move_part(row=row, to=to, by=None)


def test_an_event_goes_with_all_that_hangs_on_it() -> None:
    rich = make_rich_case()
    case, without_it = rich.case, state_of(rich.case)
    event = make_event(case, 5, label="CT")
    finding = make_finding(event, lesion=rich.lesion)
    for row in (event, finding):
        make_citation(row)
    make_measurement(finding)
    with_it = state_of(case)
    edit = edits.remove_part(row=event, words="Removed “CT”", by=make_user("curator"))
    assert [change["after"] for change in edit.changes] == [None] * 5 == [None] * len(edit.changes)
    assert edit.changes[-1]["model"] == "patients.event"
    assert without_it == state_of(case)
    assert "CT" not in listed_labels(case)
    edits.undo(case=case, by=None)
    assert state_of(case) == with_it


def test_a_removed_row_comes_back_with_its_keys() -> None:
    rich = make_rich_case()
    before = state_of(rich.case)
    for row in (rich.outcome, rich.pathology, rich.finding, *rich.case.citations.all()[:1]):
        remove(row)
    for _ in range(4):
        edits.undo(case=rich.case, by=None)
    assert state_of(rich.case) == before


def test_findings_of_a_removed_lesion_stay_without_it() -> None:
    rich = make_rich_case()
    before = state_of(rich.case)
    remove(rich.lesion)
    findings = rich.case.imagingfindings.all()
    assert [finding.lesion for finding in findings] == [None] * len(before["ImagingFinding"])
    edits.undo(case=rich.case, by=None)
    assert state_of(rich.case) == before


def test_an_event_that_others_count_from_stays_and_they_are_named() -> None:
    case = make_case()
    anchor = make_event(case, 0, label="TACE")
    make_event(case, 3, label="CT", anchor=anchor)
    before = state_of(case)
    with pytest.raises(ValidationError, match="The time of “CT” is counted from “TACE”"):
        remove(anchor)
    for number in range(4):
        make_event(case, number, label=f"Scan {number}", anchor=anchor)
    with pytest.raises(ValidationError, match="“CT”, “Scan 0”, “Scan 1” and 2 more are counted"):
        remove(anchor)
    assert len(state_of(case)["Event"]) == len(before["Event"]) + 4
    assert not CaseEdit.objects.exists()


def test_what_was_removed_already_is_told() -> None:
    event = make_event(label="CT")
    Event.objects.filter(pk=event.pk).delete()
    for act in (remove, lambda row: move(row, 0)):
        with pytest.raises(ValidationError, match="“CT” has been removed meanwhile"):
            act(event)


@pytest.mark.parametrize(("at", "to"), [(0, 2), (2, 0), (1, 2), (3, 1)])
def test_a_row_is_placed_and_the_rest_closes_up(at: int, to: int) -> None:
    case = make_case()
    events = [make_event(case, position=position) for position in (0, 3, 3, 9)]
    before = state_of(case)
    events.insert(to, moved := events.pop(at))
    edit = move(moved, to)
    assert edit is not None
    assert edit.words == f"Moved “{moved.label}”"
    assert list(case.events.all()) == events
    assert [event.position for event in case.events.all()] == [0, 1, 2, 3]
    edits.undo(case=case, by=None)
    assert state_of(case) == before


def test_a_row_that_is_there_already_is_not_moved() -> None:
    case = make_case()
    events = [make_event(case, position=position) for position in (2, 5)]
    assert move(events[1], 1) is None
    assert not CaseEdit.objects.exists()


@pytest.mark.parametrize("to", [-1, 2])
def test_a_place_that_is_not_there_is_refused(to: int) -> None:
    case = make_case()
    event, _ = make_event(case), make_event(case)
    with pytest.raises(ValidationError, match="from 0 to 1: there are 2 rows") as caught:
        move(event, to)
    assert set(caught.value.message_dict) == {"position"}


def make_pair(target: Any, make: Any) -> list[CasePart]:
    return [make(target, position=0), make(target, position=1)]


def test_rows_move_among_those_that_stand_on_the_same() -> None:
    event, other = make_timeline(make_case(), events=2, findings=0)
    finding = make_finding(event, position=9)
    targets = {event.case: make_citation, other: make_finding, finding: make_citation}
    for target, make in targets.items():
        first, second = make_pair(target, make)
        elsewhere = list(type(first).objects.exclude(pk__in=[first.pk, second.pk]))
        move(second, 0)
        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.position, second.position) == (1, 0)
        for row in elsewhere:
            position = row.position
            row.refresh_from_db()
            assert row.position == position


def test_moving_in_a_long_case_takes_few_queries(django_assert_max_num_queries) -> None:
    case = make_case()
    make_timeline(case, events=60, findings=0)
    with django_assert_max_num_queries(40):
        move(case.events.last(), 0)
