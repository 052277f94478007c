"""What must be so before a case goes to readers: a list of checks that pages and the API show.

Pure over the case document and a few facts (`checks`); `checks_of` gathers the facts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Q

from patients.actions.writers import writers_of
from patients.care import care_items
from patients.completeness import refusals_of
from patients.document import CaseDocument, build_document
from patients.models import Case, CaseReview, ImageFile, Listing
from patients.vocabulary import Audience, Consent, Sex, Status

YEARS: Final = 10
"""Ages are compared by decade: a band that is reported wider falls where it begins."""
SMALL_CLASS: Final = 5
"""Fewer like cases than this are pointed out: a rare case may be recognised by who knows it."""
FINDINGS_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Check:
    key: str
    """`record`, `care`, `consent`, `identifying`, `class`, `images`, `review` or `curator`."""
    title: str
    done: bool
    says: list[str]
    """What is so, or what must be done, in sentences."""
    place: str = ""
    """Where it is done: `edit`, `identifying`, `images`, or an anchor on the review page."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the document does not hold."""

    care: Mapping[str, str] = field(default_factory=dict)
    """State by item, as ticked."""
    consent: str = ""
    uncleared: Sequence[str] = ()
    """Identifying text that no curator has cleared, in sentences."""
    class_words: str = ""
    class_size: int = 0
    class_seen: str = ""
    """The words that the group had when its size was confirmed."""
    confirmed: Collection[str] = ()
    """Ids of the images that somebody saw to identify nobody."""
    waits: bool = False
    """Whether somebody handed it in."""
    wrote: bool = False
    """Whether who asks wrote in it or handed it in."""
    may_publish: bool = False


def checks(document: CaseDocument, facts: Facts) -> list[Check]:
    """Every check, in the order of the review page. Pure."""
    return [
        _record(document),
        _care(document, facts),
        _consent(facts),
        _identifying(facts),
        _class(facts),
        _images(document, facts),
        _review(facts),
        _curator(facts),
    ]


def checks_of(
    case: Case, user: Any, document: CaseDocument | None = None, review: CaseReview | None = None
) -> list[Check]:
    """The checks of the working record, as they stand for `user`; `document` and `review` where
    the caller has them already."""
    document = document or build_document(Case.objects.with_timeline().get(pk=case.pk))
    return checks(document, facts_of(case, user, document, review or review_of(case)))


def review_of(case: Case) -> CaseReview:
    """What was looked at so far; unsaved where nobody has begun."""
    return CaseReview.objects.filter(case=case).first() or CaseReview(case=case)


def facts_of(case: Case, user: Any, document: CaseDocument, review: CaseReview) -> Facts:
    words, size = like_cases(case, document)
    return Facts(
        care=review.care,
        consent=review.consent,
        uncleared=_uncleared(case),
        class_words=words,
        class_size=size,
        class_seen=review.class_seen,
        confirmed=_confirmed(case),
        waits=review.submitted_at is not None,
        wrote=user.pk in writers_of(case),
        may_publish=bool(user.is_active and user.has_perm("patients.publish_case")),
    )


def like_cases(case: Case, document: CaseDocument) -> tuple[str, int]:
    """The group that the patient is told to be of, in words, and how many other published cases
    are of it. One query."""
    patient, diagnosis = document.patient, document.diagnosis
    said = [Sex(patient.sex).label.lower() if patient.sex else "sex not reported"]
    like = Q(sex=patient.sex, diagnosis=diagnosis.slug if diagnosis else "")
    like &= Q(case__patient__country=patient.country)
    if patient.age_low is None:
        said.append("age not reported")
        like &= Q(age_low__isnull=True)
    else:
        decade = patient.age_low // YEARS * YEARS
        said.append(f"{decade} to {decade + YEARS - 1} years" if decade < 90 else "90 and over")
        like &= Q(age_low__range=(decade, decade + YEARS - 1))
    said.append(patient.country or "country not reported")
    said.append(diagnosis.display if diagnosis else "no diagnosis")
    listed = Listing.objects.filter(
        like, audience=Audience.PUBLIC, case__status=Status.PUBLISHED
    ).exclude(case=case.pk)
    return ", ".join(said), listed.count()


