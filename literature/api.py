"""The library over REST."""

from __future__ import annotations

from typing import Any

import msgspec
from django.db.models import Case, F, Prefetch, TextField, Value, When

from literature import actions
from literature.citing import citers
from literature.forms import ReferenceSearchForm
from literature.models import Reference, SourceText
from literature.models.source_text import Depth
from literature.public_ids import PUBLIC_ID_PATTERN
from literature.querysets import ReferenceQuerySet
from literature.rest.query import Asked
from literature.rest.views import RecordViewSet
from literature.search import search_references
from literature.serializers import (
    ReferenceDetail,
    ReferenceRow,
    ReferenceWrite,
    reference_detail,
    reference_row,
)


class ReferenceViewSet(RecordViewSet):
    """Published works: articles, chapters, guidelines, other case reports."""

    noun, plural = "reference", "references"
    model = Reference
    lookup_field = "id"
    lookup_value_regex = PUBLIC_ID_PATTERN.strip("^$")
    search_form = ReferenceSearchForm
    row_shape, shape = ReferenceRow, ReferenceDetail
    write_serializer = ReferenceWrite

    def found(self, asked: Asked) -> ReferenceQuerySet:
        return search_references(asked.filters, self.request.user).defer("search")

    def rows(self, found: list[Reference]) -> list[Any]:
        rows: list[Any] = msgspec.to_builtins([reference_row(row) for row in found])
        return rows

    def read(self) -> Any:
        return self.read_row(Reference(public_id=self.key))

    def read_row(self, row: Reference) -> Any:
        reference = with_details(Reference.objects.all()).get(public_id=row.public_id)
        groups = citers().groups(reference, self.request.user)
        return msgspec.to_builtins(reference_detail(reference, groups))

    def locked(self) -> Reference:
        row: Reference = Reference.objects.select_for_update(no_key=True).get(public_id=self.key)
        return row

    def save(self, row: Reference) -> Reference:
        return actions.save(reference=row, by=self.request.user)

    def remove(self, row: Reference) -> None:
        actions.remove(reference=row, by=self.request.user)


def with_details(references: ReferenceQuerySet) -> ReferenceQuerySet:
    """With what the detail tells, the texts without the bodies that are not served."""
    summary = Case(
        When(depth=Depth.SUMMARY, then=F("text")), default=Value(""), output_field=TextField()
    )
    texts = SourceText.objects.annotate(summary=summary).defer("text")
    return references.defer("search").prefetch_related(
        Prefetch("texts", texts), "facts", "list_items__reference"
    )
