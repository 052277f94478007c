"""Changes in words for people: which record, which field, from what to what."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import DateTimeField, Field, ForeignKey, Model

from literature.history.acting import COMMAND, WORKER
from literature.history.naming import Names, field_of, model_of
from literature.history.reading import Entry, Page, purges_of
from literature.history.wording import Piece, pieces
from literature.models import Change, ChangeKind, Purge

NOT_TOLD = frozenset({"public_id", "created_at", "position", "imported_id", "checksum"})
"""Columns that say nothing to a reader of a row that came or went."""
LONG = 40
"""Values of a structured field that are told one by one; of more, only how many."""


@dataclass(frozen=True, slots=True)
class FieldView:
    label: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class RowView:
    kind: str
    kind_label: str
    noun: str
    name: str
    fields: list[FieldView]
    purge: Purge | None
    """That text was purged from this row, if it was."""


@dataclass(frozen=True, slots=True)
class EntryView:
    number: int
    at: datetime
    rows: list[RowView]


@dataclass(frozen=True, slots=True)
class Act:
    """What one request or command did, or what somebody did in the database itself."""

    at: datetime
    who: str
    user_id: int | None
    way: str
    reason: str
    entries: list[EntryView]


def acts(page: Page) -> list[Act]:
    """A query for each kind of row that is named, and one for purges, however many changes."""
    changes = [change for entry in page.entries for change in entry.changes]
    names, purges = Names(changes), purges_of(changes)
    return [
        _act(list(group), names, purges)
        for _, group in groupby(page.entries, lambda entry: _of_one_act(entry.last))
    ]


def _of_one_act(change: Change) -> tuple[Any, ...]:
    """The same request or command, as far as a minute can tell."""
    minute = change.at.replace(second=0, microsecond=0)
    return (minute, change.user_id, change.username, change.way, change.reason,
            change.database_user)  # fmt: skip


def _act(entries: list[Entry], names: Names, purges: Mapping[tuple[str, int], Purge]) -> Act:
    last = entries[0].last
    views = [
        EntryView(
            entry.number, entry.last.at, [_row_view(each, names, purges) for each in entry.changes]
        )
        for entry in entries
    ]
    who, way = _who(last)
    return Act(last.at, who, last.user_id, way, last.reason, views)


def _who(change: Change) -> tuple[str, str]:
    """Who did it, and by what way where that says more."""
    if change.username:
        return change.username, change.way
    if change.way.startswith((COMMAND, WORKER)):
        return f"the {change.way}", ""
    if change.way:
        return "somebody who is not signed in", change.way
    return f"the database user {change.database_user}, from outside the site", ""


def _row_view(change: Change, names: Names, purges: Mapping[tuple[str, int], Purge]) -> RowView:
    model = model_of(change.table)
    before, after = change.before or {}, change.after or {}
    shown = [
        view
        for column in dict.fromkeys([*before, *after])
        if change.kind == ChangeKind.CHANGED or (column not in NOT_TOLD)
        for view in _field_views(model, column, before.get(column), after.get(column), names)
    ]
    noun = str(model._meta.verbose_name) if model else change.table
    return RowView(
        change.kind, change.get_kind_display(), noun, names.of_row(change), shown,
        purges.get((change.table, change.row)),
    )  # fmt: skip


def _field_views(
    model: type[Model] | None, column: str, before: Any, after: Any, names: Names
) -> Iterator[FieldView]:
    field = field_of(model, column)
    label = _capital(str(field.verbose_name) if field else column.replace("_", " "))
    if isinstance(before, dict) or isinstance(after, dict):
        yield from _parts(label, before or {}, after or {})
        return
    old, new = (_text(field, value, names) for value in (before, after))
    if old or new:
        yield FieldView(label, pieces(old, new))


def _parts(label: str, before: Any, after: Any) -> Iterator[FieldView]:
    """A structured field, value by value."""
    old, new = _flat(before), _flat(after)
    keys = [key for key in dict.fromkeys([*old, *new]) if old.get(key) != new.get(key)]
    if len(keys) > LONG:
        yield FieldView(label, [Piece(f"{len(keys)} values")])
        return
    for key in keys:
        yield FieldView(f"{label}: {key}" if key else label,
                        pieces(old.get(key, ""), new.get(key, "")))  # fmt: skip


def _flat(value: Any, name: str = "") -> dict[str, str]:
    if isinstance(value, Mapping):
        flat: dict[str, str] = {}
        for key, inner in value.items():
            flat |= _flat(inner, f"{name} {key}".strip())
        return flat
    if value in (None, "", []):
        return {}
    return {name: value if isinstance(value, str) else _json(value)}


def _text(field: Field[Any, Any] | None, value: Any, names: Names) -> str:
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(field, ForeignKey):
        return names.of_key(field, value)
    if isinstance(field, DateTimeField):
        return str(value)[:16].replace("T", " ")
    choices: Any = dict(field.flatchoices) if field is not None and field.choices else {}
    if value in choices if not isinstance(value, list) else False:
        return str(choices[value])
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    return value if isinstance(value, str) else _json(value)


def _json(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(each, dict) for each in value):
        return "; ".join(" ".join(str(part) for part in each.values()) for each in value)
    return json.dumps(value, ensure_ascii=False)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
