"""The log of edits follows when citations are tied to another reference.

An edit keeps the columns of its rows. Were they to name a record that is no more, the edit could
never be taken back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from literature.models import Reference
from patients.actions.edits.steps import Columns
from patients.models import CaseEdit

CITATION = "patients.citation"
Places = dict[str, list[list[Any]]]
"""By the edit's primary key: which step, and `before` or `after`."""
COLUMN = "reference_id"


def retie_edits(gone: Reference, kept: Reference) -> Places:
    """Puts `kept` for `gone` in the logged columns of citations; gives where it did."""
    places: Places = {}
    named = Q()
    for side in ("before", "after"):
        named |= Q(changes__contains=[{"model": CITATION, side: {COLUMN: gone.pk}}])
    for edit in CaseEdit.objects.select_for_update(of=("self",)).filter(named).order_by("pk"):
        places[str(edit.pk)] = [
            [number, side]
            for number, side, columns in _sides(edit)
            if columns.get(COLUMN) == gone.pk
        ]
        _put(edit, places[str(edit.pk)], kept)
    return places


def untie_edits(places: Places, gone: Reference, kept: Reference) -> None:
    """Puts `gone` again where `retie_edits` put `kept`."""
    for edit in CaseEdit.objects.select_for_update(of=("self",)).filter(pk__in=places):
        _put(edit, places[str(edit.pk)], gone)


def _sides(edit: CaseEdit) -> Iterator[tuple[int, str, Columns]]:
    for number, step in enumerate(edit.changes):
        if step["model"] == CITATION:
            for side in ("before", "after"):
                if step[side]:
                    yield number, side, step[side]


def _put(edit: CaseEdit, places: list[list[Any]], reference: Reference) -> None:
    for number, side in places:
        edit.changes[number][side][COLUMN] = reference.pk
    edit.save(update_fields=["changes"])
