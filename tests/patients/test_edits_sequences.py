"""Any sequence of edits can be taken back step by step, and done again, without a trace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from patients.actions import edits
from patients.models import Case, Citation, Event, ImagingFinding, LaboratoryResult, Measurement
from patients.models.part import CasePart
from tests.make import make_reference
from tests.patients.edit_states import state_of
from tests.patients.rich_case import make_rich_case

Act = Callable[[Case, int, int], Any]
"""Does something to a case; two numbers choose what to."""


def pick(rows: Any, number: int) -> Any:
    found = list(rows.all())
    return found[number % len(found)] if found else None


def save(case: Case, *rows: Any) -> None:
    edits.save_rows(case=case, rows=rows, words="Saved", by=None)


def remove(row: CasePart | None) -> None:
    if row is not None:
        edits.remove_part(row=row, words="Removed", by=None)


def move(row: CasePart | None, to: int) -> None:
    if row is not None:
        edits.move_part(row=row, to=to, by=None)


def rename(case: Case, number: int, text: int) -> None:
    event = pick(case.events, number)
    if event is not None:
        event.label, event.detail = f"Event {text}", "" if text % 2 else "In more words."
        save(case, event)


def add_event(case: Case, number: int, day: int) -> None:
    event = Event(
        case=case, category="drug", label="Octreotide", anchor=pick(case.events, number),
        start_low=day, start_high=day, start_precision="day", dose="0.1", dose_unit="mg",
        position=number,
    )  # fmt: skip
    reference = make_reference()
    save(case, Citation(case=case, event=event, reference=reference, role="source"), event)


def add_finding(case: Case, number: int, size: int) -> None:
    event = pick(case.events, number)
    if event is not None:
        finding = ImagingFinding(case=case, event=event, lesion=pick(case.lesions, size))
        ends = {"low_mm": size, "high_mm": size + 1}
        save(case, finding, Measurement(case=case, finding=finding, dimension="longest", **ends))


def add_result(case: Case, number: int, value: int) -> None:
    """A change of its event's category goes along, since only observations have results."""
    event = pick(case.events.filter(category__in=["laboratory", "imaging"]), number)
    if event is not None:
        event.category = "laboratory"
        save(case, LaboratoryResult(case=case, event=event, analyte="CgA", value=value), event)


def move_day_zero(case: Case, number: int, other: int) -> None:
    rows = {event.pk: event for event in case.events.filter(is_index=True)}
    chosen = pick(case.events.filter(anchor=None), number)
    for row in rows.values():
        row.is_index = False
    if chosen is not None:
        rows[chosen.pk] = chosen
        chosen.is_index, chosen.start_precision = True, "day"
        chosen.start_low, chosen.start_high = 0, 0
    save(case, *rows.values())


def change_case(case: Case, number: int, age: int) -> None:
    case = Case.objects.get(pk=case.pk)
    case.patient.sex = ("", "male", "female", "other")[number % 4]
    case.age_low = case.age_high = age
    save(case, case.patient, case)


def swap_sources(case: Case, number: int, other: int) -> None:
    own = case.citations.filter(event=None, finding=None)
    source, chosen = own.filter(role="source").first(), pick(own, number)
    if source is not None and chosen != source:
        source.role, chosen.role = chosen.role, "source"
        save(case, chosen, source)


ACTS: dict[str, Act] = {
    "rename": rename,
    "add event": add_event,
    "add finding": add_finding,
    "add result": add_result,
    "move day 0": move_day_zero,
    "change case": change_case,
    "swap sources": swap_sources,
    "move event": lambda case, number, to: move(pick(case.events, number), to),
    "move citation": lambda case, number, to: move(pick(case.citations, number), to % 2),
    "remove event": lambda case, number, _: remove(pick(case.events, number)),
    "remove finding": lambda case, number, _: remove(pick(case.imagingfindings, number)),
    "remove lesion": lambda case, number, _: remove(pick(case.lesions, number)),
    "remove size": lambda case, number, _: remove(pick(case.measurements, number)),
    "remove result": lambda case, number, _: remove(pick(case.laboratoryresults, number)),
    "remove citation": lambda case, number, _: remove(pick(case.citations, number)),
    "undo": lambda case, *_: edits.undo(case=case, by=None),
    "redo": lambda case, *_: edits.redo(case=case, by=None),
}
SEQUENCES = st.lists(
    st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 9), st.integers(0, 9)),
    min_size=1,
    max_size=12,
)


class Walk:
    """What the case was after every edit that stands, and after those that may be done again."""

    def __init__(self, case: Case) -> None:
        self.case, self.states, self.at = case, [state_of(case)], 0

    def act(self, name: str, *numbers: int) -> None:
        before = self.case.edits.count()
        try:
            with transaction.atomic():
                ACTS[name](self.case, *numbers)
        except ValidationError:
            assert state_of(self.case) == self.states[self.at]
            return
        if name in ("undo", "redo"):
            self.at += 1 if name == "redo" else -1
        elif self.case.edits.count() > before:
            self.at += 1
            self.states = [*self.states[: self.at], state_of(self.case)]
        assert state_of(self.case) == self.states[self.at]

    def to_the_start_and_to_the_end(self) -> None:
        while self.at > 0:
            self.step(edits.undo, -1)
        with pytest.raises(ValidationError, match="nothing to take back"):
            edits.undo(case=self.case, by=None)
        while self.at < len(self.states) - 1:
            self.step(edits.redo, 1)
        with pytest.raises(ValidationError, match="nothing to do again"):
            edits.redo(case=self.case, by=None)

    def step(self, walk: Any, by: int) -> None:
        walk(case=self.case, by=None)
        self.at += by
        assert state_of(self.case) == self.states[self.at]


@pytest.mark.django_db
@settings(max_examples=15, deadline=None)
@given(SEQUENCES)
def test_any_sequence_is_walked_back_and_forward(sequence: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        walk = Walk(make_rich_case().case)
        for name, *numbers in sequence:
            walk.act(name, *numbers)
        walk.to_the_start_and_to_the_end()
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in ACTS if name not in ("undo", "redo")])
def test_every_kind_of_edit_is_made_and_walked(name: str) -> None:
    """So that the sequences above are not made of refusals."""
    case = make_rich_case().case
    walk = Walk(case)
    for number in range(4):
        walk.act(name, number, number + 1)
    assert len(walk.states) > 1
    walk.to_the_start_and_to_the_end()
