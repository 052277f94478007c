"""Terms: coded concepts that cases share. They tell nothing of a case, so all are open."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from literature.rest.query import Asked
from literature.rest.views import RecordViewSet
from patients.actions import records
from patients.api.forms import TermForm
from patients.models import Term
from patients.serializers.fields import SLUG_PATTERN
from patients.serializers.reading import TermDetail, term_details
from patients.serializers.writing import TermWrite


class TermViewSet(RecordViewSet):
    """Diagnoses, procedures, drugs, body sites and findings, with their codes."""

    noun, plural = "term", "terms"
    model = Term
    lookup_field = "slug"
    lookup_value_regex = SLUG_PATTERN.strip("^$")
    search_form = TermForm
    row_shape = shape = TermDetail
    write_serializer = TermWrite

    def found(self, asked: Asked) -> QuerySet[Term]:
        found, filters = Term.objects.all(), asked.filters
        for name in ("kind", "system", "code"):
            if filters.get(name):
                found = found.filter(**{name: filters[name]})
        words = filters.get("q")
        if words:
            named = Q(display__icontains=words) | Q(display_zh__icontains=words)
            found = found.filter(named | Q(synonyms__icontains=words))
        return found.order_by(*TermForm.SORTS[filters.get("sort") or "kind"])

    def rows(self, found: list[Term]) -> list[Any]:
        return term_details(found)

    def read(self) -> Any:
        return self.read_row(Term.objects.get(slug=self.key))

    def read_row(self, row: Term) -> Any:
        return term_details([row])[0]

    def key_of(self, row: Term) -> str:
        return row.slug

    def locked(self) -> Term:
        return Term.objects.select_for_update(no_key=True).get(slug=self.key)

    def save(self, row: Term) -> Term:
        return records.save_term(term=row, by=self.request.user)

    def remove(self, row: Term) -> None:
        row.delete()
