"""What a pack is made of, and why one is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from literature.bibliography.styles import DEFAULT
from patients.document import CaseDocument
from patients.timeline import Language

WITHOUT_DATE: Final = datetime(1980, 1, 1, tzinfo=UTC)
"""The first that a ZIP knows: of a working record, which was not published on any day."""
DRAFT: Final = "DRAFT"


class PackError(Exception):
    """A pack that cannot be made; the message is a sentence for who asked."""


class PackBusyError(PackError):
    """Others are being made, or it took too long. Trying again may help."""


class NotMadeError(Exception):
    """One file cannot be made of this case; the message is a sentence for the README."""


@dataclass(frozen=True, slots=True)
class Choices:
    width_mm: int = 180
    """Of the figure."""
    language: str = Language.ENGLISH
    """Of the figure: `en` or `zh`."""
    style: str = DEFAULT
    """The citation style, by its name."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Another case in the comparison table, as one of its versions says it."""

    document: CaseDocument
    version: int
    published_at: datetime

    @property
    def name(self) -> str:
        return f"{self.document.accession}-v{self.version}"


@dataclass(frozen=True, slots=True)
class Material:
    """Equal material gives equal bytes."""

    document: CaseDocument
    json: bytes
    """The document in canonical JSON, as it was published."""
    checksum: str
    version: int | None
    """None for the working record, which gives a draft."""
    published_at: datetime | None
    is_withdrawn: bool
    address: str
    """Where this state of the case is read, with the host."""
    pack_address: str
    """What gives the same pack again, with the host; empty for a draft."""
    cite_as: str
    """How to cite this version; empty for a draft."""
    footer: str
    """Of the figure."""
    compared: tuple[Compared, ...]
    works: tuple[Mapping[str, Any], ...]
    """CSL of the cited works, in the order of the document's own list; then of those that only the
    table cites."""
    care: Mapping[str, str]
    """State by item of CARE, as people ticked it."""
    choices: Choices

    @property
    def others(self) -> list[CaseDocument]:
        return [row.document for row in self.compared]

    @property
    def is_draft(self) -> bool:
        return self.version is None

    @property
    def at(self) -> datetime:
        """The date of every file."""
        return (self.published_at or WITHOUT_DATE).astimezone(UTC)

    @property
    def name(self) -> str:
        """Of the ZIP, without its ending."""
        state = DRAFT if self.version is None else f"v{self.version}"
        return f"{self.document.accession}-{state}"

    def file_name(self, name: str) -> str:
        return f"{DRAFT}-{name}" if self.is_draft else name
