"""What every importer gives: entries, each with what was read and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, BinaryIO, Protocol


class Severity(StrEnum):
    """An error leaves the entry out until it is mended; a warning says what was left or changed."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field of one entry: a sentence for the person who brought it in.

    `field` is a CSL field (`DOI`, `issued`), a tag of the format (`TY`), or empty where the whole
    entry is meant.
    """

    field: str
    reason: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as it was read.

    `position` counts entries from 1; `line` is the line of the input it begins on, from 1, or 0
    where the format has no lines. `csl` is in the normal form of `literature.csl` as far as it
    could be read: with an error among `problems` it may lack what is required. `original` is the
    text of this record alone, as it came, so that tags we do not map survive a round trip.
    `confidence` is from 0 to 1 for each CSL field that was parsed from prose, and empty for
    structured formats. `number` is the entry's printed number in a numbered list, else None.
    `texts` holds abstracts by BCP 47 language tag ("" where the record does not say).
    """

    position: int
    line: int
    csl: Mapping[str, Any]
    original: str
    problems: tuple[Problem, ...] = ()
    confidence: Mapping[str, float] = field(default_factory=dict)
    number: int | None = None
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def broken(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)


class UnreadableError(Exception):
    """The whole input is refused: a sentence that says why and what to do."""


class Importer(Protocol):
    """One format. Registered in `literature.importers.registry`."""

    name: str
    """As the URL, the command and the API say it: `ris`, `bibtex`, `nbib`, `pubmed-xml`, `jats`,
    `endnote-xml`, `csl-json`, `pasted`."""
    label: str
    """As a person reads it: `RIS`, `PubMed (nbib)`."""

    def recognises(self, head: bytes) -> float:
        """How sure it is, from 0 to 1, that an input beginning with `head` (at most 64 KB, as it
        came) is of this format."""

    def read(self, source: BinaryIO) -> Iterator[Entry]:
        """The entries of `source` (seekable, at its beginning), one at a time, in bounded memory.

        Raises UnreadableError where nothing can be read at all. Never raises for one bad record:
        it yields an entry with an error, and goes on.
        """
