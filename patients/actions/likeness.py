"""Keeping which published cases are like each other: by the worker, as cases come, change and go.

Nothing here decides who sees what: readers of these rows join the status of each case.
"""

from __future__ import annotations

import msgspec
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from patients.actions import naming, prepared_answers
from patients.document import from_builtins
from patients.likeness import features_of
from patients.likeness.codes import codes_of
from patients.likeness.features import RULES
from patients.likeness_finding import Near, nearest_to
from patients.likeness_reading import on_the_page
from patients.models import Case, CaseFeatures, CaseVersion, NearestCases
from patients.querysets import CaseVersionQuerySet
from patients.vocabulary import Status

BATCH = 50
FIND_BATCH = 5


def keep_features_after(last: int, *, batch: int = BATCH) -> int | None:
    """Takes down what is compared of the next published versions after the one with key `last`;
    gives the key to go on after, None where there are no more."""
    found = list(_without_features().filter(pk__gt=last).order_by("pk")[:batch])
    for version in found:
        keep_features(version=version)
    return found[-1].pk if found else None


def _without_features() -> CaseVersionQuerySet:
    kept = CaseFeatures.objects.filter(
        case=OuterRef("case"), checksum=OuterRef("checksum"), rules=RULES
    )
    found: CaseVersionQuerySet = CaseVersion.objects.current().filter(~Exists(kept))
    return found.filter(case__status=Status.PUBLISHED)


@transaction.atomic
def keep_features(*, version: CaseVersion) -> CaseFeatures:
    """Takes down what of a current version is compared. It, and the cases that name it as like
    them, are to be looked at again."""
    features = features_of(from_builtins(version.document))
    kept, _ = CaseFeatures.objects.update_or_create(
        case_id=version.case_id,
        defaults={
            "checksum": version.checksum,
            "rules": RULES,
            "features": msgspec.to_builtins(features),
            "codes": codes_of(features),
            "made_at": timezone.now(),
        },
    )
    NearestCases.objects.update_or_create(case_id=version.case_id, defaults={"is_stale": True})
    _mark_stale(_naming(version.case_id))
    return kept


def find_stale(*, batch: int = FIND_BATCH, common: set[int] | None = None) -> int:
    """Finds the nearest of some cases that wait for it; how many. `common` is what is known of
    codes that many cases share, and is added to; see `candidates`."""
    common = set() if common is None else common
    waiting = NearestCases.objects.filter(is_stale=True).order_by("pk")
    keys = list(waiting.values_list("pk", flat=True)[:batch])
    for key in keys:
        find(key=key, common=common)
    # What was forgotten, since it names other cases now, or since one that it named has gone.
    prepared_answers.prepare_missing(cases=keys)
    return len(keys)


def find(*, key: int, common: set[int]) -> None:
    """Finds the nearest of the case with `key`, if it still waits for it and nobody is at it."""
    with transaction.atomic():
        naming.hold()
        waiting = NearestCases.objects.filter(pk=key, is_stale=True)
        row = waiting.select_for_update(skip_locked=True).first()
        if row is None:
            return
        own = _features().filter(case=key).first()
        accession = own.case.accession if own is not None else ""
        was_shown = on_the_page(accession).digest
        near = nearest_to(own, common) if own is not None else Near([], {})
        touched = {*row.cases, *near.cases}
        row.cases, row.cited = near.cases, near.cited
        row.found_at, row.is_stale = timezone.now(), False
        row.save()
        if on_the_page(accession).digest != was_shown:
            prepared_answers.forget(cases=[key])
    if own is not None:
        # What was found before this case was as it is may have to name it.
        earlier = NearestCases.objects.filter(found_at__lt=own.made_at, is_stale=False)
        _mark_stale(earlier.filter(case__in=touched))


def _features() -> QuerySet[CaseFeatures]:
    return CaseFeatures.objects.filter(case__status=Status.PUBLISHED).select_related("case")


@transaction.atomic
def _mark_stale(rows: QuerySet[NearestCases]) -> list[int]:
    """Always in one order, so that two writers cannot wait for each other. Gives the keys."""
    keys = list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
    NearestCases.objects.filter(pk__in=keys).update(is_stale=True)
    return keys


def _naming(case: int) -> QuerySet[NearestCases]:
    return NearestCases.objects.filter(cases__contains=[case])


@transaction.atomic
def leave(*, case: Case) -> None:
    """Takes a case that readers may not see any more out of all likenesses, and forgets every
    prepared page that names it. In the transaction that hides it."""
    naming.take_away()
    named_by = _mark_stale(_naming(case.pk))
    CaseFeatures.objects.filter(case=case.pk).delete()
    NearestCases.objects.filter(case=case.pk).delete()
    prepared_answers.forget(cases=[*named_by, case.pk])


def leave_hidden(*, batch: int = BATCH) -> None:
    """The same for cases that stopped being published by another way than the action."""
    hidden = Case.objects.exclude(status=Status.PUBLISHED).filter(features__isnull=False)
    for case in hidden.order_by("pk")[:batch]:
        leave(case=case)
