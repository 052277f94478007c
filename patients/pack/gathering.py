"""Reads what a pack is made of: the case, those it is compared with, the works, the ticks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from patients.derived import with_block
from patients.document import canonical_json, from_builtins
from patients.document.model import ReferenceData
from patients.models import CaseVersion
from patients.models.case import ACCESSION_PATTERN
from patients.pack.as_of import care_at, works_at
from patients.pack.model import Compared
from patients.pack.table import further_works
from patients.reading import CaseWithdrawnError, Reading, not_readable
from patients.vocabulary import MOST_COMPARED, Status

NAMED: Final = re.compile(rf"({ACCESSION_PATTERN.strip('^$')})(?:-[vV]([1-9][0-9]{{0,5}}))?")
MOST_OTHERS: Final = MOST_COMPARED - 1
MOST_NAMED: Final = 20
"""Names that are looked at; more are no comparison but an attempt."""


class ComparedError(Exception):
    """Why cases cannot be put into the table: sentences."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(*problems)
        self.problems = problems


def compared_cases(words: Sequence[str], own: str, user: Any) -> tuple[Compared, ...]:
    """The published versions that `words` name: `CB-1A2B3C4` the current one, `CB-1A2B3C4-v2`
    that one. A query each. Raises ComparedError; hidden and unknown cases read alike."""
    found, problems = [], []
    names = list(dict.fromkeys(word.strip() for word in words if word.strip()))
    if len(names) > MOST_OTHERS:
        problems.append(f"At most {MOST_OTHERS} other cases; these are {len(names)}.")
    for name in names[:MOST_NAMED]:
        try:
            found.append(_compared(name, own, user))
        except ComparedError as error:
            problems += error.problems
    accessions = [row.document.accession for row in found]
    for accession in dict.fromkeys(accessions):
        if accessions.count(accession) > 1:
            problems.append(f"{accession} is named twice: each case has one row.")
    if problems:
        raise ComparedError(problems)
    return tuple(found)


def _compared(name: str, own: str, user: Any) -> Compared:
    read = NAMED.fullmatch(name.upper())
    if read is None:
        raise ComparedError([f"“{name[:20]}” is no accession: one looks like CB-1A2B3C4."])
    accession, number = read[1], read[2]
    if accession == own:
        raise ComparedError([f"{accession} is this case: it is in the table already."])
    wanted = {"number": int(number)} if number else {"is_current": True}
    versions = CaseVersion.objects.visible_to(user).filter(
        case__accession=accession, case__status=Status.PUBLISHED, **wanted
    )
    version = versions.first()
    if version is None:
        raise ComparedError([_why_not(accession, number)])
    return Compared(
        with_block(from_builtins(version.document)), version.number, version.published_at
    )


def _why_not(accession: str, number: str | None) -> str:
    if isinstance(not_readable(accession), CaseWithdrawnError):
        return f"{accession} was withdrawn."
    if number:
        return f"There is no published version {number} of {accession}."
    return f"There is no published case {accession}."


def json_of(reading: Reading, user: Any) -> bytes:
    """The document as it was published, whatever its schema: its SHA-256 is the checksum."""
    if reading.version is None:
        return canonical_json(reading.document)
    stored = CaseVersion.objects.visible_to(user).get(
        case__accession=reading.document.accession, number=reading.version
    )
    return msgspec.json.encode(stored.document, order="sorted")


def works_of(reading: Reading, compared: Sequence[Compared]) -> tuple[Mapping[str, Any], ...]:
    """CSL of the works in the order of the document's list, and of those that only the table cites,
    as it was when what cites them was published. Of a work that the library lost, what the document
    says of it."""
    own = reading.document.references
    further = further_works(reading.document, [row.document for row in compared])
    found: dict[str, dict[str, Any]] = {}
    for row in reversed(compared):
        cited = {work.id for work in row.document.references}
        found |= works_at([work.id for work in further if work.id in cited], row.published_at)
    found |= works_at([work.id for work in own], reading.published_at)
    return tuple(found.get(row.id) or _told_by_document(row) for row in [*own, *further])


def _told_by_document(row: ReferenceData) -> dict[str, Any]:
    csl: dict[str, Any] = {"type": row.type, "title": row.title}
    if row.authors:
        csl["author"] = [{"literal": row.authors}]
    if row.year:
        csl["issued"] = {"date-parts": [[row.year]]}
    told = {"container-title": row.container_title, "DOI": row.doi, "PMID": row.pmid}
    return csl | {name: value for name, value in told.items() if value}


def ticked_of(reading: Reading) -> dict[str, str]:
    return care_at(reading.document.accession, reading.published_at)
