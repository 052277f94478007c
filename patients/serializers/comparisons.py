"""Saved comparisons as JSON, and what may be written of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.urls import reverse
from rest_framework import serializers

from literature.rest.writing import WriteSerializer
from patients.models import SavedComparison
from patients.vocabulary import FEWEST_COMPARED, MOST_COMPARED


@dataclass(frozen=True, slots=True)
class ComparisonData:
    """A comparison that you have saved."""

    id: str
    name: str
    accessions: list[str]
    columns: list[str]
    """Empty means all."""
    align: str
    """What the figure is laid upon; empty is what most of the cases have."""
    differences: bool
    made_at: datetime
    url: str
    """Its page, which shows the cases as they are now."""


class ComparisonWrite(WriteSerializer):
    accessions = serializers.ListField(
        child=serializers.CharField(max_length=10),
        min_length=FEWEST_COMPARED,
        max_length=MOST_COMPARED,
    )
    fixed: ClassVar[frozenset[str]] = frozenset({"accessions", "columns", "align", "differences"})
    kept: ClassVar[frozenset[str]] = fixed

    class Meta:
        model = SavedComparison
        fields = ("name", "accessions", "columns", "align", "differences")


def comparison_data(row: SavedComparison) -> ComparisonData:
    return ComparisonData(
        id=row.public_id,
        name=row.name,
        accessions=row.accessions,
        columns=row.columns,
        align=row.align,
        differences=row.differences,
        made_at=row.made_at,
        url=f"{reverse('patients:compare')}?{row.query}",
    )
