"""What a curator decides about a proposal. Nobody decides their own."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from patients.actions import edits, publishing, writers
from patients.actions.edits.log import lock, record
from patients.actions.edits.steps import Step
from patients.actions.revisions import locked
from patients.actions.revisions_applying import lay, misfits_of
from patients.actions.revisions_telling import tell
from patients.models import Revision
from patients.models.revision import MAX_TEXT
from patients.revisions.merging import merged
from patients.revisions.units import Unit, Units
from patients.vocabulary import RevisionState, Status

OWN: Final = "This is your own proposal: somebody else has to decide it."
WITHDRAWN: Final = "The case has been withdrawn meanwhile: nothing can be accepted on it."
CHANGED: Final = (
    "The proposal or the record has changed since you looked at it. Look at it again, then decide."
)
COMMENT_SHOWN: Final = 100


class StaleError(ValidationError):
    """What was looked at is not what stands now."""


@transaction.atomic
def accept(
    *,
    revision: Revision,
    by: Any,
    parts: Collection[str] | None = None,
    seen: str = "",
    reason: str = "",
) -> Revision:
    """Takes the named parts over into the working record, as one edit of `by`; all where None.

    `seen` is the token of `Units` that `by` was shown: without it nothing that conflicts with the
    record is accepted. Raises ValidationError by field, StaleError and PermissionDenied.
    """
    revision = _to_decide(revision, by)
    case = lock(revision.case_id)
    if case.status == Status.WITHDRAWN:
        raise ValidationError(WITHDRAWN)
    if revision.is_case:
        return _decided(revision, RevisionState.ACCEPTED, reason, by, "accepted")
    units = Units(revision)
    if seen and seen != units.token:
        raise StaleError(CHANGED)
    chosen = _chosen(units, parts, was_seen=bool(seen))
    laid = _laid([one for unit in chosen for one in unit.steps])
    author = revision.author or "somebody"
    words = f"Accepted from {author}: {revision.comment[:COMMENT_SHOWN]}"
    revision.edit = record(case, laid, words, by)
    writers.note(case=case, by=revision.author)
    open_units = [unit for unit in units.all if unit.state != "done"]
    is_whole = len(chosen) == len(open_units)
    if not is_whole:
        _refuse_no_reason(reason, "Say why the other parts are not accepted.")
    revision.accepted = [unit.name for unit in chosen]
    state = RevisionState.ACCEPTED if is_whole else RevisionState.PARTLY_ACCEPTED
    return _decided(revision, state, reason, by, "accepted" if is_whole else "accepted in part")


def _chosen(units: Units, parts: Collection[str] | None, *, was_seen: bool) -> list[Unit]:
    if parts is None:
        chosen = [unit for unit in units.all if unit.state != "done"]
    else:
        unknown = set(parts) - {unit.name for unit in units.all}
        if unknown:
            raise ValidationError({"parts": f"There is no such part: {sorted(unknown)[0][:60]}."})
        chosen = units.named(parts)
    if not chosen:
        raise ValidationError({"parts": "Choose what to accept, or reject the proposal."})
    names = {unit.name for unit in chosen}
    problems = [words for unit in chosen for words in _against(unit, names, units, was_seen)]
    if problems:
        raise ValidationError({"parts": problems})
    return chosen


def _against(unit: Unit, names: set[str], units: Units, was_seen: bool) -> list[str]:
    told = []
    if unit.is_conflict and not was_seen:
        told.append(f"{unit.title}: the record says something else by now. Look at it first.")
    if not unit.can_be_accepted:
        why = "it is so already" if unit.state == "done" else "it is not in the record any more"
        told.append(f"{unit.title}: {why}.")
    lacking = [
        other.title for other in units.named(unit.needs)
        if other.name not in names and other.state != "done"
    ]  # fmt: skip
    if lacking:
        told.append(f"{unit.title}: goes with “{lacking[0]}”. Accept both or neither.")
    return told


def _laid(steps: list[Step]) -> list[Step]:
    """Makes the steps; raises ValidationError where one of them does not fit."""
    try:
        with transaction.atomic():
            laid = lay(merged([{"changes": steps}]))
            problems = [words for _, words in laid.refused] or misfits_of(laid.done)
            if problems:
                raise ValidationError(problems)
    except IntegrityError as error:
        raise ValidationError("It contradicts the record as it is now.") from error
    return laid.done


@transaction.atomic
def reject(*, revision: Revision, reason: str, by: Any) -> Revision:
    """Raises ValidationError by field, and PermissionDenied."""
    revision = _to_decide(revision, by)
    _refuse_no_reason(reason, "Say why: the author will read it.")
    if revision.is_case and revision.case.status == Status.IN_REVIEW:
        publishing.send_back(case=revision.case, reason=reason[:500], by=by)
    return _decided(revision, RevisionState.REJECTED, reason, by, "rejected")


@transaction.atomic
def ask_back(*, revision: Revision, reason: str, by: Any) -> Revision:
    """Gives a proposal back to its author with a question. Raises as `reject` does."""
    revision = _to_decide(revision, by)
    _refuse_no_reason(reason, "Write what you would like to know, or what is missing.")
    if revision.is_case and revision.case.status == Status.IN_REVIEW:
        publishing.send_back(case=revision.case, reason=reason[:500], by=by)
    revision.state, revision.answer = RevisionState.ASKED_BACK, reason.strip()
    revision.assignee = revision.assignee or by
    revision.full_clean()
    revision.save()
    tell(users=[revision.author], revision=revision, words=f"{by} asks: {reason}", by=by)
    return revision


@transaction.atomic
def undo_acceptance(*, revision: Revision, by: Any) -> Revision:
    """Takes back the edit that an acceptance made, exactly, and puts the proposal in the queue
    again. Raises ValidationError where it is not the latest edit of the case."""
    revision = locked(revision)
    _refuse_own(revision, by)
    edit = revision.edit
    if revision.state not in (RevisionState.ACCEPTED, RevisionState.PARTLY_ACCEPTED) or not edit:
        raise ValidationError("There is no acceptance to take back.")
    case = lock(revision.case_id)
    if not edit.undone:
        latest = edits.edits_of(case).filter(undone=False).first()
        if latest is None or latest.pk != edit.pk:
            raise ValidationError(
                "The case has been edited since. Undo those edits in the editor first."
            )
        edits.undo(case=case, by=by)
    revision.state, revision.edit, revision.accepted = RevisionState.SUBMITTED, None, []
    revision.decided_at, revision.decided_by, revision.answer = None, None, ""
    revision.save()
    words = f"{by} took back the acceptance of your proposal: it is in the queue again."
    tell(users=[revision.author], revision=revision, words=words, by=by)
    return revision


def _to_decide(revision: Revision, by: Any) -> Revision:
    revision = locked(revision)
    _refuse_own(revision, by)
    if revision.state != RevisionState.SUBMITTED:
        raise ValidationError(
            f"It is {revision.get_state_display().lower()}: there is nothing to decide."
        )
    return revision


def _refuse_no_reason(reason: str, words: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": words})


def _refuse_own(revision: Revision, by: Any) -> None:
    if revision.author_id == by.pk:
        raise PermissionDenied(OWN)
    if not by.has_perm("patients.decide_revision"):
        raise PermissionDenied("Your role does not decide proposals.")


def _decided(revision: Revision, state: str, reason: str, by: Any, told: str) -> Revision:
    if len(reason.strip()) > MAX_TEXT:
        raise ValidationError({"reason": f"At most {MAX_TEXT:,} characters."})
    revision.state, revision.answer = state, reason.strip()
    revision.decided_by, revision.decided_at = by, timezone.now()
    revision.full_clean()
    revision.save()
    words = f"Your proposal was {told} by {by}."
    if revision.answer:
        words += f" {revision.answer}"
    tell(users=[revision.author], revision=revision, words=words, by=by)
    return revision
