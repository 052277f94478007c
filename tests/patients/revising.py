"""Proposals made the way the editor makes them: edits inside a block that leaves no trace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from patients.actions import edits, revisions
from patients.models import Case, Event, Revision
from patients.revisions.overlay import laid_over
from tests import make


def make_proposal(case: Case, by: Any = None, **changes: Any) -> Revision:
    """An empty draft on a published case."""
    by = by or make.make_user("researcher")
    return revisions.begin(case=case, by=by, **changes)


def write(revision: Revision, act: Callable[[Case], Any]) -> Revision:
    """`act` edits the case as the proposal shows it; what it comes to is kept in the proposal."""
    with laid_over(revision, revision.author) as overlaid:
        act(overlaid.case)
    return revisions.keep(revision=revision, log=overlaid.log, by=revision.author)


def change_event(revision: Revision, number: int = 0, **columns: Any) -> Revision:
    """Proposes other values for one event of the case."""

    def act(case: Case) -> None:
        event = list(Event.objects.filter(case=case))[number]
        for name, value in columns.items():
            setattr(event, name, value)
        edits.save_rows(case=case, rows=[event], words="Changed event", by=revision.author)

    return write(revision, act)


def submit(revision: Revision, comment: str = "The report says so.", **changes: Any) -> Revision:
    return revisions.submit(revision=revision, by=revision.author, comment=comment, **changes)
