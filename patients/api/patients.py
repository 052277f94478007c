"""Patients: listed as each case tells of them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework.exceptions import NotFound

from literature.public_ids import PUBLIC_ID_PATTERN
from literature.rest.problems import NOT_HERE
from literature.rest.query import Asked
from literature.rest.views import RecordViewSet
from patients.actions import records
from patients.api.forms import PatientForm
from patients.api.parts import found_items
from patients.models import ListedItem, Patient
from patients.querysets import sees_unpublished
from patients.serializers.reading import CasePatient, PatientDetail, patient_detail
from patients.serializers.writing import PatientWrite
from patients.vocabulary import ItemKind


class PatientViewSet(RecordViewSet):
    """De-identified persons. The list has one row for each case that tells of a person, because
    the age is that of the case; the detail brings a person's cases together."""

    noun, plural = "patient", "patients"
    model = Patient
    lookup_field = "id"
    lookup_value_regex = PUBLIC_ID_PATTERN.strip("^$")
    search_form = PatientForm
    row_shape, shape = CasePatient, PatientDetail
    write_serializer = PatientWrite

    def found(self, asked: Asked) -> QuerySet[Any]:
        found: QuerySet[Any] = found_items(asked, ItemKind.PATIENT, self.request.user)
        return found.values_list("data", flat=True)

    def rows(self, found: list[Any]) -> list[Any]:
        return found

    def read(self) -> Any:
        if sees_unpublished(self.request.user):
            return self.read_row(Patient.objects.get(public_id=self.key))
        cases = self._cases(self.key)
        if not cases:
            raise NotFound(NOT_HERE)
        return patient_detail(None, cases)

    def read_row(self, row: Patient) -> Any:
        return patient_detail(row, self._cases(row.public_id))

    def _cases(self, public_id: str) -> list[Any]:
        items = ListedItem.objects.visible_to(self.request.user).of_kind(ItemKind.PATIENT)
        found = items.filter(public_id=public_id).order_by("-listing__listed_at", "-listing_id")
        return list(found.values_list("data", flat=True))

    def locked(self) -> Patient:
        return Patient.objects.select_for_update(no_key=True).get(public_id=self.key)

    def save(self, row: Patient) -> Patient:
        return records.save_patient(patient=row, by=self.request.user)

    def remove(self, row: Patient) -> None:
        row.delete()
