"""A case with all its rows on one page. Publishing has a page of its own, where it is reviewed."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from literature.admin.base import CuratedAdmin, count_of
from patients.actions import cases, records
from patients.admin.inlines import PART_INLINES
from patients.admin.problems import problems_of, show_problems
from patients.models import Case, CaseVersion, Event, Listing
from patients.vocabulary import Audience, Status

PUBLISHED_ONCE = "{}: it was published, and its versions stay citable. Withdraw it instead."


@admin.register(Case)
class CaseAdmin(CuratedAdmin):
    history_page = ("patients:case-history", "accession")
    inlines = PART_INLINES
    list_display = (
        "accession", "title", "status", "version", "event_count", "changed_at", "diagnosis",
    )  # fmt: skip
    list_display_links = ("accession", "title")
    list_filter = ("status", ("diagnosis", admin.RelatedOnlyFieldListFilter), "patient__sex",
                   "created_at")  # fmt: skip
    list_select_related = ("diagnosis",)
    search_fields = ("accession", "title", "summary", "diagnosis__display", "=patient__public_id")
    wide_fields = ("title",)
    autocomplete_fields = ("patient", "diagnosis", "primary_site")
    readonly_fields = ("accession", "standing", "problems")
    fieldsets = (
        (None, {"fields": ("standing", "problems", "title", "summary")}),
        ("Patient", {"fields": ("patient", ("age_low", "age_high"))}),
        ("Diagnosis and time", {"fields": (("diagnosis", "primary_site"), "day_zero_year")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        current = CaseVersion.objects.filter(case=OuterRef("pk"), is_current=True)
        working = Listing.objects.filter(case=OuterRef("pk"), audience=Audience.WORKING)
        queryset: QuerySet[Case] = super().get_queryset(request)
        return queryset.annotate(
            event_count=count_of(Event, "case"),
            version=Subquery(current.values("number")[:1]),
            changed_at=Coalesce(Subquery(working.values("listed_at")[:1]), "updated_at"),
        )

    @admin.display(description="Events", ordering="event_count")
    def event_count(self, row: Any) -> int:
        return int(row.event_count)

    @admin.display(description="Version", ordering="version")
    def version(self, row: Any) -> int | None:
        return row.version  # type: ignore[no-any-return]

    @admin.display(description="Last change", ordering="changed_at")
    def changed_at(self, row: Any) -> Any:
        return row.changed_at

    @admin.display(description="Status")
    def standing(self, row: Case) -> str:
        if row.pk is None:
            return "Not saved yet. A new case is a draft."
        current = row.versions.filter(is_current=True).first()
        if current is None:
            published = "never published"
        elif row.status == Status.WITHDRAWN:
            published = f"version {current.number} is withdrawn"
        else:
            published = f"readers see version {current.number}, of {current.published_at:%Y-%m-%d}"
        review = reverse("patients:case-publish", args=[row.accession])
        return format_html(
            '{}: {}; {}. <a href="{}">Review, publish or withdraw it</a>',
            row.accession, row.get_status_display(), published, review,
        )  # fmt: skip

    @admin.display(description="Problems of the working record")
    def problems(self, row: Case) -> str:
        found = problems_of(row) if row.pk else []
        if not found:
            return "None"
        items = format_html_join("", "<li>{}</li>", ((problem,) for problem in found))
        return format_html('<ul class="errorlist">{}</ul>', items)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        cases.save(row=obj, by=request.user)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if any(formset.has_changed() for formset in formsets):
            cases.refresh(case=form.instance)
        show_problems(request, form.instance)

    # Deleting: drafts alone. Django's own collector would stop at rows that protect each other.

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        found = list(objs)
        published = set(
            CaseVersion.objects.filter(case__in=found).values_list("case_id", flat=True)
        )
        protected = [PUBLISHED_ONCE.format(case) for case in found if case.pk in published]
        counts: Counter[str] = Counter({"cases": len(found)})
        to_delete: list[Any] = []
        for case in found:
            rows = {
                str(inline.model._meta.verbose_name_plural): inline.model._default_manager.filter(
                    case=case
                ).count()
                for inline in PART_INLINES
            }
            counts.update(rows)
            to_delete += [str(case), [f"{number} {name}" for name, number in rows.items()]]
        return to_delete, dict(counts), set(), protected

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        records.remove_draft(case=obj, by=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        with transaction.atomic():
            for case in queryset:
                records.remove_draft(case=case, by=request.user)
