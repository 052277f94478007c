"""What a proposal starts from: the working record, or what was published of it.

Who does not see working records must learn nothing of them. For them the rows are put back, for
as long as a transaction lasts, to those that the current version was made of.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model

from patients.actions.edits.steps import Columns, columns_of, put
from patients.actions.published_rows import all_rows
from patients.document import build_document, checksum
from patients.models import Case, PublishedRows
from patients.models.part import CasePart
from patients.querysets import sees_unpublished

Key = tuple[str, int]
Rows = dict[Key, Columns]
BEING_EDITED = (
    "Curators are changing this case, and it was published before its rows were kept. It can be "
    "proposed on once its next version is published."
)
LOCKED = (
    "A curator has changed this part of the case since it was last published. You can propose a "
    "change of it once the next version is published."
)


@dataclass(frozen=True, slots=True)
class Base:
    """`locked` are the rows that the working record and the published version tell differently."""

    version: int | None
    locked: frozenset[Key] = frozenset()


def put_back_to_base(case: Case, user: Any) -> Base:
    """Inside a transaction that is rolled back: makes the rows what `user` may start from.

    Raises ValidationError where there is nothing that they may start from.
    """
    number = _current_number(case)
    if sees_unpublished(user):
        return Base(number)
    published = _published_rows(case)
    now = {(row._meta.label_lower, row.pk): columns_of(row) for row in all_rows(case)}
    wanted = {key: _with_what_is_left(key, told, now.get(key)) for key, told in published.items()}
    differing = frozenset(key for key in now.keys() | wanted if now.get(key) != wanted.get(key))
    _put_back(case, differing, wanted)
    return Base(number, differing)


def _current_number(case: Case) -> int | None:
    current = case.versions.filter(is_current=True)
    found: int | None = current.values_list("number", flat=True).first()
    return found


def _published_rows(case: Case) -> Rows:
    kept = PublishedRows.objects.filter(version__case=case).order_by("-version__number").first()
    if kept is None:
        whole = Case.objects.with_timeline().get(pk=case.pk)
        now = checksum(build_document(whole))
        if not case.versions.filter(is_current=True, checksum=now).exists():
            raise ValidationError(BEING_EDITED)
        return {(row._meta.label_lower, row.pk): columns_of(row) for row in all_rows(case)}
    return {(row["model"], row["pk"]): row["columns"] for row in kept.rows}


def _with_what_is_left(key: Key, told: Columns, now: Columns | None) -> Columns:
    """The kept columns, but for keys to records that were merged away since, and new columns."""
    if now is None:
        return told
    model = apps.get_model(key[0])
    columns = {**now, **{name: value for name, value in told.items() if name in now}}
    for field in model._meta.concrete_fields:
        if not isinstance(field, ForeignKey) or field.attname not in columns:
            continue
        pk, target = columns[field.attname], field.related_model
        is_part = isinstance(target, type) and issubclass(target, CasePart)
        if pk == now[field.attname] or pk is None or is_part or not isinstance(target, type):
            continue
        if not target._base_manager.filter(pk=pk).exists():
            columns[field.attname] = now[field.attname]
    return columns


def _put_back(case: Case, differing: frozenset[Key], wanted: Rows) -> None:
    """Rows that differ are taken out and put in anew, so that no two want one mark meanwhile."""
    by_model: dict[type[Model], list[int]] = defaultdict(list)
    for label, pk in differing:
        by_model[apps.get_model(label)].append(pk)
    for model, pks in by_model.items():
        if issubclass(model, CasePart):
            found = model._base_manager.filter(case=case, pk__in=pks)
            found._raw_delete(found.db)
    for model, pks in by_model.items():
        rows: list[Any] = [
            _row(model, pk, case, wanted) for pk in pks if _label(model, pk) in wanted
        ]
        if issubclass(model, CasePart):
            model._base_manager.bulk_create(rows)
            continue
        for row in rows:
            row.save(force_update=True)


def _label(model: type[Model], pk: int) -> Key:
    return model._meta.label_lower, pk


def _row(model: type[Model], pk: int, case: Case, wanted: Rows) -> Model:
    is_part = issubclass(model, CasePart)
    maker: Any = model
    row: Model = maker(pk=pk, case=case) if is_part else model._base_manager.get(pk=pk)
    put(row, wanted[_label(model, pk)])
    return row
