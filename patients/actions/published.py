"""What changes outside a case and must show at once: versions made anew around one reference.

A version is never changed. The next one is the document as it was published, with what this
reference says now and nothing else: what curators are working on stays with them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from literature.models import Merge, Reference
from patients.actions.listings import write_listing
from patients.derived import with_block
from patients.document import CaseDocument, checksum, from_builtins, to_builtins
from patients.document.model import SCHEMA_VERSION, CitationData, ReferenceData
from patients.document.reference_list import reference_data
from patients.models import Case, CaseVersion, ListedItem
from patients.vocabulary import Audience, ItemKind, Role, Status

Cites = Callable[[CitationData], str]
"""The id of the reference that a citation cites now."""


@transaction.atomic
def show_reference(*, reference: Reference, reason: str, by: Any) -> list[CaseVersion]:
    """Brings published cases up to date that cite `reference`, or what was merged into it.

    Returns the versions made; a document that says the same already makes none. `reason` is kept
    on each.
    """
    merged = set(Merge.objects.filter(kept=reference).values_list("gone", flat=True))

    def cites(citation: CitationData) -> str:
        return reference.public_id if citation.reference in merged else citation.reference

    return renew(cases=cases_showing(reference), cites=cites, known=[reference],
                 reason=reason, by=by)  # fmt: skip


def cases_showing(*references: Reference) -> set[int]:
    """Primary keys of the published cases whose current version cites one of them."""
    items = ListedItem.objects.filter(
        kind=ItemKind.CITATION,
        reference__in=references,
        listing__audience=Audience.PUBLIC,
        listing__case__status=Status.PUBLISHED,
    )
    return set(items.order_by().values_list("listing__case", flat=True))


@transaction.atomic
def renew(
    *, cases: Collection[int], cites: Cites, known: Collection[Reference], reason: str, by: Any
) -> list[CaseVersion]:
    """The next version of each case, its citations tied by `cites`, with the data of `known` as
    they are now. Locks the cases in order of their keys."""
    fresh = {row.public_id: reference_data(row, 0) for row in known}
    made = []
    for case in Case.objects.select_for_update().filter(pk__in=cases).order_by("pk"):
        version = case.versions.order_by("-number").first()
        if version is None or not version.is_current:
            continue
        document = retied(from_builtins(version.document), cites, fresh)
        if checksum(document) != version.checksum:
            made.append(next_version(case, version, document, reason, by))
    return made


def next_version(
    case: Case, version: CaseVersion, document: CaseDocument, reason: str, by: Any
) -> CaseVersion:
    now = timezone.now()
    CaseVersion.objects.filter(pk=version.pk).update(is_current=False)
    made = CaseVersion.objects.create(
        case=case,
        number=version.number + 1,
        document=to_builtins(document),
        checksum=checksum(document),
        published_at=now,
        published_by=by if getattr(by, "pk", None) else None,
        reason=reason[: CaseVersion._meta.get_field("reason").max_length],
    )
    write_listing(case=case, audience=Audience.PUBLIC, document=document, at=now)
    return made


def retied(
    document: CaseDocument, cites: Cites, fresh: Mapping[str, ReferenceData]
) -> CaseDocument:
    """`document` with its citations tied anew and its reference list numbered again, in order of
    first citation. A reference that is not in `fresh` keeps the data it was published with."""
    known = {reference.id: reference for reference in document.references} | dict(fresh)
    numbers: dict[str, int] = {}

    def tied(citations: list[CitationData]) -> list[CitationData]:
        made = []
        for citation in citations:
            cited = cites(citation)
            number = numbers.setdefault(cited, len(numbers) + 1)
            made.append(replace(citation, reference=cited, reference_number=number))
        return made

    own = tied(document.citations)
    of_event, of_finding = {}, {}
    by_id = {finding.id: finding for finding in document.imaging_findings}
    for event in document.events:
        of_event[event.id] = tied(event.citations)
        for finding in event.findings:
            of_finding[finding] = tied(by_id[finding].citations)
    sources = (citation.reference for citation in own if citation.role == Role.SOURCE)
    return replace(
        with_block(document),
        schema_version=SCHEMA_VERSION,
        source=next(sources, None),
        citations=own,
        events=[replace(event, citations=of_event[event.id]) for event in document.events],
        imaging_findings=[
            replace(finding, citations=of_finding[finding.id])
            for finding in document.imaging_findings
        ],
        references=[replace(known[cited], number=number) for cited, number in numbers.items()],
    )
