"""What has changed since a writer read a record: told with the refusal of a stale write.

An ETag for those who may write ends with a mark: the number of the newest change of the record in
the history that the database keeps. A stale `If-Match` brings it back, and the changes since then
are put together, field by field: what it was, and what it is now.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Field, Max, Model, Q, QuerySet

from literature.models import Change
from literature.models.change import ChangeKind
from literature.rest.problems import FieldError

MARK: Final = "~"
"""Between an ETag's digest and its mark."""
TOLD_AT_ONCE: Final = 500
"""Changes that are looked through; where there were more, the newest are not told."""
LONGEST: Final = 120
"""Characters of a value that are repeated."""
_MARKED = re.compile(rf'"([^"{MARK}]*){MARK}(\d{{1,18}})"')
NAMES: Final = ("public_id", "accession", "slug")
"""What the interface calls a record by, in the order in which a model is asked for it."""


@dataclass(frozen=True, slots=True)
class Told:
    """How the rows of one table are called, and which of their columns."""

    model: type[Model]
    plural: str
    fields: frozenset[str]


@dataclass(slots=True)
class RowChange:
    """All that happened to one row: columns as they were first, and as they were last."""

    kind: str
    was: dict[str, Any] = dataclasses.field(default_factory=dict)
    now: dict[str, Any] = dataclasses.field(default_factory=dict)


def marked(etag: str, mark: int) -> str:
    return f'{etag[:-1]}{MARK}{mark}"'


def without_mark(etag: str) -> str:
    """The ETag as it is for everybody, whatever mark it was given."""
    found = _MARKED.fullmatch(etag)
    return f'"{found[1]}"' if found else etag


def mark_in(etags: Iterable[str]) -> int | None:
    """The oldest mark; None where there is none."""
    return min((int(found[2]) for tag in etags if (found := _MARKED.fullmatch(tag))), default=None)


@dataclass(frozen=True, slots=True)
class Record:
    """What a mark counts the changes of. Rows are named as `table:number`."""

    whole: str
    """A row with all the rows that belong to it."""
    beside: tuple[str, ...] = ()
    """Rows that stand for themselves."""

    @property
    def changes(self) -> QuerySet[Change]:
        wanted = Q(part_of__contains=[self.whole])
        for named in (self.whole, *self.beside):
            table, _, row = named.partition(":")
            wanted |= Q(table=table, row=int(row))
        return Change.objects.filter(wanted)


def newest_mark(record: Record) -> int:
    """The number of the newest change of `record`; 0 where there is none."""
    return int(record.changes.aggregate(mark=Max("pk"))["mark"] or 0)


def changes_since(
    mark: int, record: Record, row: Model, known: Mapping[str, Told]
) -> list[FieldError]:
    """What became of `row`, and of the rows that `record` has beside it, after the change `mark`.

    Fields of the row go by their names, those of others as `plural.id.field`. Where `row` is only
    a part of the record and has changed itself, the other parts are left out. `known` says by
    table what may be told.
    """
    found = _put_together(record.changes.filter(pk__gt=mark).order_by("pk"))
    own = (row._meta.db_table, row.pk)
    is_part = record.whole != named(*own)
    if is_part and own in found and (errors := _errors_of(found[own], own, known)):
        return errors
    return [
        error
        for key, change in found.items()
        for error in _errors_of(change, key, known, own=key == own)
    ]


def named(table: str, row: int) -> str:
    return f"{table}:{row}"


def _put_together(changes: QuerySet[Change]) -> dict[tuple[str, int], RowChange]:
    found: dict[tuple[str, int], RowChange] = {}
    for change in changes[:TOLD_AT_ONCE]:
        row = found.setdefault((change.table, change.row), RowChange(change.kind))
        row.kind = ChangeKind.REMOVED if change.kind == ChangeKind.REMOVED else row.kind
        for name, value in (change.before or {}).items():
            row.was.setdefault(name, value)
        row.now |= change.after or {}
    return found


def _errors_of(
    change: RowChange, key: tuple[str, int], known: Mapping[str, Told], *, own: bool = True
) -> list[FieldError]:
    table, pk = key
    told = known.get(table)
    if told is None:
        return []
    name = "" if own else f"{told.plural}.{_name_of(told.model, pk, change)}"
    if change.kind != ChangeKind.CHANGED:
        return [FieldError(name, f"Was {change.kind}.")]
    columns = {column.column: column for column in told.model._meta.concrete_fields}
    return [
        FieldError(f"{name}.{field.name}".lstrip("."), _sentence(field, was, change.now[column]))
        for column, was in change.was.items()
        if (field := columns.get(column)) is not None
        and field.name in told.fields
        and was != change.now[column]
    ]


def _name_of(model: type[Model], pk: int, change: RowChange) -> str:
    """As addresses name the row, also when it is gone."""
    name = _naming(model)
    columns = change.was | change.now
    return str(columns.get(name) or _public_name(model, pk) or pk)


def _naming(model: type[Model]) -> str:
    columns = {column.name for column in model._meta.concrete_fields}
    return next((name for name in NAMES if name in columns), "pk")


def _public_name(model: type[Model], pk: Any) -> str:
    found = model._default_manager.filter(pk=pk).values_list(_naming(model), flat=True).first()
    return "" if found is None else str(found)


def _sentence(column: Field[Any, Any], was: Any, now: Any) -> str:
    return f"It was {_shown(column, was)} and is {_shown(column, now)} now."


def _shown(column: Field[Any, Any], value: Any) -> str:
    if value in (None, "", [], {}):
        return "empty"
    related = column.related_model
    if isinstance(related, type):
        return _public_name(related, value) or "a record that is gone"
    if isinstance(value, str):
        return f"“{value if len(value) <= LONGEST else value[:LONGEST] + '…'}”"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
