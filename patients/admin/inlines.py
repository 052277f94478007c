"""The rows of a case, edited on its page. Each kind comes in one query with all that it names."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from literature.admin.base import CuratedInline
from patients.admin import fieldsets
from patients.admin.forms import (
    CitationFormSet,
    EventFormSet,
    EventRowForm,
    PartFormSet,
    limit_to_case,
)
from patients.models import (
    Citation,
    Event,
    ImagingFinding,
    LaboratoryResult,
    Lesion,
    Measurement,
)


class PartInline(CuratedInline):
    formset = PartFormSet
    comes_with: ClassVar[tuple[str, ...]]
    """What the row's form and name show of other rows, as paths for select_related."""
    without: ClassVar[tuple[str, ...]] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        queryset = super().get_queryset(request).select_related(*self.comes_with)
        return queryset.defer(*self.without).order_by("position", "pk")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        limit_to_case(formset.form, obj.pk if obj else None)
        return formset


class LesionInline(PartInline, admin.TabularInline):  # type: ignore[type-arg]
    model = Lesion
    fieldsets = fieldsets.LESION
    autocomplete_fields = ("site",)
    comes_with = ("site",)


class EventInline(PartInline, admin.StackedInline):  # type: ignore[type-arg]
    model = Event
    form = EventRowForm
    formset = EventFormSet
    fieldsets = fieldsets.EVENT
    wide_fields = ("label",)
    autocomplete_fields = ("term", "site", "anchor")
    comes_with = ("term", "site", "anchor")


class FindingInline(PartInline, admin.StackedInline):  # type: ignore[type-arg]
    model = ImagingFinding
    fieldsets = fieldsets.FINDING
    autocomplete_fields = ("event", "lesion", "site")
    comes_with = ("event", "lesion", "site")


class MeasurementInline(PartInline, admin.TabularInline):  # type: ignore[type-arg]
    model = Measurement
    fieldsets = fieldsets.MEASUREMENT
    autocomplete_fields = ("finding",)
    comes_with = ("finding__event", "finding__lesion", "finding__site")


class ResultInline(PartInline, admin.StackedInline):  # type: ignore[type-arg]
    model = LaboratoryResult
    fieldsets = fieldsets.RESULT
    autocomplete_fields = ("event", "term")
    comes_with = ("event", "term")


class CitationInline(PartInline, admin.StackedInline):  # type: ignore[type-arg]
    model = Citation
    formset = CitationFormSet
    fieldsets = fieldsets.CITATION
    autocomplete_fields = ("reference", "event", "finding")
    comes_with = (
        "reference", "event", "finding__event", "finding__lesion", "finding__site",
    )  # fmt: skip
    without = ("reference__search",)


# In this order, so that what a row names is saved before it.
PART_INLINES = (
    LesionInline, EventInline, FindingInline, MeasurementInline, ResultInline, CitationInline,
)  # fmt: skip
