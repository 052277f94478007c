"""What a search for identifying text finds."""

from __future__ import annotations

from dataclasses import dataclass

from patients.vocabulary import HitKind

STRUCTURED = frozenset({
    HitKind.DATE, HitKind.AGE, HitKind.RECORD_NUMBER, HitKind.NATIONAL_ID, HitKind.PHONE,
    HitKind.EMAIL, HitKind.WEB, HitKind.ADDRESS,
})  # fmt: skip
"""Kinds that have a form of their own."""


@dataclass(frozen=True, slots=True)
class Hit:
    """`text[start:end]` may identify somebody."""

    kind: HitKind
    start: int
    end: int
    rule: str
    """The name of the rule that found it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A field of a row of a case: `kind` as the editor calls it, `id` the public id; of the case
    itself, `case` and its accession."""

    kind: str
    id: str
    field: str
    label: str
    """The row and the field in words."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit where it stands in a case."""

    kind: HitKind
    rule: str
    place: Place
    before: str
    """Words before it, shortened."""
    text: str
    after: str
    fingerprint: str
    """64 hexadecimal digits; see `patients.screening.fingerprints`."""
