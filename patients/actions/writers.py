"""Who wrote what readers are about to see: they cannot be the one who publishes it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from patients.models import Case, CaseEdit, CaseReview, CaseVersion, CaseWriter


@transaction.atomic
def note(*, case: Case, by: Any) -> None:
    """Remembers that `by` wrote in the case. The editor's log does so itself."""
    if getattr(by, "pk", None):
        CaseWriter.objects.update_or_create(
            case=case, user_id=by.pk, defaults={"wrote_at": timezone.now()}
        )


def writers_of(case: Case) -> set[int]:
    """Primary keys of the users who wrote in the record since a person last published it, or who
    handed it in. Four queries.

    A version that only shows what changed outside of the case was nobody's look at the record.
    """
    published = CaseVersion.objects.filter(case=case, reason="").order_by("-number")
    since = published.values_list("published_at", flat=True).first()
    edits = CaseEdit.objects.filter(case=case, discarded=False)
    told = CaseWriter.objects.filter(case=case)
    stands, taken_back = Q(undone=False), Q(pk__in=[])
    if since is not None:
        stands &= Q(at__gt=since)
        # What was published and then taken back changed the record as much as an edit does.
        taken_back = Q(undone=True, at__lte=since, undone_at__gt=since)
        told = told.filter(wrote_at__gt=since)
    found: set[int | None] = set(told.values_list("user_id", flat=True))
    for edit in edits.filter(stands | taken_back).values("undone", "by_id", "undone_by_id"):
        found.add(edit["undone_by_id"] if edit["undone"] else edit["by_id"])
    found.update(CaseReview.objects.filter(case=case).values_list("submitted_by_id", flat=True))
    return {pk for pk in found if pk is not None}
