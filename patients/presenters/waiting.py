"""A person's own citations that no published version shows yet, in words."""

from __future__ import annotations

from dataclasses import dataclass

from literature.quotes.wording import QuoteCheck, quote_check
from literature.wording import short_citation
from patients.models import Citation


@dataclass(frozen=True, slots=True)
class WaitingCitation:
    citation: Citation
    target: str
    check: QuoteCheck | None


def waiting_citations(rows: list[Citation]) -> list[WaitingCitation]:
    """Rows from `patients.actions.citations.waiting`; runs no query of its own."""
    return [WaitingCitation(row, _target(row), _check(row)) for row in rows]


def _target(row: Citation) -> str:
    if row.event:
        return f"“{row.event.label}”"
    if row.finding:
        site = f": {row.finding.site.display}" if row.finding.site else ""
        return f"a finding of “{row.finding.event.label}{site}”"
    return "the case as a whole"


def _check(row: Citation) -> QuoteCheck | None:
    other = row.found_reference
    return quote_check(
        row.quote_state,
        row.quote_text.depth if row.quote_text else "",
        other.public_id if other else None,
        short_citation(other.csl) if other else "",
    )


def quote_words(row: Citation) -> str:
    """What is known of the quote of a working row, in one line; empty where nothing is."""
    check = _check(row)
    if check is None:
        return ""
    return f"{check.words}: {check.short}" if check.short else check.words
