"""A published work."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Lower
from django.urls import reverse

from literature import identifiers
from literature.csl import validate_csl
from literature.public_ids import PUBLIC_ID_PATTERN, new_public_id
from literature.querysets import ReferenceQuerySet
from literature.wording import short_citation


def _derived(expression: Any, output_field: models.Field[Any, Any]) -> models.GeneratedField:
    return models.GeneratedField(expression=expression, output_field=output_field, db_persist=True)


class StudyDesign(models.TextChoices):
    CASE_REPORT = "case_report", "Case report"
    CASE_SERIES = "case_series", "Case series"
    COHORT = "cohort", "Cohort study"
    REGISTRY = "registry", "Registry study"
    TRIAL = "trial", "Clinical trial"
    SYSTEMATIC_REVIEW = "systematic_review", "Systematic review"
    META_ANALYSIS = "meta_analysis", "Meta-analysis"
    NARRATIVE_REVIEW = "narrative_review", "Narrative review"
    GUIDELINE = "guideline", "Guideline or consensus"
    DIAGNOSTIC_ACCURACY = "diagnostic_accuracy", "Diagnostic accuracy study"
    PROGNOSTIC_MODEL = "prognostic_model", "Prognostic model"
    METHODOLOGY = "methodology", "Methodology"
    OTHER = "other", "Other"


class Reference(models.Model):
    """A published work: article, chapter, guideline, another case report.

    `csl` (CSL-JSON 1.0.2) is canonical. The columns to search, sort and match on are generated
    from it by the database, so that no way of writing can let them drift.
    """

    public_id = models.CharField(
        max_length=10, unique=True, default=new_public_id, editable=False, verbose_name="id"
    )
    csl = models.JSONField("CSL-JSON", default=dict, validators=[validate_csl])
    type = _derived(KT("csl__type"), models.TextField())
    title = _derived(KT("csl__title"), models.TextField())
    year = _derived(
        Cast(KT("csl__issued__date-parts__0__0"), models.IntegerField()),
        models.IntegerField(null=True),
    )
    container_title = _derived(KT("csl__container-title"), models.TextField(null=True))
    volume = _derived(KT("csl__volume"), models.TextField(null=True))
    first_page = _derived(
        Func(
            KT("csl__page"), function="split_part", template="%(function)s(%(expressions)s, '-', 1)"
        ),
        models.TextField(null=True),
    )
    first_author = _derived(
        Coalesce(KT("csl__author__0__family"), KT("csl__author__0__literal")),
        models.TextField(null=True),
    )
    doi = _derived(Lower(KT("csl__DOI")), models.TextField(null=True))
    pmid = _derived(KT("csl__PMID"), models.TextField(null=True))
    pmcid = _derived(KT("csl__PMCID"), models.TextField(null=True))
    # Words as the search cuts them; the function comes with migration 0007 and says how.
    search = _derived(Func(F("csl"), function="literature_search_vector"), SearchVectorField())
    # Duplicates are looked for by these; the function comes with migration 0003 and says how.
    match_keys = _derived(
        Func(F("csl"), function="literature_match_keys"),
        ArrayField(models.TextField(db_collation="C")),
    )
    study_design = models.CharField(max_length=24, choices=StudyDesign, blank=True)
    patients_covered = models.PositiveIntegerField(null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = [
            GinIndex(fields=["search"], name="reference_search"),
            models.Index(fields=["year"], name="reference_year"),
            models.Index(fields=["type"], name="reference_type"),
            models.Index(F("match_keys__0"), name="reference_match_start"),
            models.Index(F("match_keys__1"), name="reference_match_end"),
            models.Index(F("match_keys__2"), name="reference_match_place"),
            models.Index(F("match_keys__3"), name="reference_match_author"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["doi"], name="reference_doi_unique"),
            models.UniqueConstraint(fields=["pmid"], name="reference_pmid_unique"),
            models.UniqueConstraint(fields=["pmcid"], name="reference_pmcid_unique"),
            models.CheckConstraint(
                condition=Q(doi__isnull=True) | Q(doi__regex=identifiers.DOI_PATTERN),
                name="reference_doi_pattern",
            ),
            models.CheckConstraint(
                condition=Q(pmid__isnull=True) | Q(pmid__regex=identifiers.PMID_PATTERN),
                name="reference_pmid_pattern",
            ),
            models.CheckConstraint(
                condition=Q(pmcid__isnull=True) | Q(pmcid__regex=identifiers.PMCID_PATTERN),
                name="reference_pmcid_pattern",
            ),
            models.CheckConstraint(
                condition=Q(public_id__regex=PUBLIC_ID_PATTERN), name="reference_public_id_pattern"
            ),
            models.CheckConstraint(
                condition=Q(type__isnull=False) & Q(title__isnull=False) & ~Q(title=""),
                name="reference_has_type_and_title",
            ),
            models.CheckConstraint(
                condition=Q(study_design__in=["", *StudyDesign.values]),
                name="reference_study_design_known",
            ),
        ]

    def __str__(self) -> str:
        return short_citation(self.csl)

    def get_absolute_url(self) -> str:
        return reverse("literature:reference-detail", args=[self.public_id])
