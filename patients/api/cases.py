"""Cases: the list from listings, the detail from the case document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from literature.api_exports import ExportData, export_payload
from literature.rest.changed import Record, named
from literature.rest.writing import Body
from patients.actions import cases, records
from patients.api.case_pages import case_page
from patients.api.derived import (
    DERIVED_ANSWERS,
    DERIVED_BODIES,
    DERIVED_NEEDS,
    DerivedActions,
)
from patients.api.forms import CaseReferencesForm
from patients.api.identifying import (
    IDENTIFYING_ANSWERS,
    IDENTIFYING_BODIES,
    IDENTIFYING_NEEDS,
    IdentifyingActions,
)
from patients.api.likeness import LikeActions, LikeData
from patients.api.publishing import BODIES, NEEDS, ChecksData, PublishingActions
from patients.api.versions import VersionActions, VersionRow, gone_if_withdrawn
from patients.forms import CaseSearchForm
from patients.like_form import WeightsForm
from patients.models import Case, Patient
from patients.models.case import ACCESSION_PATTERN
from patients.reading import read_case
from patients.references_cited import CITED, chosen_of
from patients.serializers.reading import CaseDetail, CaseRow, case_detail
from patients.serializers.writing import CaseWrite


class CaseViewSet(
    DerivedActions, IdentifyingActions, LikeActions, PublishingActions, VersionActions
):
    """Case reports. The detail is the whole case document: timeline, findings and citations."""

    noun, plural = "case", "cases"
    model = Case
    lookup_field = "accession"
    lookup_value_regex = ACCESSION_PATTERN.strip("^$")
    search_form = CaseSearchForm
    row_shape, shape = CaseRow, CaseDetail
    write_serializer = CaseWrite
    query_forms: ClassVar[Mapping[str, type[forms.Form]]] = {
        "like": WeightsForm,
        "references": CaseReferencesForm,
        "versions": forms.Form,
    }
    makes_exports = frozenset({"references"})
    answer_shapes: ClassVar[Mapping[str, type]] = {
        "like": LikeData,
        "references": ExportData,
        "version": CaseDetail,
        "checks": ChecksData,
        "record_checks": ChecksData,
        **IDENTIFYING_ANSWERS,
        **DERIVED_ANSWERS,
    }
    paged_shapes: ClassVar[Mapping[str, type]] = {"versions": VersionRow}
    bodies: ClassVar[Mapping[str, type[Body]]] = {**BODIES, **IDENTIFYING_BODIES, **DERIVED_BODIES}
    also_needs: ClassVar[Mapping[str, str]] = {**NEEDS, **IDENTIFYING_NEEDS, **DERIVED_NEEDS}
    may_be_gone = frozenset({"retrieve", "like", "references", "versions", "version"})

    told_by = ("pk", "patient")
    also_told = ("status",)

    def record_of(self, row: Case) -> Record:
        return Record(
            named(Case._meta.db_table, row.pk), (named(Patient._meta.db_table, row.patient_id),)
        )

    def list(self, request: Request, **kwargs: Any) -> Response:
        return Response(case_page(request, self.asked))

    def read(self) -> Any:
        with gone_if_withdrawn():
            return case_detail(read_case(self.key, self.request.user))

    def read_row(self, row: Case) -> Any:
        return case_detail(read_case(row.accession, self.request.user))

    def etag(self, payload: Any) -> str:
        """The document's checksum, and what stands beside the document."""
        return f'"{payload["checksum"]}.{payload["version"] or payload["status"]}"'

    def key_of(self, row: Case) -> str:
        return row.accession

    def locked(self) -> Case:
        return Case.objects.select_for_update().get(accession=self.key)

    def save(self, row: Case) -> Case:
        cases.save(row=row, by=self.request.user)
        return row

    def remove(self, row: Case) -> None:
        records.remove_draft(case=row, by=self.request.user)

    @action(detail=True, methods=["get"])
    def references(self, request: Request, **kwargs: Any) -> Response:
        """The references of the case, in an exchange format or a citation style."""
        with gone_if_withdrawn():
            reading = read_case(self.key, request.user)
        chosen = chosen_of(reading, self.asked.filters["order"] or CITED)
        return Response(export_payload(chosen, self.asked.filters, request.user))
