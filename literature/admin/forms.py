"""Forms that check every rule of a row and show each refusal beside the fields it speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import BaseConstraint
from django.forms.models import InlineForeignKeyField

from literature.admin.choices import RecordField, select_of
from literature.admin.errors import placed
from literature.rest.violations import fields_of

if TYPE_CHECKING:
    BaseForm = forms.ModelForm[Any]
else:
    BaseForm = forms.ModelForm


class CuratedForm(BaseForm):
    refused: ValidationError | None = None
    """Why the last try to save what was posted failed: shown with the form as it was filled in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            select = select_of(field)
            if select is not None and getattr(self.instance, f"{name}_id", None) is not None:
                select.known = getattr(self.instance, name)

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        if self.refused is not None:
            self.add_error(None, self.refused)
        return data

    def _post_clean(self) -> None:
        if self._lacks_a_record():
            return  # the row's own rules follow its foreign keys
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            for constraint in self._rules_left_out():
                self._check(constraint)

    def _rules_left_out(self) -> Iterator[BaseConstraint]:
        """Rules that Django does not check here, because they speak of a field which the form does
        not hold, such as the record whose page this is."""
        model = self._meta.model
        derived = {field.name for field in model._meta.fields if field.generated}
        held = {
            name
            for name, field in self.fields.items()
            if not isinstance(field, InlineForeignKeyField)
        } - {model._meta.pk.name}
        for constraint in model._meta.constraints:
            about = fields_of(constraint)
            # What columns are generated from is checked by actions.
            if not about <= held and not about & derived:
                yield constraint

    def _lacks_a_record(self) -> bool:
        return any(
            isinstance(field, RecordField) and field.required and name in self.errors
            for name, field in self.fields.items()
        )

    def _check(self, constraint: BaseConstraint) -> None:
        try:
            constraint.validate(self._meta.model, self.instance)
        except ValidationError as error:
            self.add_error(None, error)

    def add_error(self, field: str | None, error: Any) -> None:
        if field is not None:
            super().add_error(field, error)
            return
        if not isinstance(error, ValidationError):
            error = ValidationError(error)
        model = self._meta.model
        for name, single in placed(error, model, list(self.fields), self.changed_data):
            super().add_error(name, single)


class CuratedRowForm(CuratedForm):
    """A row inside another record's page."""

    def full_clean(self) -> None:
        # An unchanged row is not saved, and the database took it as it is; checking it again would
        # cost a query for each of its constraints.
        if self.instance.pk is not None:
            self.empty_permitted = True
        super().full_clean()
