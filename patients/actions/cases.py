"""Writes that span a case: its rows, its listings, its published versions."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from patients.actions import likeness, quotes, writers
from patients.actions.listings import remove_public, write_listing
from patients.actions.published_rows import keep_rows
from patients.completeness import refusals_of
from patients.document import CaseDocument, build_document, checksum, to_builtins
from patients.models import Case, CaseReview, CaseVersion, StatusChange
from patients.models.part import CasePart
from patients.vocabulary import Audience, Status, StatusAct


def lock(case: Case) -> Case:
    """The case with its timeline, locked until the transaction ends, so that writers take turns."""
    Case.objects.select_for_update().get(pk=case.pk)
    return Case.objects.with_timeline().get(pk=case.pk)


@transaction.atomic
def refresh(*, case: Case) -> CaseDocument:
    """Checks new quotes, and brings the working listing up to date, after a change to the rows of
    `case`."""
    locked = lock(case)
    quotes.check_new(locked.citations.all())
    document = build_document(locked)
    write_listing(case=case, audience=Audience.WORKING, document=document, at=timezone.now())
    return document


@transaction.atomic
def refresh_all(touched: QuerySet[Case]) -> None:
    """Refreshes many, always in one order, so that two writers cannot wait for each other."""
    for case in touched.order_by("pk"):
        refresh(case=case)


@transaction.atomic
def save(*, row: Case | CasePart, by: Any) -> Model:
    """Saves one row of a case, checked against its fields and constraints.

    Raises ValidationError. `by` is the actor.
    """
    if isinstance(row, Case) and not row._state.adding:
        # A status changes by its own actions alone: a copy read before one must not undo it.
        row.status = Case.objects.select_for_update().get(pk=row.pk).status
    row.full_clean()
    row.save()
    case = row if isinstance(row, Case) else row.case
    refresh(case=case)  # which locks the case, before anything else of it
    writers.note(case=case, by=by)
    return row


@transaction.atomic
def remove(*, row: CasePart, by: Any) -> None:
    """Deletes one row of a case. Raises ProtectedError where others rest on it."""
    case = row.case
    row.delete()
    refresh(case=case)
    writers.note(case=case, by=by)


@transaction.atomic
def remove_all(*, rows: QuerySet[CasePart], by: Any) -> None:
    """Deletes rows of one kind at once. Raises ProtectedError where others rest on them."""
    touched = list(rows.values_list("case", flat=True).distinct())
    rows.delete()
    refresh_all(Case.objects.filter(pk__in=touched))
    for case in Case.objects.filter(pk__in=touched).order_by("pk"):
        writers.note(case=case, by=by)


@transaction.atomic
def publish(*, case: Case, by: Any) -> CaseVersion:
    """Freezes the case as its next version, which readers see from now on.

    This is the freezing alone: what people do goes through `patients.actions.publishing`, which
    checks who may and what must have been looked at. Publishing what is published already,
    unchanged, gives the current version again. Raises ValidationError when the record contradicts
    itself or names no source.
    """
    case = lock(case)
    quotes.check_new(case.citations.all())
    document = build_document(case)
    _refuse_unpublishable(document)
    now = timezone.now()
    version = _next_version(case, document)
    if version.pk is None:
        version.published_at = now
        version.published_by = by if getattr(by, "pk", None) else None
        CaseVersion.objects.filter(case=case, is_current=True).update(is_current=False)
        version.save()
    keep_rows(version=version)
    likeness.keep_features(version=version)
    if case.status != Status.PUBLISHED or version.published_at == now:
        move(case=case, act=StatusAct.PUBLISHED, to=Status.PUBLISHED, by=by, version=version)
    for audience in Audience:
        write_listing(case=case, audience=audience, document=document, at=version.published_at)
    return version


def _refuse_unpublishable(document: CaseDocument) -> None:
    refusals = refusals_of(document)
    if refusals:
        raise ValidationError(refusals)


def _next_version(case: Case, document: CaseDocument) -> CaseVersion:
    """The current version if it says the same, else an unsaved one with the next number."""
    latest = case.versions.order_by("-number").first()
    digest = checksum(document)
    if latest is not None and latest.is_current and latest.checksum == digest:
        return latest
    return CaseVersion(
        case=case,
        number=latest.number + 1 if latest else 1,
        document=to_builtins(document),
        checksum=digest,
    )


@transaction.atomic
def withdraw(*, case: Case, by: Any, reason: str = "") -> Case:
    """Takes a published case out of every public surface; its versions are kept, and a page says
    that it was withdrawn, with `reason`."""
    case = lock(case)
    if case.status != Status.PUBLISHED:
        raise ValidationError("Only a published case can be withdrawn.")
    remove_public(case=case)
    likeness.leave(case=case)
    move(case=case, act=StatusAct.WITHDRAWN, to=Status.WITHDRAWN, by=by, reason=reason)
    return case


def move(
    *,
    case: Case,
    act: StatusAct,
    to: str,
    by: Any,
    reason: str = "",
    version: CaseVersion | None = None,
) -> StatusChange:
    """Gives a locked case another status, on record; it waits for no decision any more."""
    now = timezone.now()
    was, case.status = case.status, to
    Case.objects.filter(pk=case.pk).update(status=to, updated_at=now)
    CaseReview.objects.filter(case=case).update(submitted_at=None, submitted_by=None)
    return StatusChange.objects.create(
        case=case, act=act, was=was, now=to, reason=reason, version=version,
        by=by if getattr(by, "pk", None) else None, at=now,
    )  # fmt: skip
