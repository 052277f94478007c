"""Two who take back, or do again, at the same moment: each takes a step of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from patients.actions import edits, records
from patients.models import Event
from tests.make import make_event

pytestmark = pytest.mark.django_db


def aside(*acts: Callable[[], Any]) -> list[Any]:
    """What `acts` return, run at once, each over a connection of its own: so they are committed."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def renamed_event() -> Iterator[Event]:
    """An event that other connections see, called A and then B, C and D; removed in the end."""
    [event] = aside(make_event)

    def rename() -> None:
        for label in "BCD":
            event.label = label
            edits.save_rows(case=event.case, rows=[event], words=f"Named {label}", by=None)

    def remove() -> None:
        records.remove_draft(case=event.case, by=None)
        event.case.patient.delete()

    try:
        aside(rename)
        yield event
    finally:
        aside(remove)


def test_two_who_take_back_at_once_take_one_step_each(renamed_event: Event) -> None:
    def undo() -> str:
        return edits.undo(case=renamed_event.case, by=None).words

    assert sorted(aside(undo, undo)) == ["Named C", "Named D"]
    renamed_event.refresh_from_db()
    assert renamed_event.label == "B"


def test_two_who_do_again_at_once_take_one_step_each(renamed_event: Event) -> None:
    def redo() -> str:
        return edits.redo(case=renamed_event.case, by=None).words

    for _ in "BCD":
        aside(lambda: edits.undo(case=renamed_event.case, by=None))
    assert sorted(aside(redo, redo)) == ["Named B", "Named C"]
    renamed_event.refresh_from_db()
    assert renamed_event.label == "C"
