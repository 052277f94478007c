"""The fields of a case's rows, grouped as a report tells them."""

from __future__ import annotations

from typing import Any

Fieldsets = tuple[tuple[str | None, Any], ...]


def _folded(title: str, *fields: str | tuple[str, ...]) -> tuple[str, dict[str, Any]]:
    return title, {"classes": ("collapse",), "fields": fields}


EVENT: Fieldsets = (
    (
        None,
        {
            "fields": (
                "label",
                "label_zh",
                ("position", "category", "is_index"),
                ("term", "site"),
                "detail",
                "outcome",
            )
        },
    ),
    _folded(
        "Time",
        "anchor",
        ("start_reported_as", "start_precision", "start_low", "start_high"),
        ("end_reported_as", "end_precision", "end_low", "end_high"),
        ("ongoing", "duration_reported_as", "duration_low", "duration_high"),
    ),
    _folded(
        "Drug",
        ("dose", "dose_unit", "route", "brand"),
        ("frequency", "frequency_times", "frequency_days"),
    ),
    _folded(
        "Surgery or intervention",
        ("approach", "agent"),
        ("device", "device_low_um", "device_high_um"),
    ),
    _folded(
        "Pathology",
        ("grade", "ki67_low", "ki67_high"),
        ("mitoses", "mitoses_per"),
        "markers",
    ),
)
FINDING: Fieldsets = (
    (
        None,
        {
            "fields": (
                ("position", "event", "modality"),
                ("lesion", "site"),
                ("change", "patency", "enhancement"),
                "description",
            )
        },
    ),
)
LESION: Fieldsets = (
    (None, {"fields": ("position", "label", "label_zh", "kind", "site", "multiplicity")}),
)
MEASUREMENT: Fieldsets = (
    (None, {"fields": ("position", "finding", "dimension", "low_mm", "high_mm")}),
)
RESULT: Fieldsets = (
    (
        None,
        {
            "description": "With the reference range that the report itself gives, or none.",
            "fields": (
                ("position", "event"),
                ("analyte", "term"),
                ("comparator", "value", "unit"),
                ("reference_low", "reference_high"),
                "note",
            ),
        },
    ),
)
CITATION: Fieldsets = (
    (
        None,
        {
            "description": "Stands on an event, or on a finding, or, with neither, on the case.",
            "fields": (
                ("position", "role", "number"),
                "reference",
                ("event", "finding"),
                "note",
            ),
        },
    ),
    _folded("Quote", "quote", ("locator", "quote_depth")),
)
QUOTE_CHECK = ("What is known of the quote", {"fields": ("checked",)})
