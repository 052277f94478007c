"""What hangs on a row of a case, read off the foreign keys of all kinds of rows.

A key that cascades makes its row part of what it points to. Any other key is a tie between rows
that stand on their own: it holds the row it points to, unless it may be let go.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import CASCADE, SET_NULL, ForeignKey

from patients.actions.edits.steps import name_of
from patients.models.part import CasePart
from patients.querysets import CasePartQuerySet

Tie = ForeignKey[Any, Any]
LET_GO = frozenset({"imagingfinding.lesion"})
"""Ties that are cut where the row they point to is removed: the finding was seen all the same."""
NAMED = 3
"""Rows that a refusal names before it counts the rest."""


def ties_to(model: type[CasePart]) -> list[Tie]:
    """The foreign keys of rows of a case that point to `model`."""
    kinds = [kind for kind in apps.get_models() if issubclass(kind, CasePart)]
    return [
        field
        for kind in kinds
        for field in kind._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model is model
    ]


def stands_on(model: type[CasePart]) -> list[Tie]:
    """The foreign keys that make a row of `model` part of another row: those that cascade."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and is_part(field)
        and isinstance(field.related_model, type) and issubclass(field.related_model, CasePart)
    ]  # fmt: skip


def is_part(tie: Tie) -> bool:
    return tie.remote_field.on_delete is CASCADE


def may_let_go(tie: Tie) -> bool:
    name = f"{tie.model._meta.model_name}.{tie.name}"
    return tie.remote_field.on_delete is SET_NULL or name in LET_GO


def with_its_parts(row: CasePart) -> list[CasePart]:
    """`row` and all its parts, theirs too, each before what it is a part of."""
    found: dict[CasePart, None] = {row: None}
    level = [row]
    while level:
        level = [part for tie, rows in _tied(level) if is_part(tie) for part in rows]
        for part in level:
            found.pop(part, None)  # what is reached again lies deeper than it seemed
            found[part] = None
    return list(found)[::-1]


def cut_ties(rows: list[CasePart]) -> list[tuple[CasePart, Tie]]:
    """The rows beside `rows` that let go of one of them, with the key that does.

    Raises ValidationError, naming them, where some do not.
    """
    gone, cut = set(rows), []
    for tie, others in _tied(rows):
        others = [other for other in others if other not in gone]
        if others and not may_let_go(tie):
            raise ValidationError(_refusal(tie, rows, others))
        cut += [(other, tie) for other in others]
    return cut


def refuse_if_held(row: CasePart) -> None:
    """Raises ValidationError where anything at all hangs on `row`."""
    for _, rows in _tied([row]):
        if rows:
            raise ValidationError(f"{names(rows)} {_has(rows)} been added to {name_of(row)} since.")


def _tied(rows: Iterable[CasePart]) -> list[tuple[Tie, list[CasePart]]]:
    """Every key that points to one of `rows`, with the rows that point. A query a key."""
    by_kind: dict[type[CasePart], list[CasePart]] = defaultdict(list)
    for row in rows:
        by_kind[type(row)].append(row)
    return [
        (tie, list(CasePartQuerySet(tie.model).filter(**{f"{tie.name}__in": of_kind})))
        for kind, of_kind in by_kind.items()
        for tie in ties_to(kind)
    ]


def _refusal(tie: Tie, rows: list[CasePart], others: list[CasePart]) -> str:
    held = name_of(next(row for row in rows if row.pk == getattr(others[0], tie.attname)))
    if tie.name == "anchor":
        time, is_counted = ("time", "is") if len(others) == 1 else ("times", "are")
        return (
            f"The {time} of {names(others)} {is_counted} counted from {held}: count from another "
            "event first."
        )
    return f"Something rests on {held}: {names(others)}. Change that first."


def names(rows: list[CasePart]) -> str:
    """`“CT” and “MRI”`, `“CT”, “MRI”, “PET” and 4 more`."""
    named = [name_of(row) for row in rows[:NAMED]]
    if len(rows) > NAMED:
        return f"{', '.join(named)} and {len(rows) - NAMED} more"
    return " and ".join([", ".join(named[:-1]), named[-1]] if named[1:] else named)


def _has(rows: list[CasePart]) -> str:
    return "has" if len(rows) == 1 else "have"
