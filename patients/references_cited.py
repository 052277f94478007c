"""The works that a case document cites, in the order in which a list of them is numbered."""

from __future__ import annotations

from collections.abc import Iterator

from literature.duplicates.merged import kept_of
from literature.exporting import Chosen
from literature.models import Reference, ReferenceListItem
from patients.document import CaseDocument
from patients.document.model import CitationData
from patients.reading import Reading

CITED = "cited"
"""In order of first citation: the case's own citations (its source first), then the events in time
order, each with its findings. The numbers are those of the case page."""
PRINTED = "printed"
"""By the numbers that the report prints in its own list; works that it does not number come after
its last one, in order of first citation."""
ORDERS = {CITED: "In order of first citation", PRINTED: "By the report’s own numbers"}


def chosen_of(reading: Reading, order: str = CITED) -> Chosen:
    """The references of the case as its reader sees it, to be formatted or written."""
    document = reading.document
    references = cited_references(document)
    title, name = f"References of {document.accession}", f"{document.accession}-references"
    if order != PRINTED:
        return Chosen(references, title, name)
    printed = printed_numbers(document)
    numbers = numbered(references, printed)
    remarks = [_remark(len(printed), len(references))]
    return Chosen(list(numbers), title, name, list(numbers.values()), remarks)


def cited_references(document: CaseDocument) -> list[Reference]:
    """In the document's order, that of first citation. One query, and one more for each work that
    was merged into another since an old version was published."""
    ids = [row.id for row in document.references]
    found = {row.public_id: row for row in Reference.objects.filter(public_id__in=ids)}
    rows = [found.get(public_id) or kept_of(public_id) for public_id in ids]
    return list(dict.fromkeys(row for row in rows if row is not None))


def printed_numbers(document: CaseDocument) -> dict[str, int]:
    """The number of each reference in the report's own list, by its id, where a citation tells it
    or else the list that is kept with the report; the lowest where it lists a work twice. One
    query."""
    listed = ReferenceListItem.objects.filter(
        work__public_id=document.source,
        reference__public_id__in=[row.id for row in document.references],
    )
    numbers: dict[str, int] = {}
    for public_id, number in listed.order_by("-number").values_list(
        "reference__public_id", "number"
    ):
        numbers[public_id] = number
    told: dict[str, int] = {}
    for citation in _citations(document):
        if citation.number is not None:
            told[citation.reference] = min(
                told.get(citation.reference, citation.number), citation.number
            )
    return numbers | told


def numbered(references: list[Reference], printed: dict[str, int]) -> dict[Reference, int]:
    """The references in the order of their numbers. Two with the same printed number keep their
    order, and the second takes the next free number after the last."""
    taken: dict[int, Reference] = {}
    others = []
    for row in references:
        number = printed.get(row.public_id)
        if number is None or number in taken:
            others.append(row)
        else:
            taken[number] = row
    ordered = {taken[number]: number for number in sorted(taken)}
    last = max(taken, default=0)
    return ordered | {row: last + place for place, row in enumerate(others, 1)}


def _citations(document: CaseDocument) -> Iterator[CitationData]:
    yield from document.citations
    for event in document.events:
        yield from event.citations
    for finding in document.imaging_findings:
        yield from finding.citations


def _remark(printed: int, all_of_them: int) -> str:
    if not printed:
        return "The report’s own numbers of these works are not known: the numbers are ours."
    if printed == all_of_them:
        return "The numbers are those that the report prints."
    return (
        f"{printed} of {all_of_them} works have the number that the report prints; the others"
        " follow after the last of these."
    )
