"""Which event of a case the comparison's figure is laid upon, and what that leaves open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from patients.clinical_time import length_words
from patients.comparing.shifting import shifted
from patients.derived.embolisation import is_embolisation
from patients.document.model import CaseDocument, EventData
from patients.vocabulary import TREATMENTS, Alignment, Category

_USUAL: Final = (
    Alignment.TREATMENT, Alignment.OPERATION, Alignment.DIAGNOSIS, Alignment.EMBOLISATION,
)  # fmt: skip
"""Tried in this order where the reader chose none."""
NOUNS: Final = {
    Alignment.TREATMENT: "first treatment",
    Alignment.OPERATION: "first operation",
    Alignment.EMBOLISATION: "first embolisation",
    Alignment.DIAGNOSIS: "diagnosis",
    Alignment.DAY_ZERO: "report’s own day 0",
}
_MISSING: Final = {
    Alignment.TREATMENT: "no treatment is reported",
    Alignment.OPERATION: "no operation is reported",
    Alignment.EMBOLISATION: "no embolisation is reported",
    Alignment.DIAGNOSIS: "no diagnosis stands among its events",
}


@dataclass(frozen=True, slots=True)
class Aligned:
    """A case counted from the event that it is laid upon."""

    document: CaseDocument
    """Its days count from the earliest day of `anchor`."""
    anchor: str
    """The id of that event; empty where no event is the report's day 0."""
    off: int | None
    """Days by which the anchor may be later than it stands; None where that is not known."""
    reported_as: str = ""
    """The anchor's time, in the words of the report."""


@dataclass(frozen=True, slots=True)
class NotAligned:
    """A case that has no place on the shared axis."""

    accession: str
    reason: str
    """Why, as the end of a sentence."""


def usual_alignment(documents: Sequence[CaseDocument]) -> Alignment:
    """The first kind of event that more than half of the cases can be laid upon; else day 0."""
    for alignment in _USUAL:
        found = [not isinstance(_anchor(row, alignment), NotAligned) for row in documents]
        if sum(found) * 2 > len(found):
            return alignment
    return Alignment.DAY_ZERO


def aligned(document: CaseDocument, alignment: Alignment) -> Aligned | NotAligned:
    """The case counted from its first event of the kind, in the order of the document."""
    if alignment == Alignment.DAY_ZERO:
        index = next((row.id for row in document.events if row.is_index), "")
        return Aligned(shifted(document, 0), index, 0)
    anchor = _anchor(document, alignment)
    if isinstance(anchor, NotAligned):
        return anchor
    event, low = anchor
    start = event.time.start
    off = None if start.high is None else start.high - low
    return Aligned(shifted(document, low), event.id, off, start.reported_as)


def _anchor(document: CaseDocument, alignment: Alignment) -> tuple[EventData, int] | NotAligned:
    """The event that the case is laid upon, and its earliest day."""
    is_one = _IS_ONE[alignment]
    event = next((row for row in document.events if is_one(row)), None)
    if event is None:
        return NotAligned(document.accession, _MISSING[alignment])
    start = event.time.start
    if start.low is None:
        when = "is not reported" if start.high is None else "has a latest day and no earliest one"
        return NotAligned(document.accession, f"the time of “{event.label}” {when}")
    return event, start.low


def remarks(cases: Sequence[Aligned], alignment: Alignment) -> list[str]:
    """Sentences about anchors whose place is not known to the day."""
    noun = NOUNS[alignment]
    found = [
        f"{row.document.accession} is laid upon a {noun} that was {_reported(row)}: its place is "
        f"up to {length_words(row.off)} off."
        for row in cases
        if row.off
    ]
    later = [row.document.accession for row in cases if row.off is None]
    if later:
        found.append(
            f"The {noun} is told without a latest day in {', '.join(later)}: there it stands at "
            "its earliest day, and what is told behind it may be later, nobody knows how much."
        )
    return found


def _reported(row: Aligned) -> str:
    return f"reported as “{row.reported_as}”" if row.reported_as else "not reported to the day"


_IS_ONE: Final[dict[Alignment, Callable[[EventData], bool]]] = {
    Alignment.TREATMENT: lambda event: event.category in TREATMENTS,
    Alignment.OPERATION: lambda event: event.category == Category.SURGERY,
    Alignment.EMBOLISATION: is_embolisation,
    Alignment.DIAGNOSIS: lambda event: event.category == Category.DIAGNOSIS,
}
