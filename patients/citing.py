"""Which cases and events cite a reference: the answer that the library asks for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from literature.citing import CitingEntry, CitingGroup
from literature.models import Reference
from patients.actions import moving, published, rechecking
from patients.actions.cases import refresh_all
from patients.models import Case, CaseVersion, Citation, ListedItem
from patients.vocabulary import ItemKind, Role

MAX_SHOWN = 500
"""Citing places on one reference page; the API pages through all of them."""


class CaseCiters:
    def is_cited(self, user: Any) -> Exists:
        return Exists(
            ListedItem.objects.visible_to(user).filter(
                kind=ItemKind.CITATION, reference=OuterRef("pk")
            )
        )

    def case_count(self, user: Any) -> Coalesce:
        citing = ListedItem.objects.visible_to(user).filter(
            kind=ItemKind.CITATION, reference=OuterRef("pk")
        )
        counted = (
            citing.order_by().values("reference").annotate(cases=Count("listing", distinct=True))
        )
        return Coalesce(Subquery(counted.values("cases")), 0)

    def groups(self, reference: Reference, user: Any) -> list[CitingGroup]:
        found = ListedItem.objects.visible_to(user).citing(reference)[:MAX_SHOWN]
        order = list(Role.values)
        rows = sorted(found, key=lambda row: order.index(row.data["role"]))
        return [
            CitingGroup(Role(role).label, [_entry(row) for row in group])
            for role, group in groupby(rows, key=lambda row: str(row.data["role"]))
        ]

    def refuse_removal(self, reference: Reference) -> None:
        """A version stays citable, and so must what it cites."""
        named = [{"id": reference.public_id}]
        version = CaseVersion.objects.filter(document__references__contains=named).first()
        if version is not None:
            accession = version.document["accession"]
            raise ValidationError(
                f"Version {version.number} of {accession} cites it, and versions stay citable."
            )

    def reference_changed(self, reference: Reference) -> None:
        """The working listings hold its title and year; published versions wait for an action."""
        refresh_all(Case.objects.filter(citations__reference=reference).distinct())

    def move(self, gone: Reference, kept: Reference) -> dict[str, Any]:
        return moving.move(gone=gone, kept=kept)

    def move_back(self, gone: Reference, kept: Reference, moved: dict[str, Any]) -> None:
        moving.move_back(gone=gone, kept=kept, moved=moved)

    def must_show(self, reference: Reference, reason: str, by: Any) -> None:
        published.show_reference(reference=reference, reason=reason, by=by)

    def texts_changed(self, reference: Reference) -> None:
        rechecking.texts_changed(reference=reference)

    def texts_came_or_went(self) -> None:
        rechecking.texts_came_or_went()

    def cite_url(self, reference: Reference, user: Any) -> str:
        if not user.has_perm("patients.add_citation"):
            return ""
        return f"{reverse('patients:cite-reference')}?reference={reference.public_id}"

    def cited(self, references: Collection[int], since: datetime) -> set[int]:
        rows = Citation.objects.filter(reference__in=references).order_by()
        cited = set(rows.values_list("reference_id", flat=True))
        versions = CaseVersion.objects.filter(published_at__gt=since)
        named = {
            row["id"]
            for document in versions.values_list("document__references", flat=True).iterator()
            for row in document or ()
        }
        if named:
            held = Reference.objects.filter(pk__in=references, public_id__in=named)
            cited |= set(held.values_list("pk", flat=True))
        return cited


def _entry(row: ListedItem) -> CitingEntry:
    case_url = row.listing.case.get_absolute_url()
    event, finding = row.data["event"], row.data["finding"]
    other = row.data.get("found_in")  # listings of earlier versions do not know it
    if event:
        url = f"{case_url}#event-{event}"
    else:
        url = f"{case_url}#finding-{finding}" if finding else case_url
    return CitingEntry(
        title=row.listing.title,
        url=url,
        target=row.label,
        note=row.data["note"],
        quote=row.data["quote"],
        quote_state=row.data.get("quote_state", ""),
        quote_found_at=row.data.get("quote_found_at", ""),
        found_in=other["id"] if other else None,
        found_in_short=other["short"] if other else "",
    )
