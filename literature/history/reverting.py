"""What a transaction did to a record, row by row, as steps that can be walked back."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from literature.actions.rows import Columns, Step
from literature.history.naming import model_of
from literature.models import Change

GONE = "This change is about a kind of row that there is no more."


def steps_of(changes: Iterable[Change]) -> list[Step]:
    """One step a row, in the order in which the rows were first touched: from what the row was
    before to what it was in the end. A row that ends as it began is left out.

    Raises ValidationError where a table is no more.
    """
    first: dict[tuple[str, int], Columns | None] = {}
    last: dict[tuple[str, int], Columns | None] = {}
    for change in sorted(changes, key=lambda change: change.pk):
        row = (change.table, change.row)
        if row not in first:
            first[row] = change.before
            last[row] = change.after
            continue
        before, so_far = first[row], last[row]
        if before is not None and change.before is not None and so_far is not None:
            # A column that changes for the first time was until now as this change found it.
            first[row] = {**change.before, **before}
        last[row] = None if change.after is None else {**(so_far or {}), **change.after}
    return [
        Step(model=_label(table), pk=pk, before=first[(table, pk)], after=last[(table, pk)])
        for table, pk in first
        if first[(table, pk)] != last[(table, pk)]
    ]


def backwards(steps: Iterable[Step]) -> list[Step]:
    """The steps that undo `steps`, the last one first."""
    return [
        Step(model=step["model"], pk=step["pk"], before=step["after"], after=step["before"])
        for step in reversed(list(steps))
    ]


def _label(table: str) -> str:
    model = model_of(table)
    if model is None:
        raise ValidationError(GONE)
    return model._meta.label_lower
