"""References: the canonical record edited as JSON, beside how it reads."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join

from literature import actions, presenters, wording
from literature.admin.base import CuratedAdmin, count_of
from literature.admin.fields import PrettyJSONField
from literature.admin.forms import CuratedForm
from literature.admin.parts import FactInline, ListItemInline, TextInline
from literature.citing import citers
from literature.csl import TYPES, normalise_csl
from literature.models import Reference, ReferenceListItem, SourceText

NEW_RECORD = {
    "type": "article-journal", "title": "", "author": [], "container-title": "", "issued": {},
    "volume": "", "issue": "", "page": "", "DOI": "", "PMID": "",
}  # fmt: skip
"""What a new record starts from, so that the names of the fields need not be known by heart."""
SHAPES = (
    "The record itself; all else is taken from it. Empty fields are left out. Names look like "
    '[{"family": "Doe", "given": "J"}], dates like {"date-parts": [[2020, 5]]}.'
)
DERIVED = ("doi", "pmid", "pmcid", "year", "volume", "first_page", "first_author")


class ReferenceForm(CuratedForm):
    csl = PrettyJSONField(label="CSL-JSON", help_text=SHAPES)

    def clean_csl(self) -> dict[str, Any]:
        return normalise_csl(self.cleaned_data["csl"])


class TypeFilter(admin.SimpleListFilter):
    title, parameter_name = "type", "type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = model_admin.get_queryset(request).order_by().values_list("type", flat=True)
        present = set(rows.distinct())
        return [(name, label) for name, label in TYPES.items() if name in present]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(type=self.value()) if self.value() else queryset


class CitedFilter(admin.SimpleListFilter):
    title, parameter_name = "cited by a case", "cited"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        self.is_cited = citers().is_cited(request.user)
        return [("yes", "Cited"), ("no", "Not cited")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in ("yes", "no"):
            return queryset
        found: QuerySet[Any] = queryset.alias(is_cited=self.is_cited)
        return found.filter(is_cited=self.value() == "yes")


@admin.register(Reference)
class ReferenceAdmin(CuratedAdmin):
    history_page = ("literature:reference-history", "public_id")
    form = ReferenceForm
    inlines = (TextInline, FactInline, ListItemInline)
    list_display = ("__str__", "title", "type_words", "container_title", "year", "list_size")
    list_filter = (TypeFilter, "study_design", CitedFilter)
    search_fields = (
        "title", "first_author", "container_title", "=doi", "=pmid", "=pmcid", "=public_id",
    )  # fmt: skip
    readonly_fields = ("public_id", "preview", *DERIVED, "added_by", "created_at", "updated_at")
    fieldsets = (
        (None, {"fields": ("preview", "csl", ("study_design", "patients_covered"))}),
        (
            "Taken from the record",
            {"classes": ("collapse",), "fields": (DERIVED[:3], DERIVED[3:])},
        ),
        (
            "Bookkeeping",
            {"classes": ("collapse",), "fields": ("public_id", "added_by", "created_at",
                                                   "updated_at")},
        ),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reference]:
        queryset: QuerySet[Reference] = super().get_queryset(request)
        return queryset.defer("search").annotate(list_size=count_of(ReferenceListItem, "work"))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"csl": NEW_RECORD, **super().get_changeform_initial_data(request)}

    def choice_label(self, row: Reference) -> str:
        return f"{row}: {row.csl.get('title', '')}"

    @admin.display(description="Type", ordering="type")
    def type_words(self, row: Reference) -> str:
        return wording.type_words(row.csl)

    @admin.display(description="Own list", ordering="list_size")
    def list_size(self, row: Any) -> int | str:
        return int(row.list_size) or ""

    @admin.display(description="As it reads")
    def preview(self, row: Reference) -> str:
        if row.pk is None:
            return "Shown once it is saved."
        lines = format_html_join("", "<div>{}: {}</div>", _preview_rows(row))
        return format_html("<div><strong>{}</strong></div>{}", row.csl.get("title", ""), lines)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        actions.save(reference=obj, by=request.user)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if any(formset.model is SourceText and formset.has_changed() for formset in formsets):
            citers().texts_changed(form.instance)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        actions.remove(reference=obj, by=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Reference]) -> None:
        for reference in queryset:
            actions.remove(reference=reference, by=request.user)


def _preview_rows(row: Reference) -> list[tuple[str, str]]:
    return [(line.label, line.value) for line in presenters.fields(row)]