def _confirmed(case: Case) -> set[str]:
    found = ImageFile.objects.filter(case=case, confirmed_at__isnull=False)
    return set(found.values_list("public_id", flat=True))


def _uncleared(case: Case) -> list[str]:
    from patients import screening

    return [
        f"{finding.kind.label}: “{finding.text}” in {finding.place.label}."
        for finding in screening.uncleared(case)
    ]


def _record(document: CaseDocument) -> Check:
    refusals = refusals_of(document)
    says = refusals or ["It has events and its source, and does not contradict itself."]
    return Check("record", "The record holds what it needs", not refusals, says, "edit")


def _care(document: CaseDocument, facts: Facts) -> Check:
    items = care_items(document, facts.care)
    open_items = [item.label for item in items if not item.state]
    if open_items:
        says = [f"Not looked at yet: {label}." for label in open_items]
    else:
        present = sum(item.state == "present" for item in items)
        says = [f"All {len(items)} items are seen; {present} of them are present."]
    return Check("care", "CARE checklist seen", not open_items, says, "#care")


def _consent(facts: Facts) -> Check:
    title = "Consent recorded"
    if facts.consent == Consent.TAKEN_BACK:
        says = ["The patient has taken the consent back: this case cannot go to readers."]
        return Check("consent", title, False, says, "#consent")
    if not facts.consent:
        return Check("consent", title, False, ["Say what is known of consent."], "#consent")
    return Check("consent", title, True, [f"{Consent(facts.consent).label}."], "#consent")


def _identifying(facts: Facts) -> Check:
    title, found = "Identifying text cleared", list(facts.uncleared)
    if not found:
        says = ["Nothing was found that nobody has cleared. The rules do not find everything."]
        return Check("identifying", title, True, says, "identifying")
    says = found[:FINDINGS_SHOWN]
    if len(found) > FINDINGS_SHOWN:
        says.append(f"And {len(found) - FINDINGS_SHOWN} more.")
    return Check("identifying", title, False, says, "identifying")


def _class(facts: Facts) -> Check:
    cases = "1 other published case is" if facts.class_size == 1 else (
        f"{facts.class_size} other published cases are"
    )  # fmt: skip
    says = [f"{cases} of this group: {facts.class_words}."]
    if facts.class_size < SMALL_CLASS:
        says.append("So few may let somebody recognise the patient.")
    done = facts.class_seen == facts.class_words
    if not done:
        says.append("Confirm that you have looked at it.")
    return Check("class", "Size of the group looked at", done, says, "#class")


def _images(document: CaseDocument, facts: Facts) -> Check:
    images = [image for row in document.imaging_findings for image in row.images]
    shown = [image for image in images if not image.removed]
    if not images:
        return Check("images", "Images", True, ["There are no images in this case."])
    says = []
    for image in shown:
        name = image.caption if len(image.caption) <= 60 else f"{image.caption[:59]}…"
        if image.id not in facts.confirmed:
            says.append(f"“{name}”: nobody has confirmed yet that it identifies nobody.")
        if not image.credit:
            says.append(f"“{name}”: say whose picture it is, and what allows it to be shown.")
    if says:
        return Check("images", "Images", False, says, "images")
    count = "1 image is" if len(shown) == 1 else f"{len(shown)} images are"
    return Check("images", "Images", True, [f"{count} confirmed, with credit."], "images")


def _review(facts: Facts) -> Check:
    says = "It is in review." if facts.waits else "Who wrote it hands it in for review first."
    return Check("review", "Handed in for review", facts.waits, [says], "#decide")


def _curator(facts: Facts) -> Check:
    title = "Published by a curator who did not write it"
    if not facts.may_publish:
        return Check("curator", title, False, ["Publishing is for curators."])
    if facts.wrote:
        says = ["You wrote in this record or handed it in, so another curator publishes it."]
        return Check("curator", title, False, says)
    return Check("curator", title, True, ["You did not write in it."])
