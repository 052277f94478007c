"""What is known of quotes, brought into what is published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from patients.actions.published import next_version
from patients.derived import with_block
from patients.document import CaseDocument, checksum, from_builtins
from patients.document.model import SCHEMA_VERSION, CitationData
from patients.document.reference_list import found_in_data
from patients.models import Case, CaseVersion, Citation
from patients.vocabulary import Status


@transaction.atomic
def show_checked(*, citations: Iterable[Citation], reason: str, by: Any) -> list[CaseVersion]:
    """Published cases whose quotes say something else now get their next version, as they were
    published but for that. A quote or reference edited since then waits until it is published.

    `citations` come `with_works()`. Locks the cases in order of their keys.
    """
    by_case: dict[int, dict[str, Citation]] = {}
    for row in citations:
        by_case.setdefault(row.case_id, {})[row.public_id] = row
    shown = Case.objects.filter(pk__in=by_case, status=Status.PUBLISHED)
    made = []
    for case in shown.select_for_update().order_by("pk"):
        version = case.versions.order_by("-number").first()
        if version is None or not version.is_current:
            continue
        document = with_checks(from_builtins(version.document), by_case[case.pk])
        if document is not None:
            made.append(next_version(case, version, document, reason, by))
    return made


def with_checks(document: CaseDocument, rows: Mapping[str, Citation]) -> CaseDocument | None:
    """`document` with what the checks found; None where it says so already."""

    def checked(citations: list[CitationData]) -> list[CitationData]:
        return [_checked(citation, rows.get(citation.id)) for citation in citations]

    renewed = replace(
        document,
        citations=checked(document.citations),
        events=[replace(row, citations=checked(row.citations)) for row in document.events],
        imaging_findings=[
            replace(row, citations=checked(row.citations)) for row in document.imaging_findings
        ],
    )
    if checksum(renewed) == checksum(document):
        return None
    return replace(with_block(renewed), schema_version=SCHEMA_VERSION)


def _checked(citation: CitationData, row: Citation | None) -> CitationData:
    if row is None or (row.quote, row.reference.public_id) != (citation.quote, citation.reference):
        return citation
    return replace(
        citation,
        quote_state=row.quote_state,
        quote_found_at=row.quote_text.depth if row.quote_text else "",
        found_in=found_in_data(row),
    )
