"""Checking the library for retractions and corrections, so that it may be broken off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from literature.actions.notices import note_found
from literature.lookup.client import Client
from literature.lookup.errors import NotFound
from literature.lookup.found import Answer
from literature.lookup.looking_up import look_up_at_both
from literature.lookup.offers import identifiers_of
from literature.lookup.proposals import proposals
from literature.models import NoticeCheck, Reference
from literature.querysets import ReferenceQuerySet

BATCH = 200
FRESH = timedelta(days=1)
"""An answer kept longer than this is asked for again."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of one reference. With a `problem`, a sentence, it counts as not checked."""

    reference: Reference
    new: list[str]
    """In words, the notices that were not known before."""
    problem: str = ""


def waiting(older_than: timedelta) -> ReferenceQuerySet:
    """References with an identifier that were not checked for `older_than`, longest ago first."""
    known = Q(doi__isnull=False) | Q(pmid__isnull=False) | Q(pmcid__isnull=False)
    since = timezone.now() - older_than
    old = Q(notice_check__isnull=True) | Q(notice_check__checked_at__lt=since)
    return Reference.objects.filter(known, old).order_by(
        F("notice_check__checked_at").asc(nulls_first=True), "pk"
    )


def recheck(client: Client, older_than: timedelta) -> Iterator[Checked]:
    """Looks up all that is `waiting`. Each is kept as soon as it is done, so that a broken run is
    taken up by the next one; what could not be asked about is left for that, too."""
    pks = list(waiting(older_than).values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        batch = list(Reference.objects.filter(pk__in=pks[start : start + BATCH]).order_by("pk"))
        works = [identifiers_of(reference.csl) for reference in batch]
        answers = look_up_at_both(works, client=client, max_age=FRESH)
        for reference, of_reference in zip(batch, answers, strict=True):
            yield _kept(reference, of_reference)


def _kept(reference: Reference, answers: list[Answer]) -> Checked:
    new: list[str] = []
    for answer in answers:
        if answer.entry is not None and not proposals(reference.csl, answer.entry.csl).refused:
            added = note_found(reference=reference, notices=answer.notices, by=None)
            new += [str(notice) for notice in added]
    problem = next(
        (
            one.error.sentence
            for one in answers
            if one.error and not isinstance(one.error, NotFound)
        ),
        "",
    )
    if not problem:
        NoticeCheck.objects.update_or_create(
            reference=reference, defaults={"checked_at": timezone.now()}
        )
    return Checked(reference, new, problem)
