"""A proposal begun, written, handed in, talked about and taken back by its author."""

from __future__ import annotations

import json
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from literature.models import Reference
from patients.actions import publishing
from patients.actions.revisions_telling import tell
from patients.models import Case, Revision, RevisionComment
from patients.models.revision import MAX_TEXT, WAITING, WRITABLE
from patients.revisions.merging import kind_of, merged
from patients.revisions.overlay import sides_of
from patients.vocabulary import RevisionKind, RevisionState, Status

MAX_OPEN: Final = 50
"""Proposals of one person that are not decided: far above honest work, low enough for a queue."""
MAX_STEPS: Final = 300
MAX_BYTES: Final = 500_000
MAX_COMMENTS: Final = 200


@transaction.atomic
def begin(*, case: Case, by: Any, key: str = "", comment: str = "") -> Revision:
    """A new draft of a proposal on a published case; the same `key` sent again gives the same one.

    Raises PermissionDenied, and ValidationError where there can be none.
    """
    if not by.has_perm("patients.propose_revision"):
        raise PermissionDenied("Your role does not propose changes of cases.")
    _take_turns(by)
    known = _known(by, key)
    if known is not None:
        return known
    if Case.objects.get(pk=case.pk).status != Status.PUBLISHED:
        raise ValidationError("Changes can be proposed of published cases alone.")
    _refuse_too_many(by)
    current = case.versions.filter(is_current=True).values_list("number", flat=True).first()
    revision = Revision(case=case, author=by, key=key, comment=comment, base_version=current)
    return _saved(revision)


@transaction.atomic
def begin_case(*, case: Case, by: Any, key: str = "") -> Revision:
    """The proposal that a new draft is: its author writes in the draft itself.

    Raises PermissionDenied, and ValidationError where they have too many.
    """
    if not by.has_perm("patients.propose_case"):
        raise PermissionDenied("Your role does not propose cases.")
    _take_turns(by)
    _refuse_too_many(by)
    return _saved(Revision(case=case, author=by, key=key, kind=RevisionKind.CASE))


def known_case(*, by: Any, key: str) -> Case | None:
    """The draft that was begun with `key` already. To be asked inside a transaction: it takes the
    author's turn."""
    _take_turns(by)
    known = _known(by, key)
    return known.case if known is not None else None


def _take_turns(by: Any) -> None:
    """One person's posts at one time wait for each other, so that one key makes one."""
    get_user_model()._default_manager.select_for_update().get(pk=by.pk)


def _known(by: Any, key: str) -> Revision | None:
    return Revision.objects.filter(author=by, key=key).first() if key else None


def _refuse_too_many(by: Any) -> None:
    waiting = (RevisionState.DRAFT, *WAITING)
    if Revision.objects.filter(author=by, state__in=waiting).count() >= MAX_OPEN:
        raise ValidationError(
            f"You have {MAX_OPEN} proposals that are not decided. Hand in or withdraw some first."
        )


def _saved(revision: Revision) -> Revision:
    revision.full_clean()
    revision.save()
    return revision


def locked(revision: Revision) -> Revision:
    """The proposal as it is now, locked until the transaction ends. Always before its case."""
    found: Revision = (
        Revision.objects.select_for_update(of=("self",))
        .select_related("case", "author", "assignee")
        .get(pk=revision.pk)
    )
    return found


@transaction.atomic
def keep(*, revision: Revision, log: list[dict[str, Any]], by: Any) -> Revision:
    """Stores what the proposal's own edits have come to. Raises ValidationError where it is too
    large, PermissionDenied where it is not theirs to write."""
    revision = own_writable(revision, by)
    changes = merged(log)
    if len(changes) > MAX_STEPS:
        raise ValidationError(
            f"A proposal changes at most {MAX_STEPS} rows. Hand this one in and begin another."
        )
    if len(json.dumps(log)) > MAX_BYTES:
        log = [{**log[-1], "words": "All changes so far", "changes": changes, "undone": False}]
    if len(json.dumps(changes)) > MAX_BYTES // 2:
        raise ValidationError("The proposal is too large. Hand it in and begin another.")
    if revision.log == log:
        return revision
    revision.log, revision.changes = log, changes
    revision.kind = kind_of(changes)
    revision.save(update_fields=["log", "changes", "kind", "updated_at"])
    return revision


def own_writable(revision: Revision, by: Any) -> Revision:
    """The proposal, locked, where `by` may go on writing it. Raises PermissionDenied and
    ValidationError else."""
    revision = locked(revision)
    if revision.author_id != by.pk:
        raise PermissionDenied("Only its author writes a proposal.")
    if not by.has_perm(
        "patients.propose_case" if revision.is_case else "patients.propose_revision"
    ):
        raise PermissionDenied("Your role does not propose this any more.")
    if not revision.is_writable:
        raise ValidationError(
            f"It is {revision.get_state_display().lower()}: it cannot be changed any more."
        )
    return revision


