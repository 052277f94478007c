"""A person's own citations that no published version shows yet, in words."""

from __future__ import annotations

from dataclasses import dataclass

from literature.models import Reference
from literature.quote_check import Claim, check_quotes
from literature.quotes.wording import QuoteCheck, quote_check
from literature.wording import short_citation
from patients.models import Citation, Event, ImagingFinding, Revision


@dataclass(frozen=True, slots=True)
class WaitingCitation:
    citation: Citation
    target: str
    check: QuoteCheck | None
    proposal: Revision | None = None
    """The proposal that it is, where a curator has to accept it first."""


def waiting_citations(rows: list[Citation]) -> list[WaitingCitation]:
    """Rows from `patients.actions.citations.waiting`; runs no query of its own."""
    return [WaitingCitation(row, _target(row), _check(row)) for row in rows]


def proposed(rows: list[Revision]) -> list[WaitingCitation]:
    """What proposals of citations would add, in the words of those that are added. A query for
    the works, one each for events and findings, and those of the check of quotes."""
    found = [
        (revision, one["after"])
        for revision in rows
        for one in revision.changes
        if one["before"] is None and one["model"] == "patients.citation"
    ]
    works = Reference.objects.defer("search").in_bulk([told["reference_id"] for _, told in found])
    events = Event.objects.in_bulk([told["event_id"] for _, told in found if told["event_id"]])
    findings = ImagingFinding.objects.select_related("event", "site").in_bulk(
        [told["finding_id"] for _, told in found if told["finding_id"]]
    )
    waiting = []
    for revision, told in found:
        if told["reference_id"] not in works:
            continue  # it was merged away or removed
        row = Citation(
            reference=works[told["reference_id"]],
            event=events.get(told["event_id"]),
            finding=findings.get(told["finding_id"]),
            role=told["role"],
            note=told["note"],
            quote=told["quote"],
            quote_depth=told["quote_depth"],
        )
        waiting.append(WaitingCitation(row, _target(row), _checked(row), revision))
    return waiting


def _checked(row: Citation) -> QuoteCheck | None:
    if not row.quote:
        return None
    (verdict,) = check_quotes([Claim(row.reference_id, row.quote, row.quote_depth)])
    row.quote_state, row.quote_text = verdict.state, verdict.text
    row.found_reference = verdict.other
    return _check(row)


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
