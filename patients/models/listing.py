"""What lists and the API's lists show: columns taken out of the case document. What finds them is
in `patients.models.search`.

A case has one listing for each audience: the public one is written when it is published, the
working one with every change to its rows. Nothing here is edited; all of it can be made again.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from literature.models import Reference
from patients.models.case import Case
from patients.models.constraints import known
from patients.querysets import ListedItemQuerySet, ListingQuerySet
from patients.vocabulary import Audience, ItemKind


class Listing(models.Model):
    """One row a case and audience."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="listings")
    audience = models.CharField(max_length=8, choices=Audience)
    accession = models.CharField(max_length=10, help_text="That of the case")
    title = models.TextField()
    summary = models.TextField()
    sex = models.CharField(max_length=8, blank=True)
    age_low = models.PositiveSmallIntegerField(null=True)
    age_words = models.CharField(max_length=40, blank=True)
    diagnosis = models.CharField(max_length=80, blank=True, help_text="Slug of the term")
    site = models.CharField(max_length=80, blank=True, help_text="Slug of the term")
    treatments = ArrayField(models.CharField(max_length=80), default=list)
    outcome = models.CharField(max_length=24, blank=True)
    source_year = models.IntegerField(null=True)
    event_count = models.PositiveIntegerField(default=0)
    reference_count = models.PositiveIntegerField(default=0)
    listed_at = models.DateTimeField(help_text="When published, or last changed")

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ("-listed_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["case", "audience"], name="listing_audience_unique"),
            known("listing", "audience", Audience),
        ]
        indexes = [
            models.Index(fields=["audience", "-listed_at"], name="listing_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.audience})"


class ListedItem(models.Model):
    """One part of a listed case as it stands in the case document: the API's lists are these."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="items")
    kind = models.CharField(max_length=16, choices=ItemKind)
    public_id = models.CharField(max_length=10)
    position = models.PositiveIntegerField()
    label = models.TextField(help_text="In words: of a citation, what it stands on")
    data = models.JSONField()
    reference = models.ForeignKey(
        Reference, models.PROTECT, null=True, related_name="+", help_text="What a citation cites"
    )

    objects = ListedItemQuerySet.as_manager()

    class Meta:
        ordering = ("-listing__listed_at", "listing", "kind", "position")
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "kind", "public_id"], name="listed_item_unique"
            ),
            known("listed_item", "kind", ItemKind),
        ]
        indexes = [
            models.Index(fields=["kind", "public_id"], name="listed_item_public_id"),
            GinIndex(fields=["data"], opclasses=["jsonb_path_ops"], name="listed_item_data"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"
