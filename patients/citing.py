"""Which cases and events cite a reference: the answer that the library asks for."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef

from literature.citing import CitingEntry, CitingGroup
from literature.models import Reference
from patients.actions.cases import refresh_all
from patients.models import Case, CaseVersion, ListedItem
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


def _entry(row: ListedItem) -> CitingEntry:
    case_url = row.listing.case.get_absolute_url()
    event, finding = row.data["event"], row.data["finding"]
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
    )
