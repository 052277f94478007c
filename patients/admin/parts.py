"""Lists of the rows below cases, each with a page of its own beside that of its case."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from literature.admin.base import CuratedAdmin
from patients.actions import cases
from patients.admin import fieldsets
from patients.admin.forms import SAME_CASE, EventChecks, limit_to_case
from patients.admin.labels import event_label, finding_label, part_label
from patients.admin.problems import show_problems
from patients.models import (
    Citation,
    Event,
    ImagingFinding,
    LaboratoryResult,
    Lesion,
    Measurement,
)
from patients.presenters.waiting import quote_words


class PartAdmin(CuratedAdmin):
    """A row stays in its case; every write ends in an action, which refreshes the listing."""

    comes_with: ClassVar[tuple[str, ...]] = ()
    part_fieldsets: ClassVar[fieldsets.Fieldsets]
    anchor_on_page = ""
    """What the row is called in the address of the case's page."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("case", *self.comes_with)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return ((None, {"fields": ("case",)}), *self.part_fieldsets)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("case",) if obj else ()

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if obj is not None:
            limit_to_case(form, obj.case_id)
        return form

    def choices(self, queryset: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
        case = request.GET.get(SAME_CASE, "")
        if not case:
            return queryset
        return queryset.filter(case=int(case)) if case.isdecimal() else queryset.none()

    def choice_label(self, row: Any) -> str:
        return part_label(row)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        cases.save(row=obj, by=request.user)
        show_problems(request, obj.case)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        cases.remove(row=obj, by=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        cases.remove_all(rows=queryset, by=request.user)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        if obj is None or not obj.pk:
            return None
        mark = f"#{self.anchor_on_page}-{obj.public_id}" if self.anchor_on_page else ""
        return f"{obj.case.get_absolute_url()}{mark}"

    @admin.display(description="Case", ordering="case__accession")
    def accession(self, row: Any) -> str:
        return str(row.case.accession)


@admin.register(Event)
class EventAdmin(PartAdmin):
    form = EventChecks
    part_fieldsets = fieldsets.EVENT
    wide_fields = ("label",)
    comes_with = ("term", "site", "anchor")
    anchor_on_page = "event"
    list_display = ("label", "accession", "category", "start", "is_index", "term", "site")
    list_filter = ("category", "is_index", "start_precision", "grade", "outcome")
    search_fields = ("label", "label_zh", "detail", "brand", "agent", "device", "term__display",
                     "case__accession", "case__title", "=public_id")  # fmt: skip
    autocomplete_fields = ("case", "term", "site", "anchor")

    @admin.display(description="Start")
    def start(self, row: Event) -> str:
        anchored = f" from {event_label(row.anchor)}" if row.anchor else ""
        return f"{row.start_reported_as or row.start.words()}{anchored}"


@admin.register(ImagingFinding)
class ImagingFindingAdmin(PartAdmin):
    part_fieldsets = fieldsets.FINDING
    comes_with = ("event", "lesion", "site")
    anchor_on_page = "finding"
    list_display = ("name", "accession", "change", "patency", "site")
    list_filter = ("modality", "change", "patency")
    search_fields = ("description", "enhancement", "event__label", "lesion__label",
                     "site__display", "case__accession", "case__title", "=public_id")  # fmt: skip
    autocomplete_fields = ("case", "event", "lesion", "site")

    @admin.display(description="Finding", ordering="event__label")
    def name(self, row: ImagingFinding) -> str:
        return finding_label(row)


@admin.register(Lesion)
class LesionAdmin(PartAdmin):
    part_fieldsets = fieldsets.LESION
    comes_with = ("site",)
    list_display = ("label", "accession", "kind", "site", "multiplicity")
    list_filter = ("kind", "multiplicity")
    search_fields = ("label", "label_zh", "site__display", "case__accession", "case__title",
                     "=public_id")  # fmt: skip
    autocomplete_fields = ("case", "site")


@admin.register(Measurement)
class MeasurementAdmin(PartAdmin):
    part_fieldsets = fieldsets.MEASUREMENT
    comes_with = ("finding__event", "finding__lesion", "finding__site")
    list_display = ("__str__", "accession", "dimension", "of")
    list_filter = ("dimension",)
    search_fields = ("finding__event__label", "finding__lesion__label", "case__accession",
                     "case__title", "=public_id")  # fmt: skip
    autocomplete_fields = ("case", "finding")

    @admin.display(description="Finding", ordering="finding__event__label")
    def of(self, row: Measurement) -> str:
        return finding_label(row.finding)


@admin.register(LaboratoryResult)
class LaboratoryResultAdmin(PartAdmin):
    part_fieldsets = fieldsets.RESULT
    comes_with = ("event", "term")
    list_display = ("__str__", "accession", "event", "note")
    list_filter = ("comparator",)
    search_fields = ("analyte", "note", "term__display", "event__label", "case__accession",
                     "case__title", "=public_id")  # fmt: skip
    autocomplete_fields = ("case", "event", "term")


@admin.register(Citation)
class CitationAdmin(PartAdmin):
    part_fieldsets = (*fieldsets.CITATION, fieldsets.QUOTE_CHECK)
    comes_with = (
        "reference", "event", "finding__event", "finding__lesion", "finding__site",
    )  # fmt: skip
    list_display = ("reference", "accession", "role", "target", "number", "quote_state")
    list_filter = ("role", ("quote", admin.EmptyFieldListFilter), "quote_depth", "quote_state")
    search_fields = ("note", "quote", "reference__title", "reference__first_author",
                     "event__label", "case__accession", "case__title", "=public_id")  # fmt: skip
    autocomplete_fields = ("case", "reference", "event", "finding")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Citation]:
        found = super().get_queryset(request).select_related("found_reference", "quote_text")
        return found.defer(
            "reference__search", "found_reference__search", "quote_text__text", "quote_text__sought"
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), "checked")

    @admin.display(description="Checked")
    def checked(self, row: Citation) -> str:
        return quote_words(row) or "No quote"

    @admin.display(description="Stands on")
    def target(self, row: Citation) -> str:
        if row.event:
            return event_label(row.event)
        return finding_label(row.finding) if row.finding else "The case"
