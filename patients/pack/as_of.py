"""What records said at a time, read back from the history: a version's pack rests on what was known
when it was published, whatever was mended since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from literature.models import Change, Reference
from literature.models.change import ChangeKind
from patients.models import CaseReview

REFERENCES: Final = Reference._meta.db_table
REVIEWS: Final = CaseReview._meta.db_table
NO_ROW: Final = 0
"""A key that no row has."""


def works_at(public_ids: Sequence[str], at: datetime | None) -> dict[str, dict[str, Any]]:
    """CSL by public id as it was at `at`, or as it is without one; of what came later as it first
    was. A work that is gone, as one that was merged, is as it was before it went. Those that never
    were are left out. Three queries at most."""
    rows = Reference.objects.filter(public_id__in=public_ids)
    keys, said = {}, {}
    for public_id, key, csl in rows.values_list("public_id", "pk", "csl"):
        keys[public_id], said[key] = key, csl
    missing = [public_id for public_id in public_ids if public_id not in keys]
    if missing:
        gone = Change.objects.filter(
            table=REFERENCES, kind=ChangeKind.REMOVED, before__public_id__in=missing
        ).order_by("pk")
        for key, public_id, csl in gone.values_list("row", "before__public_id", "before__csl"):
            keys[public_id], said[key] = key, csl
    if at is not None:
        said = column_at(REFERENCES, "csl", said, at)
    return {public_id: said[key] for public_id, key in keys.items()}


def care_at(accession: str, at: datetime | None) -> dict[str, str]:
    """State by item of CARE as people had ticked it at `at`, or as it is without one."""
    rows = CaseReview.objects.filter(case__accession=accession).values_list("pk", "care")
    said: dict[int, dict[str, str]] = dict(rows)
    if at is not None:
        said = column_at(REVIEWS, "care", said, at)
    return next(iter(said.values()), {})


def column_at(
    table: str, column: str, now: Mapping[int, Any], at: datetime
) -> dict[int, Any]:  # fmt: skip
    """By key what `column` said at `at`; `now` is what it says. One query."""
    said = dict(now)
    keys = list(now) or [NO_ROW]  # asked all the same: what is not asked is quicker
    later = Change.objects.filter(table=table, row__in=keys, at__gt=at).order_by("-pk")
    for key, before in later.values_list("row", "before"):
        if before and column in before:
            said[key] = before[column]
    return said
