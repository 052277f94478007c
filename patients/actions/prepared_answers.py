"""Keeping what readers are sent: by the worker, as soon as there is something new."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from patients.actions import naming
from patients.models import Case, CaseVersion, PreparedAnswer
from patients.querysets import CaseVersionQuerySet
from patients.serving.build import build_id
from patients.serving.making import prepared_json, prepared_page
from patients.vocabulary import PreparedKind, Status

BATCH = 50


def prepare_after(last: int, *, batch: int = BATCH) -> tuple[int | None, int]:
    """Keeps the answers of the next published versions after the one with key `last` that have
    none of this program; gives the key to go on after, None where there are no more, and how many
    there were."""
    found = list(_without_answers().filter(pk__gt=last).order_by("pk")[:batch])
    for version in found:
        prepare(version=version)
    return (found[-1].pk if found else None), len(found)


@transaction.atomic
def prepare(*, version: CaseVersion) -> None:
    """Replaces what is prepared of the version's case."""
    naming.hold()
    made: list[PreparedAnswer] = [prepared_json(version)]
    made += [prepared_page(version, origin) for origin in origins()]
    forget(cases=[version.case_id])
    # A version that is replaced in the meantime leaves answers that are never served.
    PreparedAnswer.objects.bulk_create(made, ignore_conflicts=True)


def prepare_missing(*, cases: Sequence[int]) -> None:
    """Keeps what is missing of the cases (keys)."""
    for version in _without_answers().filter(case__in=cases).order_by("pk"):
        prepare(version=version)


def forget(*, cases: Sequence[int]) -> None:
    """Takes away what is prepared of the cases (keys), with every word of it."""
    PreparedAnswer.objects.filter(version__case__in=cases).delete()


def origins() -> list[str]:
    """Under which readers come, where that is known; pages name it in their permalinks."""
    return [settings.SITE_ORIGIN] if settings.SITE_ORIGIN else []


def _without_answers() -> CaseVersionQuerySet:
    prepared = PreparedAnswer.objects.filter(
        version=OuterRef("pk"), build=build_id(), checksum=OuterRef("checksum")
    )
    lacks = Q(~Exists(prepared.filter(kind=PreparedKind.JSON)))
    for origin in origins():
        lacks |= Q(~Exists(prepared.filter(kind=PreparedKind.PAGE, origin=origin)))
    found: CaseVersionQuerySet = CaseVersion.objects.current().filter(lacks)
    return found.filter(Q(case__status=Status.PUBLISHED)).select_related("case")


def withdrawn_cases() -> Sequence[int]:
    """Cases of which something is prepared that nobody may read any more."""
    hidden = Case.objects.exclude(status=Status.PUBLISHED)
    return list(
        hidden.filter(versions__in=PreparedAnswer.objects.values("version"))
        .values_list("pk", flat=True)
        .distinct()
    )