@transaction.atomic
def submit(
    *, revision: Revision, by: Any, comment: str, source: str = "", reference: Any = None
) -> Revision:
    """Hands a proposal in. Raises ValidationError by field, and PermissionDenied."""
    revision = own_writable(revision, by)
    revision.comment, revision.source = comment.strip(), source.strip()
    revision.source_reference = reference if isinstance(reference, Reference) else None
    if not revision.comment:
        raise ValidationError({"comment": "Say in a few words what should change, and why."})
    if not revision.is_case:
        _refuse_empty(revision, by)
    elif revision.case.status == Status.DRAFT:
        publishing.submit(case=revision.case, by=by)
    revision.state, revision.submitted_at = RevisionState.SUBMITTED, timezone.now()
    revision.full_clean()
    revision.save()
    words = f"{by} handed in again: {revision.comment}"
    tell(users=[revision.assignee], revision=revision, words=words, by=by)
    return revision


def _refuse_empty(revision: Revision, by: Any) -> None:
    if revision.case.status == Status.WITHDRAWN:
        raise ValidationError("The case has been withdrawn: nothing can be proposed on it.")
    if not revision.changes:
        raise ValidationError("Nothing is changed yet.")
    refused = sides_of(revision, by).laid.refused
    if refused:
        raise ValidationError([words for _, words in refused])


@transaction.atomic
def withdraw(*, revision: Revision, by: Any) -> Revision:
    """Its author takes a proposal back that is not decided. Raises ValidationError."""
    revision = locked(revision)
    if revision.author_id != by.pk:
        raise PermissionDenied("Only its author withdraws a proposal.")
    if revision.state not in (RevisionState.SUBMITTED, *WRITABLE):
        raise ValidationError(f"It is {revision.get_state_display().lower()} already.")
    revision.state = RevisionState.WITHDRAWN
    revision.save(update_fields=["state", "updated_at"])
    if revision.is_case and revision.case.status == Status.IN_REVIEW:
        publishing.send_back(case=revision.case, reason="Withdrawn by its author.", by=by)
    tell(users=[revision.assignee], revision=revision, words=f"{by} withdrew a proposal.", by=by)
    return revision


@transaction.atomic
def renew(*, revision: Revision, by: Any) -> Revision:
    """Goes on from the case as it is now: what was proposed stays, and its conflicts count as seen
    by the author."""
    revision = own_writable(revision, by)
    sides = sides_of(revision, by)
    entry = {
        "words": "What was proposed before",
        "at": timezone.now().isoformat(),
        "changes": sides.laid.done,
        "undone": False,
    }
    changes = merged([entry])
    revision.base_version = sides.base.version
    revision.changes, revision.log = changes, [entry] if changes else []
    revision.save(update_fields=["base_version", "changes", "log", "updated_at"])
    return revision


@transaction.atomic
def comment(*, revision: Revision, text: str, by: Any) -> RevisionComment:
    """Adds a remark, and tells the others in the conversation. Raises ValidationError by field."""
    revision = locked(revision)
    text = text.strip()
    if not text:
        raise ValidationError({"text": "Write something first."})
    if len(text) > MAX_TEXT:
        raise ValidationError({"text": f"At most {MAX_TEXT:,} characters: it has {len(text):,}."})
    earlier = list(revision.comments.select_related("by")[: MAX_COMMENTS + 1])
    if len(earlier) >= MAX_COMMENTS:
        raise ValidationError({"text": f"A proposal has at most {MAX_COMMENTS} comments."})
    added = RevisionComment.objects.create(revision=revision, by=by, text=text)
    people = [revision.author, revision.assignee, *(row.by for row in earlier)]
    tell(users=people, revision=revision, words=f"{by} wrote: {text}", by=by)
    return added


@transaction.atomic
def assign(*, revision: Revision, to: Any, by: Any) -> Revision:
    """Gives a proposal to a curator, or to nobody (None). Raises ValidationError."""
    revision = locked(revision)
    if to is not None and not (to.is_active and to.has_perm("patients.decide_revision")):
        raise ValidationError({"assignee": "Choose somebody who decides proposals."})
    if to is not None and to.pk == revision.author_id:
        raise ValidationError({"assignee": "Nobody decides their own proposal."})
    if revision.assignee_id == (to.pk if to else None):
        return revision
    revision.assignee = to
    revision.save(update_fields=["assignee", "updated_at"])
    tell(users=[to], revision=revision, words=f"{by} gave you a proposal to decide.", by=by)
    return revision
