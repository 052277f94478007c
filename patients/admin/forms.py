"""Forms of a case's rows: other rows are chosen from the same case alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from literature.admin.choices import RecordField, select_of
from literature.admin.fields import LinesField, PrettyJSONField
from literature.admin.forms import CuratedForm, CuratedRowForm
from patients.models import Citation, Event, Term
from patients.models.part import CasePart
from patients.vocabulary import Role

if TYPE_CHECKING:
    InlineFormSet = forms.BaseInlineFormSet[Any, Any, Any]
else:
    InlineFormSet = forms.BaseInlineFormSet

MARKERS = 'Such as [{"marker": "synaptophysin", "result": "positive"}]; positive, negative or high'
SAME_CASE = "case"
"""The query parameter that narrows choices to one case."""


def limit_to_case(form: Any, case_id: int | None) -> None:
    """Offers and takes rows of this case only; none where the case is not saved yet."""
    for field in form.base_fields.values():
        select = select_of(field)
        if select is None or not isinstance(field, RecordField) or field.queryset is None:
            continue
        if not issubclass(field.queryset.model, CasePart):
            continue
        field.queryset = field.queryset.filter(case_id=case_id)
        field.error_messages["invalid_choice"] = "Belongs to another case, or is gone."
        select.narrowed_by = {SAME_CASE: case_id or 0}


class EventChecks(CuratedForm):
    markers = PrettyJSONField(required=False, rows=4, help_text=MARKERS)

    def clean_markers(self) -> Any:
        return self.cleaned_data["markers"] or []


class EventRowForm(EventChecks, CuratedRowForm):
    pass


class TermForm(CuratedForm):
    synonyms = LinesField(required=False, max_line=200, help_text="One a line")

    class Meta:
        model = Term
        fields = ("slug", "kind", "display", "display_zh", "synonyms", "system", "code")


class PartFormSet(InlineFormSet):
    """Rows of one kind on the page of their case; a new row goes to the end of the report."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "position" in form.fields and (index is None or index >= self.initial_form_count()):
            form.initial["position"] = self._next_position()

    def _next_position(self) -> int:
        if not hasattr(self, "_next"):
            rows = self.get_queryset() if self.instance.pk else []
            self._next = max((row.position + 1 for row in rows), default=0)
        return self._next

    def clean(self) -> None:
        """Two rows of one submission can break a rule that neither breaks against the database."""
        super().clean()
        rows = [form for form in self._rows_to_save() if form.instance]
        seen: Counter[Hashable] = Counter()
        for form in rows:
            for key, field, message in self.only_once(form.instance):
                seen[key] += 1
                if seen[key] == 2:
                    form.add_error(field, ValidationError(message, code="unique"))

    def only_once(self, row: Any) -> Iterator[tuple[Hashable, str, str]]:
        """Keys that no other row of the case may have, the field to blame, and what to say."""
        yield from ()

    def _rows_to_save(self) -> Iterator[Any]:
        for form in self.forms:
            if form.has_changed() and not form.errors and form not in self.deleted_forms:
                yield form


class EventFormSet(PartFormSet):
    def only_once(self, row: Event) -> Iterator[tuple[Hashable, str, str]]:
        if row.is_index:
            yield "day 0", "is_index", "Only one event of a case is day 0."


class CitationFormSet(PartFormSet):
    def only_once(self, row: Citation) -> Iterator[tuple[Hashable, str, str]]:
        target = (row.event_id, row.finding_id)
        yield (
            (*target, row.reference_id, row.role),
            "reference",
            ("This reference is cited here in this role already."),
        )
        if row.role == Role.SOURCE and target == (None, None):
            yield "source", "role", "A case has one source: a case is one report."
