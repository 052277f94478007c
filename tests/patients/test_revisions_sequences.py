"""What is accepted as a whole is what the editor would have made, whatever was done."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import given, settings

from literature.models import Reference
from patients.actions import cases, edits, revisions
from patients.actions import revisions_deciding as deciding
from patients.models import Case, CaseEdit, Citation, Event
from patients.revisions.overlay import laid_over
from tests import make
from tests.patients.edit_states import state_of
from tests.patients.revising import make_proposal, submit
from tests.patients.rich_case import make_rich_case
from tests.patients.test_edits_sequences import ACTS, SEQUENCES, pick, save


def add_event(case: Case, number: int, day: int) -> None:
    """Citing a study that the library holds: one made inside the block would be gone after it."""
    event = Event(
        case=case, category="drug", label="Octreotide", anchor=pick(case.events, number),
        start_low=day, start_high=day, start_precision="day", dose="0.1", dose_unit="mg",
        position=number,
    )  # fmt: skip
    reference = Reference.objects.order_by("pk").first()
    save(case, Citation(case=case, event=event, reference=reference, role="source"), event)


PROPOSED = ACTS | {"add event": add_event}


def act_on(case: Case, name: str, *numbers: int) -> None:
    with contextlib.suppress(ValidationError), transaction.atomic():
        PROPOSED[name](case, *numbers)


@pytest.mark.django_db
@settings(max_examples=10, deadline=None)
@given(SEQUENCES)
def test_accepting_all_makes_what_the_editor_would_have(
    sequence: list[tuple[str, int, int]],
) -> None:
    with transaction.atomic():
        case = make_rich_case().case
        cases.publish(case=case, by=None)
        untouched = state_of(case)
        revision = make_proposal(case, make.make_user("curator"))
        for step in sequence:  # each request lays the proposal over the rows anew
            with laid_over(revision, revision.author) as overlaid:
                act_on(overlaid.case, *step)
                wanted = state_of(overlaid.case)
            revision = revisions.keep(revision=revision, log=overlaid.log, by=revision.author)
            assert state_of(case) == untouched
        if revision.changes:
            accepted_as_wanted(submit(revision), case, untouched, wanted)
        transaction.set_rollback(True)


def accepted_as_wanted(revision: Any, case: Case, before: Any, wanted: Any) -> None:
    curator = make.make_user("curator")
    decided = deciding.accept(revision=revision, by=curator)
    assert (decided.state, decided.edit.by) == ("accepted", curator)
    assert state_of(case) == wanted
    edits.undo(case=case, by=curator)
    assert state_of(case) == before
    assert CaseEdit.objects.filter(case=case).count() == 1
