"""Identifiers as a format to bring references in by: reading them is looking them up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from literature.importers.limits import HEAD_BYTES
from literature.importers.model import Entry, Problem, UnreadableError
from literature.lookup.client import Client, why_off
from literature.lookup.found import Answer, Found, Kind
from literature.lookup.identifiers_in import identifiers_in, only_identifiers
from literature.lookup.looking_up import look_up

MOST = 1_000
"""Identifiers in one go: longer lists are brought in piece by piece."""
AT_ONCE = 200
_NONE = "is not a DOI, PMID, PMCID or a link to one"


class Identifiers:
    """An Importer. It asks other machines: not to be read in a transaction."""

    name = "identifiers"
    label = "DOIs, PMIDs and PMCIDs"

    def __init__(self, client: Client | None = None) -> None:
        self._client = client

    def recognises(self, head: bytes) -> float:
        text = _decoded(head)
        if len(head) >= HEAD_BYTES:  # the last line may be cut in the middle
            text = text.rpartition("\n")[0] or text
        return 1.0 if only_identifiers(text) else 0.0

    def read(self, source: BinaryIO) -> Iterator[Entry]:
        """An entry for each identifier in order; one that leads to nothing is broken and says why.

        Raises UnreadableError where look-up is off, or there are more than `MOST`.
        """
        if self._client is None and (reason := why_off()):
            raise UnreadableError(reason)
        wanted = identifiers_in(_decoded(source.read()))
        if len(wanted) > MOST:
            raise UnreadableError(
                f"These are {len(wanted):,} identifiers; at most {MOST:,} are looked up at once."
            )
        position = 0
        for start in range(0, len(wanted), AT_ONCE):
            for answer in look_up(wanted[start : start + AT_ONCE], client=self._client):
                position += 1
                yield _entry(answer, position)


def _entry(answer: Answer, position: int) -> Entry:
    found = answer.found
    if answer.entry is not None:
        return replace(answer.entry, position=position, line=found.line)
    return Entry(
        position=position,
        line=found.line,
        csl=found.csl,
        original=found.text,
        problems=(Problem(found.kind.name if found.kind else "", _reason(answer, found)),),
    )


def _reason(answer: Answer, found: Found) -> str:
    if found.kind is Kind.NONE:
        return f"“{found.text[:60]}” {_NONE}"
    return answer.error.sentence if answer.error else ""


def _decoded(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace").replace("\x00", "\ufffd")
