"""Identifiers that a record took over when another one was merged into it."""

from django.db import models
from django.db.models import Q

from literature.models.reference import Reference


class IdentifierKind(models.TextChoices):
    DOI = "DOI", "DOI"
    PMID = "PMID", "PMID"
    PMCID = "PMCID", "PMCID"


class OtherIdentifier(models.Model):
    """A further DOI, PMID or PMCID of `reference`, in its normal form.

    A record carries one identifier of each kind in its `csl`. Look-up, import and search find it
    by these too.
    """

    reference = models.ForeignKey(Reference, models.CASCADE, related_name="other_identifiers")
    kind = models.CharField(max_length=5, choices=IdentifierKind)
    value = models.CharField(max_length=500)

    class Meta:
        ordering = ("kind", "value")
        constraints = [
            models.UniqueConstraint(fields=["kind", "value"], name="other_identifier_unique"),
            models.CheckConstraint(
                condition=Q(kind__in=IdentifierKind.values), name="other_identifier_kind_known"
            ),
            models.CheckConstraint(condition=~Q(value=""), name="other_identifier_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"
