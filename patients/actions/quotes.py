"""Checking the quotes of citations against the texts that the library holds."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from literature.quote_check import Claim, Verdict, check_quotes
from patients.models import Citation


def check_new(citations: Iterable[Citation]) -> list[Citation]:
    """Checks the quotes that have not been checked as they stand; gives the rows that changed.

    Part of every write to a case: it is `cases.refresh` that calls this, so that no way of writing
    a citation goes round it.
    """
    return check([row for row in citations if not row.quote_is_checked])


def check(citations: Iterable[Citation]) -> list[Citation]:
    """Checks these quotes and writes what was found; gives the rows that say something else now."""
    rows = list(citations)
    quoting = [row for row in rows if row.quote]
    claims = [Claim(row.reference_id, row.quote, row.quote_depth) for row in quoting]
    before = {row.pk: _known(row) for row in rows}
    now = timezone.now()
    for row in rows:
        if not row.quote:
            _put(row, None)
    for row, verdict in zip(quoting, check_quotes(claims), strict=True):
        _put(row, verdict)
        row.quote_checked_at = now
    if rows:
        Citation.objects.bulk_update(rows, sorted(Citation.derived))
    return [row for row in rows if before[row.pk] != _known(row)]


def _known(row: Citation) -> tuple[str, int | None, int | None, int | None]:
    return row.quote_state, row.quote_text_id, row.quote_offset, row.found_reference_id


def _put(row: Citation, verdict: Verdict | None) -> None:
    row.quote_state = verdict.state if verdict else ""
    row.quote_text = verdict.text if verdict else None
    row.quote_offset = verdict.offset if verdict else None
    row.found_reference = verdict.other if verdict else None
    row.quote_checked_as = row.quote_checksum if verdict else ""
    row.quote_checked_at = None
