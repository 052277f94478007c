"""Listings put into words for the list of cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString

from patients.models import Listing
from patients.presenters.words import label_of
from patients.searching.passages import Passage, Shown
from patients.searching.sequences import SequenceShown
from patients.vocabulary import Outcome, Sex, Status


@dataclass(frozen=True, slots=True)
class CaseRow:
    url: str
    accession: str
    title: str
    marked_title: SafeString
    patient: str
    outcome: str
    source_year: int | None
    event_count: int
    reference_count: int
    status: str
    """Empty for published cases: what a reader sees needs no label."""
    passages: list[Passage] = field(default_factory=list)
    """Why it was found, where words were asked for."""
    sequence: SequenceShown | None = None


def case_rows(
    listings: Iterable[Listing],
    shown: Mapping[int, Shown] | None = None,
    sequences: Mapping[int, SequenceShown] | None = None,
) -> list[CaseRow]:
    """Rows of the list; the listings come with their cases. `shown` and `sequences` go by the key
    of the listing."""
    return [
        CaseRow(
            url=row.case.get_absolute_url(),
            accession=row.case.accession,
            title=row.title,
            marked_title=found.title if found else escape(row.title),
            patient=", ".join(filter(None, [label_of(Sex, row.sex), row.age_words])),
            outcome=label_of(Outcome, row.outcome),
            source_year=row.source_year,
            event_count=row.event_count,
            reference_count=row.reference_count,
            status="" if row.case.status == Status.PUBLISHED else row.case.get_status_display(),
            passages=found.passages if found else [],
            sequence=(sequences or {}).get(row.pk),
        )
        for row in listings
        for found in [(shown or {}).get(row.pk)]
    ]
