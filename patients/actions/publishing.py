"""The way of a case from draft to readers, each step checked and on record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from patients import publishing
from patients.actions import cases
from patients.actions.writers import writers_of
from patients.care import ITEMS
from patients.document import build_document, checksum
from patients.models import Case, CaseReview, CaseVersion, StatusChange
from patients.models.publishing import MAX_REASON
from patients.vocabulary import CareState, Consent, Status, StatusAct

CHANGED: Final = "The record has changed since you looked at it. Look at it again, then publish it."


class NotReadyError(ValidationError):
    """What must be done first: messages by the key of the check that is open."""


@transaction.atomic
def submit(*, case: Case, by: Any) -> StatusChange:
    """Hands the case in for review. A draft is then in review; what readers see does not change.

    By who wrote in it, or by a curator. Raises PermissionDenied, and ValidationError where it waits
    already or nothing has changed since it was published.
    """
    case = cases.lock(case)
    if not (by.has_perm("patients.publish_case") or by.pk in writers_of(case)):
        raise PermissionDenied("Only who wrote in a case, or a curator, hands it in.")
    review = _review(case)
    if review.submitted_at is not None:
        raise ValidationError("It is in review already.")
    current = case.versions.filter(is_current=True).first()
    if current is not None and _shows(case, current):
        raise ValidationError(f"Nothing has changed since version {current.number}.")
    to = Status.IN_REVIEW if case.status == Status.DRAFT else case.status
    change = cases.move(case=case, act=StatusAct.SUBMITTED, to=to, by=by)
    CaseReview.objects.filter(pk=review.pk).update(submitted_at=change.at, submitted_by=by)
    return change


@transaction.atomic
def send_back(*, case: Case, reason: str, by: Any) -> StatusChange:
    """Ends the review without publishing; a case that was never published is a draft again.

    By a curator, or by who handed it in. Raises PermissionDenied, and ValidationError by field.
    """
    case = cases.lock(case)
    review = _review(case)
    if not (by.has_perm("patients.publish_case") or by.pk == review.submitted_by_id):
        raise PermissionDenied("Only a curator, or who handed it in, sends a case back.")
    if review.submitted_at is None:
        raise ValidationError("It is not in review.")
    reason = _checked_reason(reason, "Say what should be changed.")
    to = Status.DRAFT if case.status == Status.IN_REVIEW else case.status
    return cases.move(case=case, act=StatusAct.SENT_BACK, to=to, by=by, reason=reason)


@transaction.atomic
def publish(*, case: Case, by: Any, seen: str | None = None) -> CaseVersion:
    """Publishes the case as its next version once every check is done.

    `seen` is the checksum of the document that `by` looked at, where they were shown one. Raises
    PermissionDenied, NotReadyError with what is open, and ValidationError where the record is not
    what was seen any more.
    """
    if not by.has_perm("patients.publish_case"):
        raise PermissionDenied("Publishing is for curators.")
    case = cases.lock(case)
    document = build_document(case)
    open_checks = [row for row in publishing.checks_of(case, by, document) if not row.done]
    if open_checks:
        raise NotReadyError({check.key: check.says for check in open_checks})
    if seen is not None and seen != checksum(document):
        raise ValidationError({"seen": CHANGED})
    return cases.publish(case=case, by=by)


@transaction.atomic
def withdraw(*, case: Case, reason: str, by: Any) -> Case:
    """Takes a published case from readers. A page stays at its addresses that says when and why,
    so that the reason must hold nothing about the patient.

    Raises PermissionDenied, and ValidationError by field.
    """
    if not by.has_perm("patients.withdraw_case"):
        raise PermissionDenied("Withdrawing is for curators.")
    reason = _checked_reason(reason, "Say why: readers are shown it.")
    _refuse_identifying(reason)
    return cases.withdraw(case=case, by=by, reason=reason)


@transaction.atomic
def record_checks(
    *,
    case: Case,
    care: Mapping[str, str],
    consent: str,
    consent_note: str,
    class_seen: str,
    by: Any,
) -> CaseReview:
    """Keeps what `by` looked at: states by CARE item (an empty one unticks), what is known of
    consent, and the group of like cases whose size was confirmed, in words, or nothing.

    Raises PermissionDenied, and ValidationError by field.
    """
    if not by.has_perm("patients.publish_case"):
        raise PermissionDenied("The checks are for curators.")
    case = cases.lock(case)
    unknown = [key for key in care if key not in ITEMS]
    if unknown:
        raise ValidationError({"care": [f"“{key[:40]}” is no item of CARE." for key in unknown]})
    wrong = [key for key, state in care.items() if state and state not in CareState.values]
    if wrong:
        raise ValidationError(
            {f"care-{key}": "Present, absent or does not apply." for key in wrong}
        )
    words, _ = publishing.like_cases(case, build_document(case))
    if consent == Consent.HELD and not consent_note.strip():
        raise ValidationError({"consent_note": "Say where the consent is kept, without names."})
    if class_seen and class_seen != words:
        raise ValidationError(
            {"class_seen": f"The group is another one now: {words}. Look at it again."}
        )
    review = _review(case)
    review.care = {key: str(care[key]) for key in ITEMS if care.get(key)}
    review.consent, review.consent_note = consent, consent_note.strip()
    review.class_seen = class_seen
    review.checked_at, review.checked_by = timezone.now(), by
    review.full_clean()
    review.save()
    return review


def _shows(case: Case, version: CaseVersion) -> bool:
    """Whether readers see the record as it is now."""
    is_out = case.status == Status.PUBLISHED
    return is_out and version.checksum == checksum(build_document(case))


def _review(case: Case) -> CaseReview:
    """The review of a locked case."""
    return CaseReview.objects.get_or_create(case=case)[0]


def _checked_reason(reason: str, lacking: str) -> str:
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": lacking})
    if len(reason) > MAX_REASON:
        raise ValidationError({"reason": f"At most {MAX_REASON} characters; it has {len(reason)}."})
    return reason


def _refuse_identifying(reason: str) -> None:
    from patients import screening

    for hit in screening.find(reason):
        told = reason[hit.start : hit.end]
        raise ValidationError(
            {"reason": f"“{told}” could point to a person. Readers see the reason: word it anew."}
        )
