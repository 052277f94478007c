"""Listings put into words for the list of cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from patients.models import Listing
from patients.presenters.words import label_of
from patients.vocabulary import Outcome, Sex, Status


@dataclass(frozen=True, slots=True)
class CaseRow:
    url: str
    accession: str
    title: str
    patient: str
    outcome: str
    source_year: int | None
    event_count: int
    reference_count: int
    status: str
    """Empty for published cases: what a reader sees needs no label."""


def case_rows(listings: Iterable[Listing]) -> list[CaseRow]:
    """Rows of the list; the listings come with their cases."""
    return [
        CaseRow(
            url=row.case.get_absolute_url(),
            accession=row.case.accession,
            title=row.title,
            patient=", ".join(filter(None, [label_of(Sex, row.sex), row.age_words])),
            outcome=label_of(Outcome, row.outcome),
            source_year=row.source_year,
            event_count=row.event_count,
            reference_count=row.reference_count,
            status="" if row.case.status == Status.PUBLISHED else row.case.get_status_display(),
        )
        for row in listings
    ]
