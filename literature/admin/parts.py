"""What the library keeps of a reference: texts, figures, its own list."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import HttpRequest

from literature.actions.texts import add_text, remove_text
from literature.admin.base import CuratedAdmin, CuratedInline
from literature.models import ReferenceListItem, SourceText, StudyFact

IMMUTABLE = "A text cannot be changed, because quotes are checked against it: remove it, and add " \
    "the corrected one."  # fmt: skip


class Immutable:
    """Rows that can be added and removed, and never change."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class TextInline(Immutable, CuratedInline, admin.StackedInline):  # type: ignore[type-arg]
    model = SourceText
    fields = (("language", "depth"), ("licence", "shown_as"), "title", "text")
    wide_fields = ("title",)
    verbose_name_plural = "Source texts"


class FactInline(CuratedInline, admin.TabularInline):  # type: ignore[type-arg]
    model = StudyFact
    fields = ("position", "label", "count", "of", "value", "unit", "note")


class ListItemInline(CuratedInline, admin.TabularInline):  # type: ignore[type-arg]
    model = ReferenceListItem
    fk_name = "work"
    fields = ("number", "reference", "raw")
    autocomplete_fields = ("reference",)
    verbose_name_plural = "Its own reference list"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReferenceListItem]:
        queryset = super().get_queryset(request).select_related("reference")
        return queryset.defer("reference__search")


@admin.register(SourceText)
class SourceTextAdmin(Immutable, CuratedAdmin):
    list_display = (
        "reference", "depth", "language", "licence", "shown_as", "characters", "created_at",
    )  # fmt: skip
    list_filter = ("depth", "language", "shown_as")
    search_fields = ("reference__title", "reference__first_author", "=reference__public_id",
                     "title", "licence")  # fmt: skip
    autocomplete_fields = ("reference",)
    fieldsets = (
        (
            None,
            {
                "description": IMMUTABLE,
                "fields": (
                    "reference",
                    ("language", "depth"),
                    ("licence", "shown_as"),
                    "title",
                    "text",
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[SourceText]:
        queryset: QuerySet[SourceText] = super().get_queryset(request).select_related("reference")
        found = queryset.defer("text", "reference__search")
        return found.annotate(characters=Length("text"))

    @admin.display(description="Characters", ordering="characters")
    def characters(self, row: Any) -> int:
        return int(row.characters)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        add_text(text=obj, by=request.user)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        remove_text(text=obj, by=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[SourceText]) -> None:
        for text in queryset.select_related("reference"):
            remove_text(text=text, by=request.user)


@admin.register(StudyFact)
class StudyFactAdmin(CuratedAdmin):
    list_display = ("label", "reference", "count", "of", "value", "unit")
    list_filter = ("unit",)
    search_fields = ("label", "note", "reference__title", "reference__first_author")
    autocomplete_fields = ("reference",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[StudyFact]:
        return super().get_queryset(request).select_related("reference").defer("reference__search")


@admin.register(ReferenceListItem)
class ReferenceListItemAdmin(CuratedAdmin):
    list_display = ("work", "number", "reference", "raw")
    list_filter = (("reference", admin.EmptyFieldListFilter),)
    search_fields = ("raw", "work__title", "reference__title", "reference__first_author")
    autocomplete_fields = ("work", "reference")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReferenceListItem]:
        queryset = super().get_queryset(request).select_related("work", "reference")
        return queryset.defer("work__search", "reference__search")
