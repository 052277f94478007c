"""Saved comparisons over REST: one's own, whatever else one may do."""

from __future__ import annotations

from typing import Any

import msgspec
from django.db.models import QuerySet
from rest_framework.request import Request

from literature.public_ids import PUBLIC_ID_PATTERN
from literature.rest.permissions import MayWrite
from literature.rest.query import Asked
from literature.rest.views import RecordViewSet
from patients.actions import comparisons
from patients.api.forms import ListForm
from patients.models import SavedComparison
from patients.serializers.comparisons import ComparisonData, ComparisonWrite, comparison_data


class ComparisonListForm(ListForm):
    SORTS = {"newest": ("-made_at", "-pk"), "name": ("name", "pk")}


class SignedIn(MayWrite):
    """Everybody with an account keeps comparisons, in whatever role."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return view.action in (None, "metadata") or bool(request.user.is_authenticated)


class ComparisonViewSet(RecordViewSet):
    """Comparisons that you have saved. Their names can be changed; another choice is another
    comparison."""

    noun, plural = "comparison", "comparisons"
    model = SavedComparison
    lookup_field = "id"
    lookup_value_regex = PUBLIC_ID_PATTERN.strip("^$")
    search_form = ComparisonListForm
    row_shape = shape = ComparisonData
    write_serializer = ComparisonWrite
    permission_classes = (SignedIn,)

    def permission_for(self, action: str | None) -> str | None:
        return None

    def _own(self) -> QuerySet[SavedComparison]:
        return SavedComparison.objects.visible_to(self.request.user)

    def found(self, asked: Asked) -> QuerySet[SavedComparison]:
        return self._own().order_by(
            *ComparisonListForm.SORTS[asked.filters.get("sort") or "newest"]
        )

    def rows(self, found: list[SavedComparison]) -> list[Any]:
        rows: list[Any] = msgspec.to_builtins([comparison_data(row) for row in found])
        return rows

    def read(self) -> Any:
        return self.read_row(self._own().get(public_id=self.key))

    def read_row(self, row: SavedComparison) -> Any:
        return msgspec.to_builtins(comparison_data(row))

    def mark(self) -> None:
        """No history is kept of what is one user's alone."""

    def mark_of(self, row: SavedComparison) -> None:
        """None; see `mark`."""

    def locked(self) -> SavedComparison:
        return self._own().select_for_update().get(public_id=self.key)

    def save(self, row: SavedComparison) -> SavedComparison:
        if row.pk is not None:
            return comparisons.rename(comparison=row, name=row.name, by=self.request.user)
        return comparisons.save(
            name=row.name, accessions=row.accessions, columns=row.columns, align=row.align,
            differences=row.differences, by=self.request.user,
        )  # fmt: skip

    def remove(self, row: SavedComparison) -> None:
        row.delete()
