"""What cases share or leave behind: patients, terms, published versions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from literature.admin.base import CuratedAdmin, count_of
from patients.actions import records
from patients.admin.forms import TermForm
from patients.models import Case, CaseVersion, Patient, Term


@admin.register(Patient)
class PatientAdmin(CuratedAdmin):
    list_display = ("public_id", "sex", "country", "case_count", "created_at")
    list_filter = ("sex", "country")
    search_fields = ("public_id", "country", "cases__accession", "cases__title")
    readonly_fields = ("public_id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Patient]:
        queryset: QuerySet[Patient] = super().get_queryset(request)
        return queryset.annotate(case_count=count_of(Case, "patient"))

    @admin.display(description="Cases", ordering="case_count")
    def case_count(self, row: Any) -> int:
        return int(row.case_count)

    def choice_label(self, row: Patient) -> str:
        details = ", ".join(filter(None, (row.get_sex_display(), row.country)))
        return f"{row} ({details})" if details else str(row)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        records.save_patient(patient=obj, by=request.user)


@admin.register(Term)
class TermAdmin(CuratedAdmin):
    history_page = ("history:term", "slug")
    form = TermForm
    list_display = ("display", "kind", "display_zh", "system", "code", "slug")
    list_filter = ("kind", "system")
    search_fields = ("display", "display_zh", "synonyms", "slug", "=code")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        # Published versions and permalinks name a term by its slug.
        return ("slug",) if obj else ()

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ("display",)}

    def choice_label(self, row: Term) -> str:
        return f"{row} ({row.get_kind_display().lower()})"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        records.save_term(term=obj, by=request.user)


@admin.register(CaseVersion)
class CaseVersionAdmin(CuratedAdmin):
    """Versions are what was published: they are read here, and never written."""

    list_display = ("accession", "number", "is_current", "published_at", "published_by")
    list_filter = ("is_current", "published_at")
    search_fields = ("case__accession", "case__title", "=checksum")
    fields = ("case", "number", "is_current", "published_at", "published_by", "checksum",
              "readable_document")  # fmt: skip
    readonly_fields = ("readable_document",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[CaseVersion]:
        queryset = super().get_queryset(request).select_related("case", "published_by")
        return queryset.defer("document")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return obj.case.get_absolute_url() if obj is not None and obj.is_current else None

    @admin.display(description="Case", ordering="case__accession")
    def accession(self, row: CaseVersion) -> str:
        return row.case.accession

    @admin.display(description="Document")
    def readable_document(self, row: CaseVersion) -> str:
        return format_html("<pre>{}</pre>", json.dumps(row.document, ensure_ascii=False, indent=2))
