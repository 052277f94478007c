"""The index of the search: what the engine reads to find listings. Taken from the case document.

Narrow on purpose, so that many rows fit into memory; what is shown of a hit is in its listing.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from literature.public_ids import PUBLIC_ID_PATTERN, new_public_id
from patients.models.constraints import known
from patients.models.listing import Listing
from patients.vocabulary import Audience

MAX_QUERY_STRING = 4000


def _for_each_audience() -> list[GinIndex]:
    """Of readers and of curators apart: what one may not see costs the other nothing. Words and
    codes together: of two indexes PostgreSQL often takes one, and reads every vector for the rest.
    """
    return [
        GinIndex(
            fields=["vector", "codes", "ties"],
            name=f"entry_found_{audience}",
            condition=Q(audience=audience),
        )
        for audience in Audience.values
    ]


class SearchEntry(models.Model):
    """One row a listing."""

    listing = models.OneToOneField(
        Listing, models.CASCADE, primary_key=True, related_name="entry", db_index=False
    )
    audience = models.CharField(max_length=8, choices=Audience)
    listed_at = models.DateTimeField()
    title_key = models.CharField(max_length=100)
    source_year = models.IntegerField(null=True)
    event_count = models.PositiveIntegerField(default=0)
    codes = ArrayField(models.IntegerField(), help_text="See patients.searching.codes")
    ties = ArrayField(models.IntegerField(), help_text="Cited references and steps, as codes")
    vector = SearchVectorField()

    class Meta:
        constraints = [known("entry", "audience", Audience)]
        indexes = [
            *_for_each_audience(),
            models.Index("audience", F("listed_at").desc(), F("listing").desc(),
                         name="entry_newest"),
            models.Index("audience", "title_key", "listing", name="entry_title"),
            models.Index("audience", F("source_year").desc(nulls_last=True), F("listing").desc(),
                         name="entry_year"),
            models.Index("audience", F("event_count").desc(), F("listing").desc(),
                         name="entry_events"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Index of {self.listing_id}"


class SearchStep(models.Model):
    """What one event of a listed case was, and when; see `patients.searching.steps.Step`."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="steps", db_index=False)
    code = models.IntegerField()
    event = models.PositiveIntegerField(help_text="Its number in the document")
    low = models.IntegerField()
    high = models.IntegerField()
    roots = ArrayField(models.PositiveIntegerField(), help_text="Events it is timed from")
    root_lows = ArrayField(models.IntegerField())
    root_highs = ArrayField(models.IntegerField())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(low__lte=F("high")),
                name="step_low_to_high",
            )
        ]
        indexes = [models.Index(fields=["listing", "code"], name="step_of_listing")]

    def __str__(self) -> str:
        return f"Step {self.code} of {self.listing_id}"


class KnownWord(models.Model):
    """A word that stands in a listed case, as it is spelt: what a misspelt one may have meant."""

    pk = models.CompositePrimaryKey("audience", "word")
    audience = models.CharField(max_length=8, choices=Audience)
    word = models.CharField(max_length=60)

    class Meta:
        constraints = [
            known("known_word", "audience", Audience),
        ]
        indexes = [
            GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="known_word_like"),
        ]

    def __str__(self) -> str:
        return self.word


class SavedSearch(models.Model):
    """A search of cases that somebody keeps, under a name of their own."""

    public_id = models.CharField(
        max_length=10, unique=True, default=new_public_id, editable=False, verbose_name="id"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(max_length=100)
    query = models.CharField(
        max_length=MAX_QUERY_STRING, blank=True, help_text="Query string, without the page"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="saved_search_name_unique",
                violation_error_message="You have a saved search of this name already.",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="saved_search_has_name"),
            models.CheckConstraint(
                condition=Q(public_id__regex=PUBLIC_ID_PATTERN),
                name="saved_search_public_id_pattern",
            ),
        ]

    def __str__(self) -> str:
        return self.name
