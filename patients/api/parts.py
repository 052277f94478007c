"""Events, findings, sizes, results and citations: the parts of a case that have lists of their own.

They are read as the case document tells them, from listings; written through the case's actions.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from literature.public_ids import PUBLIC_ID_PATTERN
from literature.rest.changed import Record, named
from literature.rest.query import Asked
from literature.rest.views import RecordViewSet, found_or_404
from patients.actions import cases
from patients.actions.revisions_citing import propose_citation
from patients.api.forms import (
    CitationForm,
    EventForm,
    FindingForm,
    ItemForm,
    MeasurementForm,
    ResultForm,
)
from patients.citing_page import cites_directly
from patients.document.model import (
    CitationData,
    EventData,
    FindingData,
    MeasurementData,
    ResultData,
)
from patients.models import (
    Case,
    Citation,
    Event,
    ImagingFinding,
    LaboratoryResult,
    ListedItem,
    Measurement,
)
from patients.models.part import CasePart
from patients.querysets import sees_unpublished
from patients.serializers import writing
from patients.serializers.reading import AddedCitation, added_citation, proposed_citation
from patients.vocabulary import Audience, ItemKind


def found_items(asked: Asked, kind: ItemKind, user: Any) -> QuerySet[ListedItem]:
    """The listed parts that fit the cleaned data of an ItemForm."""
    found = ListedItem.objects.visible_to(user).of_kind(kind)
    wanted = ItemForm.part_of(asked.filters)
    if wanted:
        found = found.filter(data__contains=wanted)
    return found.order_by(*ItemForm.SORTS[asked.filters.get("sort") or "newest"])


def lock_case(row: CasePart) -> None:
    """Writers of one case take turns."""
    Case.objects.select_for_update().only("pk").get(pk=row.case_id)


class PartViewSet(RecordViewSet):
    """The rows of a case share everything but their fields."""

    kind: ClassVar[ItemKind]
    model: ClassVar[type[CasePart]]
    lookup_field = "id"
    lookup_value_regex = PUBLIC_ID_PATTERN.strip("^$")

    told_by = ("pk", "case")

    def record_of(self, row: CasePart) -> Record:
        """The whole case: its document tells of all rows together."""
        return Record(named(Case._meta.db_table, row.case_id))

    def found(self, asked: Asked) -> QuerySet[Any] | list[Any]:
        found: QuerySet[Any] = found_items(asked, self.kind, self.request.user)
        return found.values_list("data", flat=True)

    def rows(self, found: list[Any]) -> list[Any]:
        return found

    def read(self) -> Any:
        items = ListedItem.objects.visible_to(self.request.user).of_kind(self.kind)
        found = items.filter(public_id=self.key).values_list("data", flat=True)
        return found_or_404(found.first())

    def locked(self) -> CasePart:
        """The case is locked, not the row alone: its document tells of all rows together."""
        row: CasePart = self.model.objects.get(public_id=self.key)
        lock_case(row)
        locked: CasePart = self.model.objects.select_related("case").get(pk=row.pk)
        return locked

    def read_row(self, row: CasePart) -> Any:
        items = ListedItem.objects.of_kind(self.kind).filter(listing__audience=Audience.WORKING)
        found = items.filter(public_id=row.public_id).values_list("data", flat=True)
        return found_or_404(found.first())

    def save(self, row: CasePart) -> CasePart:
        lock_case(row)  # so that what it names cannot go between its check and its saving
        if row._state.adding and "position" not in self.request.data:
            row.position = self.model.objects.filter(case=row.case).count()
        cases.save(row=row, by=self.request.user)
        return row

    def remove(self, row: CasePart) -> None:
        cases.remove(row=row, by=self.request.user)


class EventViewSet(PartViewSet):
    """What happened, in time order: diagnoses, studies, operations, drugs, results, outcomes."""

    noun, plural = "event", "events"
    kind, model = ItemKind.EVENT, Event
    search_form = EventForm
    row_shape = shape = EventData
    write_serializer = writing.EventWrite


class FindingViewSet(PartViewSet):
    """What one imaging study shows of one lesion or vessel."""

    noun, plural = "imaging finding", "imaging findings"
    kind, model = ItemKind.IMAGING_FINDING, ImagingFinding
    search_form = FindingForm
    row_shape = shape = FindingData
    write_serializer = writing.FindingWrite


class MeasurementViewSet(PartViewSet):
    """Sizes in millimetres, each reported by one finding."""

    noun, plural = "measurement", "measurements"
    kind, model = ItemKind.MEASUREMENT, Measurement
    search_form = MeasurementForm
    row_shape = shape = MeasurementData
    write_serializer = writing.MeasurementWrite


class ResultViewSet(PartViewSet):
    """Laboratory values, each reported by one event, with the reference range of the report."""

    noun, plural = "laboratory result", "laboratory results"
    kind, model = ItemKind.RESULT, LaboratoryResult
    search_form = ResultForm
    row_shape = shape = ResultData
    write_serializer = writing.ResultWrite


class CitationViewSet(PartViewSet):
    """The ties between cases, events and findings, and the studies that bear on them."""

    noun, plural = "citation", "citations"
    kind, model = ItemKind.CITATION, Citation
    search_form = CitationForm
    row_shape = shape = CitationData
    created_shape = AddedCitation
    write_serializer = writing.CitationWrite

    def create(self, request: Request, **kwargs: Any) -> Response:
        """The citation as added: it stands on the working record until the next version. By who
        may not change the case it is a proposal, and `proposal` is its id."""
        if not cites_directly(request.user):
            return self._propose(request)
        response = super().create(request, **kwargs)
        sees_working = sees_unpublished(request.user)
        response.data = added_citation(response.data, sees_working=sees_working)
        del response["ETag"]  # it is that of the detail, which says less
        if not sees_working:
            del response["Location"]  # there is nothing to read for them yet
        return response

    def _propose(self, request: Request) -> Response:
        serializer = self.write_serializer(data=request.data, context={"request": request})
        serializer.is_valid(raise_exception=True)
        citation: Citation = serializer.filled()
        on = "a part of the case" if citation.event or citation.finding else "the case"
        try:
            made = propose_citation(citation=citation, on=on, by=request.user)
        except PermissionDenied as error:
            raise exceptions.PermissionDenied(str(error)) from None
        return Response(proposed_citation(citation, made.public_id), 201)
