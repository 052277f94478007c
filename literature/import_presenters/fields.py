"""Bibliographic fields put into words, and two records side by side. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from literature import wording
from literature.csl import TYPES

LABELS: Final = {
    "type": "Type",
    "title": "Title",
    "author": "Authors",
    "editor": "Editors",
    "container-title": "Journal or book",
    "issued": "Year",
    "volume": "Volume",
    "issue": "Issue",
    "page": "Pages",
    "DOI": "DOI",
    "PMID": "PMID",
    "PMCID": "PMCID",
    "publisher": "Publisher",
    "publisher-place": "Place",
    "edition": "Edition",
    "URL": "Address",
    "ISBN": "ISBN",
    "ISSN": "ISSN",
    "language": "Language",
    "note": "Note",
}
"""By CSL field, in the order in which a person compares two records."""


def label_of(field: str) -> str:
    """A CSL field as a person calls it; a format's own tag stays as it is."""
    return LABELS.get(field) or (field[:1].upper() + field[1:] if field.islower() else field)


def field_words(csl: Mapping[str, Any], field: str) -> str:
    """The value of one field as text, empty where there is none."""
    record = dict(csl)
    value = record.get(field)
    if value in (None, "", [], {}):
        return ""
    if field == "type":
        return TYPES.get(str(value), str(value))
    if field == "author":
        return wording.authors_words(record, shown=60)
    if field == "editor":
        return wording.editors_words(record)
    if field == "issued":
        return "-".join(f"{part:02d}" for part in value["date-parts"][0])
    if field == "page":
        return wording.pages_words(record)
    return str(value)


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One field of two records. `verdict` says in words how they stand to each other."""

    label: str
    mine: str
    theirs: str
    verdict: str

    @property
    def differs(self) -> bool:
        return self.verdict == "differs"


def side_by_side(mine: Mapping[str, Any], theirs: Mapping[str, Any], place: str) -> list[FieldPair]:
    """Every field that either of the two records has; `place` says where the second one stands,
    such as `In the library`."""
    pairs = []
    for field, label in LABELS.items():
        left, right = field_words(mine, field), field_words(theirs, field)
        if left or right:
            pairs.append(FieldPair(label, left, right, _verdict(left, right, place)))
    return pairs


def _verdict(left: str, right: str, place: str) -> str:
    if not right:
        return "only in this import"
    if not left:
        return f"only {place[:1].lower()}{place[1:]}"
    return "same" if left.casefold() == right.casefold() else "differs"
