"""A text of a reference that the library holds."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.urls import reverse

from literature.licences import SHOWABLE, Shown
from literature.models.reference import Reference
from literature.quotes.letters import OTHER_THAN_SOUGHT

MAX_TEXT = 2_000_000
"""Characters of one text."""


class Depth(models.TextChoices):
    ABSTRACT = "abstract", "Abstract"
    FULL_TEXT = "full_text", "Full text"
    SUMMARY = "summary", "Summary by Casebase"


class SourceTextQuerySet(models.QuerySet["SourceText"]):
    def as_shown(self) -> Self:
        """With `shown`, what a page or answer may hold of each: nothing of what is held alone, and
        nothing of full texts, which have pages of their own. The words themselves stay behind."""
        shown = Case(
            When(~Q(depth=Depth.FULL_TEXT) & Q(shown_as=Shown.FULL), then=F("text")),
            default=Value(""),
            output_field=models.TextField(),
        )
        return self.annotate(shown=shown).defer("text", "sought")


class SourceTextManager(models.Manager.from_queryset(SourceTextQuerySet)):  # type: ignore[misc]
    """What the index looks in is never wanted with a text: it is as long as the text itself."""

    def get_queryset(self) -> SourceTextQuerySet:
        found: SourceTextQuerySet = super().get_queryset().defer("sought")
        return found


class SourceText(models.Model):
    """An abstract or full text, or our own summary, of a reference, in one language.

    Immutable once saved, because quotes are checked against it; a summary is ours and is no
    source for a quote.
    """

    reference = models.ForeignKey(Reference, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=16, help_text="BCP 47, such as en or zh-Hans")
    depth = models.CharField(max_length=12, choices=Depth)
    licence = models.CharField(max_length=100, help_text="What allows us to hold this text")
    title = models.CharField(max_length=500, blank=True)
    text = models.TextField(max_length=MAX_TEXT)
    shown_as = models.CharField(
        "shown",
        max_length=4,
        choices=Shown,
        default=Shown.HELD,
        db_default=Shown.HELD.value,
        help_text="What readers are given of it",
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # As `literature.quotes.letters.sought` makes it; made here, so that SQL may write texts too.
    sought = models.GeneratedField(
        expression=Func(
            F("text"),
            template="regexp_replace(replace(replace(replace("
            "lower(normalize(%(expressions)s, NFKC) COLLATE \"C\"), 'ß', 'ss'), "
            f"'ẞ', 'ss'), 'İ', 'i'), '{OTHER_THAN_SOUGHT}', '', 'g')",
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = SourceTextManager()

    class Meta:
        ordering = ("depth", "language", "pk")
        indexes = [
            GinIndex(fields=["sought"], opclasses=["gin_trgm_ops"], name="source_text_sought"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "language", "depth"], name="source_text_unique"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="source_text_not_empty"),
            models.CheckConstraint(
                condition=Q(language__regex=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"),
                name="source_text_language_tag",
                violation_error_message="A BCP 47 tag, such as en or zh-Hans.",
            ),
            models.CheckConstraint(
                condition=Q(depth__in=Depth.values), name="source_text_depth_known"
            ),
            models.CheckConstraint(
                condition=Q(shown_as=Shown.HELD)
                | Q(shown_as=Shown.FULL, depth=Depth.SUMMARY)
                | Q(shown_as=Shown.FULL, licence__in=SHOWABLE),
                name="source_text_shown_by_licence",
                violation_error_message="This licence does not let us show the text: hold it for "
                "checking quotes.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_depth_display()} ({self.language})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None and not self._state.adding:
            raise ValidationError("A source text cannot be changed; add the corrected one anew.")
        if self.depth == Depth.SUMMARY:
            self.shown_as = Shown.FULL
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The page of a text that is shown and too long for that of its reference."""
        return reverse(
            "literature:text-detail", args=[self.reference.public_id, self.depth, self.language]
        )

    @property
    def is_shown(self) -> bool:
        """Whether readers may be given the text, or any passage of it."""
        return self.shown_as == Shown.FULL
