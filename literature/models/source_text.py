"""A text of a reference that the library holds."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from literature.models.reference import Reference


class Depth(models.TextChoices):
    ABSTRACT = "abstract", "Abstract"
    FULL_TEXT = "full_text", "Full text"
    SUMMARY = "summary", "Summary by Casebase"


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
    text = models.TextField(max_length=2_000_000)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("depth", "language", "pk")
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
        ]

    def __str__(self) -> str:
        return f"{self.get_depth_display()} ({self.language})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None and not self._state.adding:
            raise ValidationError("A source text cannot be changed; add the corrected one anew.")
        super().save(*args, **kwargs)
