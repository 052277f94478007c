"""What may be written of a record: the model's own fields by name, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from rest_framework import serializers

from literature.rest import fields
from literature.rest.problems import shown


class WriteSerializer(serializers.ModelSerializer[Any]):
    """Strict in types and names. It fills a row; saving is for actions.

    Rules over several fields are the model's: `full_clean` in the action says them, so none of
    REST framework's own unique validators is made.
    """

    serializer_choice_field = fields.StrictChoiceField
    serializer_field_mapping: ClassVar[dict[type[models.Field[Any, Any]], Any]] = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.CharField: fields.StrictCharField,
        models.SlugField: fields.StrictSlugField,
        models.TextField: fields.StrictCharField,
        models.IntegerField: fields.StrictIntegerField,
        models.PositiveIntegerField: fields.StrictIntegerField,
        models.PositiveSmallIntegerField: fields.StrictIntegerField,
        models.BooleanField: fields.StrictBooleanField,
        models.DecimalField: fields.AmountField,
    }
    kept: ClassVar[frozenset[str]] = frozenset()
    """Fields that a PUT without them leaves as they are."""
    fixed: ClassVar[frozenset[str]] = frozenset()
    """Fields that cannot change once the record is there."""

    def get_uniqueness_extra_kwargs(
        self, field_names: Any, declared_fields: Any, extra_kwargs: Any
    ) -> tuple[Any, dict[str, Any]]:
        return extra_kwargs, {}

    def get_validators(self) -> list[Any]:
        return []

    def to_internal_value(self, data: Any) -> Any:
        errors: dict[str, Any] = {}
        if isinstance(data, Mapping):
            known = self.fields
            errors = {shown(name): [_UNKNOWN] for name in data if name not in known}
        try:
            value = super().to_internal_value(data)
        except serializers.ValidationError as error:
            if isinstance(error.detail, dict):
                errors |= error.detail
            else:
                raise
        if errors:
            raise serializers.ValidationError(errors)
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if self.instance is not None:
            changed = {
                name: ["Cannot be changed once the record is there."]
                for name in self.fixed
                if name in attrs and getattr(self.instance, name) != attrs[name]
            }
            if changed:
                raise serializers.ValidationError(changed)
        return attrs

    def filled(self) -> Any:
        """The row with what was sent; on PUT, what was not sent goes back to its default."""
        model: Any = self.Meta.model
        row = self.instance if self.instance is not None else model()
        if self.instance is not None and not self.partial:
            for name in set(self.get_fields()) - set(self.validated_data) - self.kept:
                setattr(row, name, model._meta.get_field(name).get_default())
        for name, value in self.validated_data.items():
            setattr(row, name, value)
        return row


class Body(serializers.Serializer[Any]):
    """What is sent to an action that writes no row of its own: strict in names."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = {shown(name): [_UNKNOWN] for name in data if name not in self.fields}
            if unknown:
                raise serializers.ValidationError(unknown)
        return super().to_internal_value(data)


_UNKNOWN = "Is not a field that can be written here."
