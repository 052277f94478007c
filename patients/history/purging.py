"""Personal data that was typed by mistake, removed from records, versions and history."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

import msgspec
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from literature.history import acting
from literature.history.purging import Place, purge_history, purge_records, refuse_short
from literature.models import AnsweredRequest, Change, Purge, Reference
from patients.actions import cases, known_words, prepared_answers
from patients.actions.listings import write_listing
from patients.document import checksum, from_builtins
from patients.models import Case, CaseVersion, ListedItem, Listing, Term
from patients.models.part import CasePart
from patients.vocabulary import Audience

NOT_A_VERSION = (
    "Without this text a version of {} would be no case document any more, so nothing was purged: "
    "it is also a word that documents are built with. Give more of what stands around it."
)


def purge(*, texts: Collection[str], by: str, reason: str) -> Purge:
    """Takes each of `texts` out of everything the database holds, and logs where it stood, not
    what it said.

    A version keeps its number; its checksum is of what it says now, and `purged_at` says so.
    Raises ValidationError where a text is too short, stands nowhere, or cannot be taken out whole.
    """
    for text in texts:
        refuse_short(text)
        if any(text in said for said in (by, reason)):
            raise ValidationError("What is logged of the purge would say what is purged.")
    try:
        with transaction.atomic():
            return _purge(texts, by, reason)
    except (IntegrityError, DataError) as error:
        table = getattr(getattr(error.__cause__, "diag", None), "table_name", None)
        raise ValidationError(
            f"A row of {table or 'a table'} cannot be without this text, so nothing was purged: it "
            "is also a word that records are built with. Give more of what stands around it."
        ) from error


def _purge(texts: Collection[str], by: str, reason: str) -> Purge:
    places: dict[Place, None] = {}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT session_user")
        database_user = cursor.fetchone()[0]
    with acting(reason=f"Purged: {reason}"):
        # The longest first: a shorter one may be a part of it.
        for text in sorted(texts, key=len, reverse=True):
            places |= dict.fromkeys(purge_records(text))
        _mend_versions({place.row for place in places if place.table == _table(CaseVersion)})
        _refresh(places)
        for text in sorted(texts, key=len, reverse=True):
            places |= dict.fromkeys(purge_history(text))
    AnsweredRequest.objects.all().delete()  # they live for a day, and say what was sent
    if not places:
        raise ValidationError("The text stands nowhere in the database: nothing was purged.")
    return Purge.objects.create(
        by=by, reason=reason, database_user=database_user,
        places=[asdict(place) for place in _of_rows(places)],
    )  # fmt: skip


def _table(model: Any) -> str:
    return str(model._meta.db_table)


def _of_rows(places: Collection[Place]) -> list[Place]:
    """The places as the log names them: those of the history as the rows it is about."""
    keys = [place.row for place in places if place.table == _table(Change)]
    about = Change.objects.in_bulk(keys)
    found = {
        Place(about[place.row].table, about[place.row].row, f"history: {place.column}")
        if place.table == _table(Change)
        else place
        for place in places
    }
    return sorted(found, key=lambda place: (place.table, place.row, place.column))


def _mend_versions(keys: Collection[int]) -> None:
    for version in CaseVersion.objects.filter(pk__in=keys).select_related("case"):
        try:
            digest = checksum(from_builtins(version.document))
        except msgspec.ValidationError as error:
            raise ValidationError(NOT_A_VERSION.format(version.case.accession)) from error
        CaseVersion.objects.filter(pk=version.pk).update(checksum=digest, purged_at=timezone.now())


def _refresh(places: Collection[Place]) -> None:
    """Listings are made anew: their words to search by are derived from what they say."""
    listed = Q(listings__in={each.row for each in places if each.table == _table(Listing)})
    listed |= Q(listings__items__in={e.row for e in places if e.table == _table(ListedItem)})
    touched = Case.objects.filter(Q(pk__in=_cases(places)) | listed)
    prepared_answers.forget(cases=list(touched.values_list("pk", flat=True)))
    for case in touched.distinct().order_by("pk"):
        cases.refresh(case=case)
        version = case.versions.filter(is_current=True).first()
        shown = case.listings.filter(audience=Audience.PUBLIC).first()
        if version is not None and shown is not None:
            write_listing(case=case, audience=Audience.PUBLIC,
                          document=from_builtins(version.document), at=shown.listed_at)  # fmt: skip
    for audience in Audience:
        known_words.forget(audience=audience)


def _cases(places: Collection[Place]) -> set[int]:
    """Keys of the cases that any of the rows belongs to, as the history knows it."""
    rows = {(place.table, place.row) for place in places}
    found = {row for table, row in rows if table == _table(Case)}
    of_rows = Change.objects.filter(
        table__in={table for table, _ in rows}, row__in={row for _, row in rows}
    ).exclude(part_of=None)
    for change in of_rows.only("table", "row", "part_of"):
        if (change.table, change.row) in rows:
            owners = (owner.rpartition(":") for owner in change.part_of or ())
            found |= {int(key) for table, _, key in owners if table == _table(Case)}
    versions = {row for table, row in rows if table == _table(CaseVersion)}
    found |= set(CaseVersion.objects.filter(pk__in=versions).values_list("case", flat=True))
    return found


def texts_of_field(record: str, field: str) -> set[str]:
    """All that a field of a record ever said, now and in the history. `record` is an accession,
    a public id, or the slug of a term.

    Raises ValidationError where there is no such record, or the field is no free text.
    """
    row = _row(record)
    column: Any = next((each for each in row._meta.concrete_fields if each.name == field), None)
    if column is None or column.choices or column.get_internal_type() not in _FREE:
        free = [each.name for each in row._meta.concrete_fields
                if each.get_internal_type() in _FREE and not each.choices]  # fmt: skip
        raise ValidationError(f"{field}: a field of free text is one of {', '.join(free)}.")
    said = {getattr(row, field)}
    for change in Change.objects.filter(table=_table(row), row=row.pk):
        said |= {(columns or {}).get(column.column) for columns in (change.before, change.after)}
    return {text for text in said if isinstance(text, str) and text.strip()}


_FREE = frozenset({"CharField", "TextField"})


def _row(record: str) -> Any:
    """The case, part, reference or term that `record` names."""
    by_id: list[Any] = [Reference, *CasePart.__subclasses__()]
    named: list[Any] = [(Case, "accession"), (Term, "slug")]
    for model, name in [*named, *((each, "public_id") for each in by_id)]:
        row = model._base_manager.filter(**{name: record}).first()
        if row is not None:
            return row
    raise ValidationError(f"There is no record {record}.")
