"""One form saved: checked against the row as it was shown, then handed to the actions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from patients.actions import edits
from patients.actions.edits.log import lock
from patients.editor import rows
from patients.editor.dates import day_zero_date_in
from patients.editor.forms import FORMS, RowForm
from patients.editor.rows import Place
from patients.models import Case, CaseEdit, ImagingFinding

GONE = "gone"
"""The token of a row that somebody removed."""


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """The row has changed since it was shown; `by` and `at` are empty where that was not logged."""

    token: str
    """Of the row as it is now: sent back to save over it all the same."""
    differences: list[Difference]
    was_removed: bool
    by: str
    at: Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """`case` is the one that `form` stands on; it is stale once something was saved."""

    case: Case
    row: Any
    form: RowForm
    conflict: Conflict | None = None
    was_saved: bool = False
    changed: bool = False
    """Whether there was anything new to save."""


def form_for(case: Case, row: Any, key: str, data: Any = None) -> RowForm:
    """The form of `row`, bound where there is `data`."""
    kind = "case" if isinstance(row, Case) else rows.kind_of(row)
    kwargs: dict[str, Any] = {"case": case, "row": row, "key": key, "data": data}
    if kind == "event":
        kwargs["day_zero_date"] = day_zero_date_in(data) if data else None
    return FORMS[kind](**kwargs)


def typed_in(posted: QueryDict) -> MultiValueDict[str, str]:
    """What was posted, with a suggestion that was chosen (`use`) put into its field."""
    data = posted.copy()
    name, separator, value = posted.get("use", "").partition(":")
    if separator:
        data[name] = value
    return data


@transaction.atomic
def save_typed(*, case: Case, place: Place, posted: QueryDict, by: Any) -> Outcome:
    """Saves what was typed, unless it is not valid or the row has changed since it was shown.

    Raises LookupError where what the row stands on was removed, or there are too many rows.
    """
    try:
        # The actions' own lock: taking another one first could make two writers wait for each other
        lock(case.pk)
    except ValidationError as error:
        raise LookupError(error.messages[0]) from error
    case = Case.objects.with_timeline().get(pk=case.pk)
    row = _row_at(case, place)
    is_new = row is None
    conflict_token = _conflict(case, row, posted)
    if row is None:
        row = rows.new_row(case, place)
        _refuse_too_many(case, place)
    theirs = form_for(case, row, place.key)
    if place.kind == "event" and is_new:
        row.category = posted.get("category", "")
        rows.put_beside(case, row)
    form = form_for(case, row, place.key, typed_in(posted))
    valid = form.is_valid()
    if conflict_token and (form.has_changed() or is_new):
        return Outcome(case, row, form, _told(case, row, theirs, form, conflict_token))
    if is_new:
        row.pk = None
    if not valid:
        return Outcome(case, row, form)
    return _write(case, row, form, by)


def _row_at(case: Case, place: Place) -> Any:
    return case if place.kind == "case" else rows.find(case, place.kind, place.id)


def _conflict(case: Case, row: Any, posted: QueryDict) -> str:
    """The token of the row as it is now where that is not what the form was made of."""
    shown, insisted = posted.get("token", ""), posted.get("force", "")
    now = rows.token_of(case, row) if row is not None else (GONE if shown else "")
    return "" if now in (shown, insisted) else now


def _refuse_too_many(case: Case, place: Place) -> None:
    if len(rows.rows_of(case, place.kind)) >= rows.MAX_ROWS:
        raise LookupError(f"A case holds at most {rows.MAX_ROWS:,} {rows.NOUNS[place.kind]}s.")


def _write(case: Case, row: Any, form: RowForm, by: Any) -> Outcome:
    words = form.words()
    try:
        with transaction.atomic():
            edit = edits.save_rows(case=case, rows=form.rows(), words=words, by=by)
            removed = form.removed_rows()
            for size in removed:
                edits.remove_part(row=size, words=f"{words} (a size taken out)", by=by)
    except ValidationError as error:
        form.adopt(error)
        return Outcome(case, row, form)
    return Outcome(case, row, form, was_saved=True, changed=bool(edit or removed))


def _told(case: Case, row: Any, theirs: RowForm, mine: RowForm, token: str) -> Conflict:
    differences = []
    for name in mine.changed_data:
        if name in theirs.fields:
            bound = theirs[name]
            differences.append(
                Difference(str(bound.label), _shown(bound.value()), _shown(mine[name].value()))
            )
    last = _last_edit(case, row, token)
    return Conflict(
        token=token,
        differences=differences,
        was_removed=token == GONE,
        by=str(last.by) if last and last.by else "",
        at=last.at if last else None,
    )


def _last_edit(case: Case, row: Any, token: str) -> CaseEdit | None:
    """The latest edit that touched the row, or what its form shows beside it."""
    if token == GONE:
        step: dict[str, Any] = {"before": {"public_id": row.public_id}, "after": None}
        return edits.edits_of(case).filter(changes__contains=[step]).first()
    shown = [row, row.patient] if isinstance(row, Case) else [row]
    if isinstance(row, ImagingFinding):
        shown += rows.measurements_of(case, row).values()
    touched = Q()
    for one in shown:
        touched |= Q(changes__contains=[{"model": one._meta.label_lower, "pk": one.pk}])
    return edits.edits_of(case).filter(touched).first()


def _shown(value: Any) -> str:
    return "empty" if value in (None, "", []) else str(value)
