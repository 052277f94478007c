"""Fields that name another record by its public name, among those the user may see."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from literature.models import Reference
from literature.public_ids import PUBLIC_ID_PATTERN, PUBLIC_ID_RE
from patients.models import Case, ListedItem, Listing, Patient, Term
from patients.models.case import ACCESSION_PATTERN
from patients.models.part import CasePart
from patients.querysets import sees_unpublished
from patients.vocabulary import ItemKind

SLUG_PATTERN = r"^[-a-zA-Z0-9_]{1,80}$"


@extend_schema_field({"type": "string", "pattern": PUBLIC_ID_PATTERN})
class NameField(serializers.Field[Any, Any, Any, Any]):
    """A public name; a hidden record and an unknown one are refused alike."""

    default_error_messages = {
        "invalid": "Must be text: the public name of a record.",
        "unknown": "There is no such record here.",
    }

    def to_internal_value(self, data: Any) -> Model:
        if not isinstance(data, str):
            self.fail("invalid")
        row = self.find(data, self.context["request"].user)
        if row is None:
            self.fail("unknown")
        return row

    def find(self, name: str, user: Any) -> Model | None:
        raise NotImplementedError

    def to_representation(self, value: Any) -> Any:
        return str(value)


@extend_schema_field({"type": "string", "pattern": ACCESSION_PATTERN})
class CaseField(NameField):
    """The accession of a case that the user may see."""

    def find(self, name: str, user: Any) -> Case | None:
        if sees_unpublished(user):
            return Case.objects.filter(accession=name).first()
        seen = Listing.objects.visible_to(user).filter(case__accession=name)
        return Case.objects.filter(listings__in=seen).first()


class PartField(NameField):
    """The id of a row of a case.

    Who does not see working records can name only what is published, by `kind`, and where it is
    still part of the record.
    """

    def __init__(self, model: type[CasePart], kind: ItemKind | None = None, **kwargs: Any) -> None:
        self.model, self.kind = model, kind
        super().__init__(**kwargs)

    def find(self, name: str, user: Any) -> CasePart | None:
        if not PUBLIC_ID_RE.match(name):
            return None
        if not sees_unpublished(user) and not self._is_published(name, user):
            return None
        row: CasePart | None = self.model.objects.filter(public_id=name).first()
        return row

    def _is_published(self, name: str, user: Any) -> bool:
        if self.kind is None:
            return False
        items = ListedItem.objects.visible_to(user).of_kind(self.kind)
        return items.filter(public_id=name).exists()


class RowField(NameField):
    """The name of a record that stands outside cases: a term, a reference, a patient."""

    def __init__(self, rows: QuerySet[Any], by: str = "public_id", **kwargs: Any) -> None:
        self.rows_, self.by = rows, by
        super().__init__(**kwargs)

    def find(self, name: str, user: Any) -> Model | None:
        row: Model | None = self.rows_.filter(**{self.by: name}).first()
        return row


@extend_schema_field({"type": "string", "pattern": SLUG_PATTERN})
class TermField(RowField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Term.objects.all(), "slug", **{"required": False, **kwargs})


class ReferenceField(RowField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Reference.objects.all(), **kwargs)


class PatientField(RowField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Patient.objects.all(), **kwargs)
