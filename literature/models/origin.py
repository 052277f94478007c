"""The record that a reference came from, as it was brought in."""

from django.db import models

from literature.models.imported import Import
from literature.models.reference import Reference


class Origin(models.Model):
    """`original` is the record's own text in `format`, an importer's name.

    A reference that was brought in several times has several origins; tags that we do not map are
    carried from the first one of a format when that format is written.
    """

    reference = models.ForeignKey(Reference, models.CASCADE, related_name="origins")
    imported = models.ForeignKey(Import, models.SET_NULL, null=True, related_name="origins")
    position = models.PositiveIntegerField(default=0, help_text="Of the row in the import")
    format = models.CharField(max_length=20)
    original = models.TextField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.format}, row {self.position}"
