"""The findings of a case: all of a document, and those that nobody has cleared."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from patients.document.model import CaseDocument
from patients.screening.find import find
from patients.screening.fingerprints import findings_in
from patients.screening.model import Finding
from patients.screening.texts import texts_of

if TYPE_CHECKING:
    from patients.models import Case


def of_document(document: CaseDocument, rows: Collection[str] | None = None) -> list[Finding]:
    """What may identify somebody in the free texts of a document, in their order.

    With `rows`, only in the rows of these public ids. Runs no query.
    """
    return [
        finding
        for text in texts_of(document)
        if rows is None or text.place.id in rows
        for finding in findings_in(text, find(text.text))
    ]


def uncleared(case: Case) -> list[Finding]:
    """The findings in the working record that no curator has cleared.

    One query where `case` was fetched by `with_timeline()`; else a constant number of them.
    """
    from patients.document import build_document

    return without_cleared(of_document(build_document(case)), case)


def without_cleared(findings: list[Finding], case: Case) -> list[Finding]:
    if not findings:
        return []
    standing = case.clearings.filter(undone_at__isnull=True)
    cleared = set(standing.values_list("fingerprint", flat=True))
    return [finding for finding in findings if finding.fingerprint not in cleared]
