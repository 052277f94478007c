"""A case with a proposal laid over it, for as long as a block lasts: nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from patients.actions import edits, quotes
from patients.actions.edits.log import lock
from patients.actions.revisions_applying import Laid, lay
from patients.document import CaseDocument, build_document
from patients.models import Case, CaseEdit, Citation, Revision
from patients.revisions.base import Base, put_back_to_base
from patients.revisions.units import Units


@dataclass(slots=True)
class Overlaid:
    case: Case
    base: Base
    laid: Laid
    log: list[dict[str, Any]] = field(default_factory=list)
    """The proposal's own edits as they stand when the block ends."""


@contextmanager
def rolled_back() -> Iterator[None]:
    """What is written inside never was, also where the block raises."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


@contextmanager
def laid_over(revision: Revision, user: Any) -> Iterator[Overlaid]:
    """The rows of the case as `user` would have them: what they may start from, changed as
    proposed, with the proposal's edits in place of the case's own.

    Raises ValidationError where the case is gone, or there is nothing that they may start from.
    """
    with transaction.atomic(), rolled_back():
        case = lock(revision.case_id)
        base = put_back_to_base(case, user)
        laid = lay(revision.changes)
        _check_quotes(case)
        _show_log_of(revision, case)
        overlaid = Overlaid(case, base, laid)
        yield overlaid
        overlaid.log = _log_of(case)


@dataclass(frozen=True, slots=True)
class Sides:
    """A case before and after a proposal, as somebody may see it."""

    old: CaseDocument
    new: CaseDocument
    base: Base
    laid: Laid
    units: Units


def sides_of(revision: Revision, user: Any) -> Sides:
    """Raises ValidationError as `laid_over` does."""
    with transaction.atomic(), rolled_back():
        case = lock(revision.case_id)
        base = put_back_to_base(case, user)
        _check_quotes(case)
        old, units = document_of(case), Units(revision)
        laid = lay(revision.changes)
        _check_quotes(case)
        return Sides(old, document_of(case), base, laid, units)


def document_of(case: Case) -> CaseDocument:
    """The document of the rows as they are at this moment."""
    return build_document(Case.objects.with_timeline().get(pk=case.pk))


def _check_quotes(case: Case) -> None:
    quotes.check_new(Citation.objects.filter(case=case))


def _show_log_of(revision: Revision, case: Case) -> None:
    now = timezone.now()
    CaseEdit.objects.filter(case=case).update(undone=True, undone_at=now, discarded=True)
    for entry in revision.log:
        edit = CaseEdit.objects.create(
            case=case,
            by=revision.author,
            words=entry["words"],
            changes=entry["changes"],
            undone=entry["undone"],
            undone_at=now if entry["undone"] else None,
        )
        CaseEdit.objects.filter(pk=edit.pk).update(at=parse_datetime(entry["at"]))


def _log_of(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "words": edit.words,
            "at": edit.at.isoformat(),
            "changes": edit.changes,
            "undone": edit.undone,
        }
        for edit in edits.edits_of(case).order_by("pk")
    ]
