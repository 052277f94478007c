"""Quotes checked anew: where the library's texts have changed, and over everything."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q

from literature.models import Reference
from literature.quote_check import holds_any, source_texts
from literature.quotes.states import QuoteState
from patients.actions import cases, quotes
from patients.actions.quotes_shown import show_checked
from patients.models import Case, Citation

TEXT_CAME = "A text of a cited work came or went: quotes were checked anew."
ALL_CHECKED = "Quotes were checked anew against the texts held."
FOUND = (QuoteState.VERIFIED, QuoteState.ELSEWHERE)
NOT_FOUND = (QuoteState.NOT_FOUND, QuoteState.NO_TEXT)
QUOTES_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Change:
    """A quote of which something else is known than before."""

    accession: str
    citation: str
    before: str
    after: str


@transaction.atomic
def texts_changed(*, reference: Reference, by: Any = None) -> list[Change]:
    """Checks the quotes that a text of `reference`, added or removed, may decide: those that name
    it, those that were found in it, and any that were not found and may stand in it. A reference
    that was deleted just now has no key, and took its texts with it."""
    decided = Q(quote_state__in=FOUND, quote_text=None)
    if reference.pk is not None:
        decided |= Q(reference=reference) | Q(found_reference=reference)
    wanted = set(Citation.objects.exclude(quote="").filter(decided).values_list("pk", flat=True))
    if reference.pk is not None:
        wanted.update(_perhaps_in_texts_of(reference))
    return _check(wanted, reason=TEXT_CAME, by=by)


@transaction.atomic
def texts_came_or_went(*, by: Any = None) -> list[Change]:
    """Checks every quote that was not found, and those whose text went: after many texts were
    added or removed at once."""
    unfound = Q(quote_state__in=NOT_FOUND) | Q(quote_state__in=FOUND, quote_text=None)
    wanted = Citation.objects.filter(unfound)
    return _check(set(wanted.values_list("pk", flat=True)), reason=TEXT_CAME, by=by)


@transaction.atomic
def check_cases(*, wanted: Collection[int], by: Any = None) -> list[Change]:
    """Checks every quote of these cases (primary keys), and shows what has changed."""
    quoting = Citation.objects.filter(case__in=wanted).exclude(quote="", quote_state="")
    return _check(set(quoting.values_list("pk", flat=True)), reason=ALL_CHECKED, by=by)


def _check(wanted: Collection[int], *, reason: str, by: Any) -> list[Change]:
    if not wanted:
        return []
    touched = Case.objects.filter(citations__in=wanted).values("pk")
    locked = Case.objects.select_for_update().filter(pk__in=touched).order_by("pk")
    accessions = {case.pk: case.accession for case in locked}
    rows = list(Citation.objects.with_works().filter(pk__in=wanted).order_by("pk"))
    before = {row.pk: row.quote_state for row in rows}
    changed = quotes.check(rows)
    cases.refresh_all(Case.objects.filter(pk__in={row.case_id for row in changed}))
    show_checked(citations=rows, reason=reason, by=by)
    return [
        Change(accessions[row.case_id], row.public_id, before[row.pk], row.quote_state)
        for row in changed
    ]


def _perhaps_in_texts_of(reference: Reference) -> Iterable[int]:
    """Quotes that were not found, and whose bare letters a text of `reference` holds."""
    texts = list(source_texts().filter(reference=reference).only("pk"))
    if not texts:
        return
    unfound = Citation.objects.filter(quote_state__in=NOT_FOUND).exclude(reference=reference)
    rows = list(unfound.values_list("pk", "quote"))
    for start in range(0, len(rows), QUOTES_AT_ONCE):
        some = rows[start : start + QUOTES_AT_ONCE]
        for text in texts:
            for number in holds_any(text, [quote for _, quote in some]):
                yield some[number][0]
