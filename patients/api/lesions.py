"""Lesions: told by their case, so they are read through it."""

from __future__ import annotations

from typing import Any

from rest_framework.exceptions import NotFound

from literature.rest.problems import NOT_HERE
from literature.rest.query import Asked
from patients.api.forms import LesionForm
from patients.api.parts import PartViewSet
from patients.document import to_builtins
from patients.document.model import LesionData
from patients.models import Case, Lesion
from patients.models.part import CasePart
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
        # The working row only says in which case to look; what is told is the document's.
        row = Lesion.objects.visible_to(self.request.user).select_related("case")
        return self._told(row.get(public_id=self.key))

    def read_row(self, row: CasePart) -> Any:
        return self._told(row)

    def _told(self, row: CasePart) -> Any:
        for lesion in self._lesions_of(row.case.accession):
            if lesion["id"] == row.public_id:
                return lesion
        raise NotFound(NOT_HERE)

    def _lesions_of(self, accession: str) -> list[Any]:
        try:
            reading = read_case(accession, self.request.user)
        except Case.DoesNotExist:
            return []
        lesions: list[Any] = to_builtins(reading.document.lesions)
        return lesions
