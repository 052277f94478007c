"""What may be written of the records of a case, by the names that the models use.

Times are written as they are stored: days relative to day 0, or to the anchor, with the precision
of the report and its words.
"""

from __future__ import annotations

from typing import ClassVar

from drf_spectacular.utils import (
    OpenApiExample,
    extend_schema_field,
    extend_schema_serializer,
)
from rest_framework import serializers

from literature.rest.writing import WriteSerializer
from patients.models import (
    Case,
    Citation,
    Event,
    ImagingFinding,
    LaboratoryResult,
    Lesion,
    Measurement,
    Patient,
    Term,
)
from patients.models.event import MAX_MARKERS, validate_markers
from patients.serializers.fields import (
    CaseField,
    PartField,
    PatientField,
    ReferenceField,
    TermField,
)
from patients.vocabulary import ItemKind, MarkerResult

TIME_FIELDS = (
    "anchor", "start_low", "start_high", "start_precision", "start_reported_as",
    "end_low", "end_high", "end_precision", "end_reported_as", "ongoing",
    "duration_low", "duration_high", "duration_reported_as",
)  # fmt: skip
DETAIL_FIELDS = (
    "dose", "dose_unit", "route", "frequency", "frequency_times", "frequency_days", "brand",
    "approach", "device", "device_low_um", "device_high_um", "agent",
    "markers", "ki67_low", "ki67_high", "mitoses", "mitoses_per", "grade", "outcome",
)  # fmt: skip


class CaseWrite(WriteSerializer):
    """The status is not among them: it changes by publishing and withdrawing."""

    patient = PatientField()
    diagnosis = TermField(allow_null=True)
    primary_site = TermField(allow_null=True)

    class Meta:
        model = Case
        fields: ClassVar = (
            "patient", "title", "summary", "diagnosis", "primary_site", "day_zero_year",
            "age_low", "age_high",
        )  # fmt: skip


class PartWrite(WriteSerializer):
    """A row of a case: it stays in its case, and in its place unless another is given."""

    kept = frozenset({"position"})
    fixed = frozenset({"case"})

    case = CaseField()


@extend_schema_field(
    {
        "type": "array",
        "maxItems": MAX_MARKERS,
        "items": {
            "type": "object",
            "required": ["marker", "result"],
            "additionalProperties": False,
            "properties": {
                "marker": {"type": "string", "minLength": 1, "maxLength": 100},
                "result": {"type": "string", "enum": MarkerResult.values},
            },
        },
    }
)
class MarkersField(serializers.JSONField):
    pass


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "an exact day: day 0 itself",
            {
                "case": "CB-7K3M2QX",
                "category": "surgery",
                "label": "Operation",
                "is_index": True,
                "start_low": 0,
                "start_high": 0,
                "start_precision": "day",
            },
            request_only=True,
        ),
        OpenApiExample(
            "a year, as the report words it",
            {
                "case": "CB-7K3M2QX",
                "category": "imaging",
                "label": "Follow-up imaging",
                "start_low": 1096,
                "start_high": 1826,
                "start_precision": "year",
                "start_reported_as": "2020",
            },
            request_only=True,
        ),
        OpenApiExample(
            "a drug course of three days, three days after another event",
            {
                "case": "CB-7K3M2QX",
                "category": "drug",
                "label": "Anticoagulation",
                "anchor": "0123456789",
                "start_low": 3,
                "start_high": 3,
                "start_precision": "day",
                "duration_low": 3,
                "duration_high": 3,
                "duration_reported_as": "for 3 days",
                "dose": "0.4",
                "dose_unit": "ml",
                "frequency": "twice a day",
                "frequency_times": 2,
                "frequency_days": 1,
            },
            request_only=True,
        ),
    ]
)
class EventWrite(PartWrite):
    markers = MarkersField(required=False, validators=[validate_markers])
    term = TermField(allow_null=True)
    site = TermField(allow_null=True)
    anchor = PartField(Event, required=False, allow_null=True)

    class Meta:
        model = Event
        fields: ClassVar = (
            "case", "position", "category", "label", "label_zh", "term", "site", "detail",
            "is_index",
            *TIME_FIELDS, *DETAIL_FIELDS,
        )  # fmt: skip


class LesionWrite(PartWrite):
    site = TermField(allow_null=True)

    class Meta:
        model = Lesion
        fields: ClassVar = (
            "case", "position", "label", "label_zh", "kind", "site", "multiplicity",
        )  # fmt: skip


class FindingWrite(PartWrite):
    event = PartField(Event, ItemKind.EVENT)
    site = TermField(allow_null=True)
    lesion = PartField(Lesion, required=False, allow_null=True)

    class Meta:
        model = ImagingFinding
        fields: ClassVar = (
            "case", "position", "event", "modality", "site", "lesion", "description",
            "enhancement", "change", "patency",
        )  # fmt: skip


class MeasurementWrite(PartWrite):
    finding = PartField(ImagingFinding, ItemKind.IMAGING_FINDING)

    class Meta:
        model = Measurement
        fields: ClassVar = ("case", "position", "finding", "dimension", "low_mm", "high_mm")


class ResultWrite(PartWrite):
    """Of an observation, not of a treatment or an imaging study."""

    event = PartField(Event, ItemKind.EVENT)
    term = TermField(allow_null=True)

    class Meta:
        model = LaboratoryResult
        fields: ClassVar = (
            "case", "position", "event", "analyte", "term", "comparator", "value", "unit",
            "reference_low", "reference_high", "note",
        )  # fmt: skip


class CitationWrite(PartWrite):
    """One target: an event, or a finding, or, with neither, the case itself."""

    event = PartField(Event, ItemKind.EVENT, required=False, allow_null=True)
    finding = PartField(ImagingFinding, ItemKind.IMAGING_FINDING, required=False, allow_null=True)
    reference = ReferenceField()

    class Meta:
        model = Citation
        fields: ClassVar = (
            "case", "position", "event", "finding", "reference", "role", "number", "note",
            "quote", "locator", "quote_depth",
        )  # fmt: skip


class PatientWrite(WriteSerializer):
    class Meta:
        model = Patient
        fields: ClassVar = ("sex", "country")


class TermWrite(WriteSerializer):
    """The slug stays: published versions and permalinks name terms by it."""

    fixed = frozenset({"slug"})

    class Meta:
        model = Term
        fields: ClassVar = (
            "slug", "kind", "display", "display_zh", "synonyms", "system", "code",
        )  # fmt: skip
