"""The document's reference list, numbered in order of first citation."""

from literature.models import Reference
from literature.notices import summarised
from literature.wording import authors_words, short_citation, where_published
from patients.document.model import FoundInData, NoticeData, ReferenceData
from patients.models import Citation


class ReferenceList:
    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self._references: list[Reference] = []

    def number(self, reference: Reference) -> int:
        """The number of `reference`, the next free one when it is cited for the first time."""
        if reference.pk not in self._numbers:
            self._references.append(reference)
            self._numbers[reference.pk] = len(self._references)
        return self._numbers[reference.pk]

    def data(self) -> list[ReferenceData]:
        return [reference_data(row, number) for number, row in enumerate(self._references, 1)]


def reference_data(reference: Reference, number: int) -> ReferenceData:
    """Read from the canonical CSL, so that it holds before and after a save alike."""
    csl = reference.csl
    return ReferenceData(
        number=number,
        id=reference.public_id,
        type=reference.type,
        authors=authors_words(csl),
        title=csl["title"],
        container_title=csl.get("container-title", ""),
        published=where_published(csl),
        year=reference.year,
        doi=csl.get("DOI", ""),
        pmid=csl.get("PMID", ""),
        pmcid=csl.get("PMCID", ""),
        study_design=reference.study_design,
        short=short_citation(csl),
        notices=[
            NoticeData(row.kind, row.year, row.dois, row.pmids, row.sources)
            for row in summarised(reference.notices.all())
        ],
    )


def found_in_data(citation: Citation) -> FoundInData | None:
    """The other work that holds the quote, in short."""
    other = citation.found_reference
    return FoundInData(other.public_id, short_citation(other.csl)) if other else None
