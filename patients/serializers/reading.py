"""Shapes that the case document does not have itself, and how they are made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from patients.document import to_builtins
from patients.document.model import CaseDocument, FoundInData, PatientData
from patients.document.reference_list import found_in_data
from patients.models import Citation, Patient, Term
from patients.reading import Reading


@dataclass(frozen=True, slots=True)
class Named:
    """A term in short."""

    slug: str
    display: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as lists show it. Empty text, null and an empty list: not reported."""

    accession: str
    title: str
    status: str
    sex: str
    age_low: int | None
    age_words: str
    diagnosis: Named | None
    site: Named | None
    treatments: list[Named]
    outcome: str
    source_year: int | None
    event_count: int
    reference_count: int
    listed_at: datetime
    """When it was published; of a working record, when it was last changed."""
    url: str
    """Its page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDetail(CaseDocument):
    """The case document, and what is known of it besides."""

    status: str
    version: int | None
    """The number of the published version; null for the working record, which curators read."""
    checksum: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class CasePatient(PatientData):
    """The person as one case tells of them."""

    case: str


@dataclass(frozen=True, slots=True)
class PatientDetail:
    """A person, with each case that tells of them."""

    id: str
    sex: str
    country: str
    cases: list[CasePatient]


@dataclass(frozen=True, slots=True)
class AddedCitation:
    """A citation just added. It stands on the working record: readers see it with the next
    version. Its number in the reference list is null for those who do not see that record."""

    id: str
    case: str
    event: str | None
    finding: str | None
    reference: str
    reference_number: int | None
    role: str
    number: int | None
    note: str
    quote: str
    locator: str
    quote_depth: str
    quote_state: str
    """`verified`, `elsewhere` (see `found_in`), `not_found` or `no_text`; empty without a quote."""
    quote_found_at: str
    found_in: FoundInData | None
    published: bool
    proposal: str | None = None
    """The id of the proposal that it is, where a curator has to accept it first."""


@dataclass(frozen=True, slots=True)
class TermDetail:
    """A coded concept; a code only where one was verified."""

    slug: str
    kind: str
    display: str
    display_zh: str
    synonyms: list[str]
    system: str
    code: str


def case_detail(reading: Reading) -> dict[str, Any]:
    return {
        "status": reading.status,
        "version": reading.version,
        "checksum": reading.checksum,
        "published_at": msgspec.to_builtins(reading.published_at),
        **to_builtins(reading.document),
    }


def patient_detail(patient: Patient | None, cases: list[dict[str, Any]]) -> dict[str, Any]:
    """The working row where the user may see it, else what the newest of `cases` tells."""
    if patient is not None:
        told = {"id": patient.public_id, "sex": patient.sex, "country": patient.country}
    else:
        told = {name: cases[0][name] for name in ("id", "sex", "country")}
    return {**told, "cases": cases}


def added_citation(data: dict[str, Any], *, sees_working: bool) -> dict[str, Any]:
    number = data["reference_number"] if sees_working else None
    return {**data, "reference_number": number, "published": False, "proposal": None}


QUOTED = ("role", "number", "note", "quote", "locator", "quote_depth", "quote_state")


def proposed_citation(row: Citation, proposal: str) -> dict[str, Any]:
    """A citation that a curator has to accept first, in the shape of one that was added."""
    other = found_in_data(row)
    return {
        "id": row.public_id,
        "case": row.case.accession,
        "event": row.event.public_id if row.event else None,
        "finding": row.finding.public_id if row.finding else None,
        "reference": row.reference.public_id,
        "reference_number": None,
        **{name: getattr(row, name) for name in QUOTED},
        "quote_found_at": row.quote_text.depth if row.quote_text else "",
        "found_in": {"id": other.id, "short": other.short} if other else None,
        "published": False,
        "proposal": proposal,
    }


def term_details(terms: Iterable[Term]) -> list[Any]:
    names = TermDetail.__dataclass_fields__
    return [{name: getattr(term, name) for name in names} for term in terms]


__all__ = [
    "AddedCitation",
    "CaseDetail",
    "CasePatient",
    "CaseRow",
    "PatientDetail",
    "TermDetail",
    "added_citation",
    "case_detail",
    "proposed_citation",
    "patient_detail",
    "term_details",
]
