"""What was published about a work afterwards: that it was retracted, corrected or doubted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from literature import identifiers
from literature.models.reference import Reference
from literature.public_ids import PUBLIC_ID_PATTERN, new_public_id


class NoticeKind(models.TextChoices):
    """In the order of their weight."""

    RETRACTION = "retraction", "Retracted"
    REPUBLISHED = "retracted_republished", "Retracted and republished"
    PARTIAL_RETRACTION = "partial_retraction", "Retracted in part"
    CONCERN = "concern", "Expression of concern"
    CORRECTION = "correction", "Corrected"
    ERRATUM = "erratum", "Erratum published"


class NoticeSource(models.TextChoices):
    CROSSREF = "crossref", "Crossref"
    PUBMED = "pubmed", "PubMed"
    PERSON = "person", "A curator"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def standing(self) -> NoticeQuerySet:
        """Those that nobody has withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Notice(models.Model):
    """One notice about `reference`, as one source reports it.

    It is never deleted by hand but withdrawn, with a reason: a source that goes on to report it
    does not bring it back.
    """

    public_id = models.CharField(
        max_length=10, unique=True, default=new_public_id, editable=False, verbose_name="id"
    )
    reference = models.ForeignKey(Reference, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=24, choices=NoticeKind)
    source = models.CharField(max_length=10, choices=NoticeSource)
    doi = models.CharField("DOI of the notice", max_length=500, blank=True)
    pmid = models.CharField("PMID of the notice", max_length=9, blank=True)
    year = models.PositiveIntegerField("year of the notice", null=True, blank=True)
    note = models.CharField(max_length=500, blank=True, help_text="Where it was published, or why")
    first_seen_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_because = models.CharField(max_length=500, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("first_seen_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "kind", "source", "doi", "pmid"], name="notice_unique"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=NoticeKind.values), name="notice_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(source__in=NoticeSource.values), name="notice_source_known"
            ),
            models.CheckConstraint(
                condition=Q(doi="") | Q(doi__regex=identifiers.DOI_PATTERN),
                name="notice_doi_pattern",
            ),
            models.CheckConstraint(
                condition=Q(pmid="") | Q(pmid__regex=identifiers.PMID_PATTERN),
                name="notice_pmid_pattern",
            ),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__gte=1000, year__lte=2100),
                name="notice_year_plausible",
                violation_error_message="A year is from 1000 to 2100.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
                name="notice_withdrawn_for_a_reason",
                violation_error_message="Say why it is withdrawn.",
            ),
            models.CheckConstraint(
                condition=Q(public_id__regex=PUBLIC_ID_PATTERN), name="notice_public_id_pattern"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_source_display()})"

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None
