"""The library over REST."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import msgspec
from django import forms
from django.db.models import Prefetch
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from literature import actions
from literature.api_exports import ExportData, ReferenceExportForm, export_references
from literature.citing import citers
from literature.duplicates.merged import kept_of
from literature.forms import ReferenceSearchForm, SuggestForm
from literature.models import Reference, SourceText
from literature.public_ids import PUBLIC_ID_PATTERN
from literature.querysets import ReferenceQuerySet
from literature.rest.query import Asked
from literature.rest.views import RecordViewSet
from literature.search import search_references
from literature.searching.suggest import suggestions
from literature.serializers import (
    ReferenceDetail,
    ReferenceRow,
    ReferenceWrite,
    Suggestions,
    reference_detail,
    reference_row,
    suggestion,
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
    query_forms: ClassVar[Mapping[str, type[forms.Form]]] = {
        "export": ReferenceExportForm,
        "suggest": SuggestForm,
    }
    makes_exports = frozenset({"export"})
    answer_shapes: ClassVar[Mapping[str, type]] = {"export": ExportData, "suggest": Suggestions}

    def found(self, asked: Asked) -> ReferenceQuerySet:
        found = search_references(asked.filters, self.request.user)
        return found.defer("search").prefetch_related("notices")

    def rows(self, found: list[Reference]) -> list[Any]:
        rows: list[Any] = msgspec.to_builtins([reference_row(row) for row in found])
        return rows

    def read(self) -> Any:
        try:
            return self.read_row(Reference(public_id=self.key))
        except Reference.DoesNotExist:
            kept = kept_of(self.key)
            if kept is None:
                raise
            raise NotFound(f"It was merged into {kept.public_id}.") from None

    def read_row(self, row: Reference) -> Any:
        reference = with_details(Reference.objects.all()).get(public_id=row.public_id)
        groups = citers().groups(reference, self.request.user)
        return msgspec.to_builtins(reference_detail(reference, groups))

    @action(detail=False, methods=["get"])
    def export(self, request: Request, **kwargs: Any) -> Response:
        """Chosen references, or what a search finds, in an exchange format or a citation style."""
        return Response(export_references(self.asked.filters, request.user))

    @action(detail=False, methods=["get"])
    def suggest(self, request: Request, **kwargs: Any) -> Response:
        """At most ten references that somebody may mean who is typing a DOI, a PMID, an author and
        a year, or words of the title."""
        found = suggestions(self.asked.filters["q"])
        return Response(msgspec.to_builtins(Suggestions([suggestion(row) for row in found])))

    def locked(self) -> Reference:
        row: Reference = Reference.objects.select_for_update(no_key=True).get(public_id=self.key)
        return row

    def save(self, row: Reference) -> Reference:
        return actions.save(reference=row, by=self.request.user)

    def remove(self, row: Reference) -> None:
        actions.remove(reference=row, by=self.request.user)


def with_details(references: ReferenceQuerySet) -> ReferenceQuerySet:
    """With what the detail tells, the texts without what is not served."""
    return references.defer("search").prefetch_related(
        Prefetch("texts", SourceText.objects.as_shown()),
        "facts",
        "notices",
        "list_items__reference",
        "relations__to",
        "related_by__reference",
        "other_identifiers",
    )
