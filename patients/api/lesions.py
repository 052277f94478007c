"""Lesions: told by their case, so they are read through it."""

from __future__ import annotations

from typing import Any

from rest_framework.exceptions import NotFound

from literature.rest.problems import NOT_HERE
from literature.rest.query import Asked
from literature.rest.views import found_or_404
from patients.api.forms import LesionForm
from patients.api.parts import PartViewSet
from patients.document import from_builtins, to_builtins
from patients.document.model import LesionData
from patients.models import Case, CaseVersion, Lesion
from patients.models.part import CasePart
from patients.querysets import sees_unpublished
from patients.reading import read_case
from patients.serializers.writing import LesionWrite


class LesionViewSet(PartViewSet):
    """Tumours and thrombi followed through several studies. Listed for one case at a time."""

    noun, plural = "lesion", "lesions"
    model = Lesion
    search_form = LesionForm
    row_shape = shape = LesionData
    write_serializer = LesionWrite

    def found(self, asked: Asked) -> list[Any]:
        return self._lesions_of(asked.filters["case"])

    def rows(self, found: list[Any]) -> list[Any]:
        return found

    def read(self) -> Any:
        user = self.request.user
        if sees_unpublished(user):
            return self.read_row(Lesion.objects.select_related("case").get(public_id=self.key))
        version = CaseVersion.objects.visible_to(user).current().with_lesion(self.key).first()
        told = from_builtins(found_or_404(version).document)
        return _one_of(to_builtins(told.lesions), self.key)

    def read_row(self, row: CasePart) -> Any:
        return _one_of(self._lesions_of(row.case.accession), row.public_id)

    def _lesions_of(self, accession: str) -> list[Any]:
        try:
            reading = read_case(accession, self.request.user)
        except Case.DoesNotExist:
            return []
        lesions: list[Any] = to_builtins(reading.document.lesions)
        return lesions


def _one_of(lesions: list[Any], key: str) -> Any:
    for lesion in lesions:
        if lesion["id"] == key:
            return lesion
    raise NotFound(NOT_HERE)
