"""Comparisons that a user keeps: what was asked for, not what was shown."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from literature.public_ids import new_public_id
from patients.models.case import ACCESSION_PATTERN
from patients.models.constraints import known
from patients.querysets import SavedComparisonQuerySet
from patients.vocabulary import FEWEST_COMPARED, MOST_COMPARED, Alignment

MAX_NAME: Final = 100


class SavedComparison(models.Model):
    """The choices of one comparison, under a name. Its owner's alone, and gone with the owner.

    Cases are kept by accession, so that it opens the way an address does: what can be read is
    shown, and what cannot is said.
    """

    public_id = models.CharField(
        max_length=10, unique=True, default=new_public_id, editable=False, verbose_name="id"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_comparisons"
    )
    name = models.CharField(max_length=MAX_NAME)
    accessions = ArrayField(
        models.CharField(max_length=10, validators=[RegexValidator(ACCESSION_PATTERN)]),
        help_text="Of the cases, in the order in which they stand",
    )
    columns = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, help_text="Empty means all"
    )
    align = models.CharField(
        max_length=12, blank=True, choices=Alignment.choices,
        help_text="What the figure is aligned on; empty is the usual",
    )  # fmt: skip
    differences = models.BooleanField(default=False, help_text="Points out where the cases differ")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = SavedComparisonQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="saved_comparison_has_name"),
            models.CheckConstraint(
                condition=Q(
                    accessions__len__gte=FEWEST_COMPARED, accessions__len__lte=MOST_COMPARED
                ),
                name="saved_comparison_of_two_to_six",
            ),
            known("saved_comparison", "align", Alignment, blank=True),
            models.UniqueConstraint(fields=("owner", "name"), name="saved_comparison_name_unique"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def query(self) -> str:
        """The query of the comparison's page."""
        pairs = [("case", name) for name in self.accessions]
        pairs += [("column", key) for key in self.columns]
        if self.align:
            pairs.append(("align", self.align))
        if self.differences:
            pairs.append(("differences", "1"))
        return urlencode(pairs)
