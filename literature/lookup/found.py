"""What is looked up and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from literature.importers.model import Entry

if TYPE_CHECKING:
    from literature.lookup.errors import LookupProblem
    from literature.lookup.found_notices import FoundNotice


class Kind(StrEnum):
    DOI = "doi"
    PMID = "pmid"
    PMCID = "pmcid"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An identifier in what was typed, or words that are none (`Kind.NONE`, `value` empty)."""

    kind: Kind
    value: str
    """In its one normal form, as `literature.identifiers` has it."""
    line: int
    """The line it stands on, from 1."""
    text: str
    """As it was typed."""

    @property
    def csl(self) -> dict[str, str]:
        return {self.kind.name: self.value} if self.kind else {}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a look-up gave for one identifier: an entry, or the reason why there is none."""

    found: Found
    service: str
    """Its name, as a person knows it."""
    entry: Entry | None = None
    format: str = ""
    """Of `entry.original`: `crossref` or `pubmed-xml`."""
    notices: tuple[FoundNotice, ...] = ()
    error: LookupProblem | None = None
