"""What every exporter takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Record:
    """A reference to write: its `csl`, and the text it was once brought in as, if any.

    `key` is unique among the records of one file (a BibTeX key, a CSL id); `original` is the
    record as it came in, in the format `original_format` (an importer's name): tags that we do
    not map are carried from it when the same format is written.
    """

    key: str
    csl: Mapping[str, Any]
    original: str = ""
    original_format: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)


class Exporter(Protocol):
    name: str
    label: str
    content_type: str
    extension: str

    def write(self, records: Iterable[Record]) -> Iterator[str]:
        """The file in pieces, in UTF-8, in the order of `records`."""
