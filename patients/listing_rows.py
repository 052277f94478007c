"""What lists and search keep of a case document: rows, ready to be written. Pure.

The one way there, for what publishes a case and for what loads many.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from patients.document import CaseDocument
from patients.document.parts import Item, columns, items
from patients.searching.document_codes import codes_of, ties_of
from patients.searching.steps import Step, steps_of
from patients.searching.texts import SearchTexts, search_texts, spelled_words

TITLE_KEY: Final = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """The row of the search index, by the names of its columns but for the listing's own."""

    title_key: str
    source_year: int | None
    event_count: int
    codes: list[int]
    """Sorted; see `patients.searching.codes`."""
    ties: list[int]
    """Sorted: cited references, and the steps of the course."""
    texts: SearchTexts
    """For `VECTOR_SQL`, which makes the column `vector` of it."""


@dataclass(frozen=True, slots=True)
class ListingRows:
    listing: dict[str, Any]
    """Columns of `Listing`, but for the case, the audience and the time."""
    items: list[Item]
    """Rows of `ListedItem`, in order of their `position`."""
    entry: Entry
    steps: list[Step]
    words: list[str]
    """For `KnownWord`: what a misspelt word may have meant."""


def listing_rows(
    document: CaseDocument, *, terms: Mapping[str, int], references: Mapping[str, int],
    with_items: bool = True,
) -> ListingRows:  # fmt: skip
    """`terms` gives the primary key of a slug, `references` that of a public id.

    A term that is not there any more is left out. A reference that is cited must be there, or this
    raises KeyError.
    """
    listing = columns(document).as_dict()
    steps = steps_of(document, terms)
    return ListingRows(
        listing={**listing, "accession": document.accession},
        items=list(items(document)) if with_items else [],
        entry=Entry(
            title_key=document.title[:TITLE_KEY],
            source_year=listing["source_year"],
            event_count=listing["event_count"],
            codes=sorted(codes_of(document, listing, terms)),
            ties=sorted(ties_of(document, steps, references)),
            texts=search_texts(document),
        ),
        steps=steps,
        words=spelled_words(document),
    )
