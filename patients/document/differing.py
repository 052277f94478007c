"""What differs between two documents of one case: field by field, by stable ids, in words.

Pure. Parts are matched by their ids, never by their place, so that an event put in between does
not change those after it: places and numbers that follow from others are left out, and an order
that changed is told once. What is told of a part that came or went is its name alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from patients.document.derived_model import DerivedData
from patients.document.differing_fields import (
    CASE,
    CITATION,
    EVENT,
    FINDING,
    IMAGE,
    LESION,
    MEASUREMENT,
    REFERENCE,
    RESULT,
    RESULT_BY_RULE,
    Field,
)
from patients.document.differing_words import Names
from patients.document.model import DERIVED_SINCE, CaseDocument, CitationData


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    change: Change
    kind: str
    """`case`, `event`, `finding`, `lesion`, `measurement`, `image`, `result`, `citation`,
    `reference` or `derived`."""
    id: str
    """Of the part; the accession for the case itself."""
    name: str
    """What it is called, such as `Event “TACE”`."""
    field: str
    """The path in the document, such as `time.start`; empty for a part that came or went."""
    label: str
    """The field in words; empty likewise."""
    old: str
    """In words; empty where it was not reported, or not there."""
    new: str
    event: str = ""
    """The id of the event that the part belongs to, where it does."""


def differences(old: CaseDocument, new: CaseDocument) -> list[Difference]:
    """Empty where both say the same: what was removed, added and changed, part by part in the
    order of the page."""
    return list(_Comparison(old, new).all())


@dataclass(frozen=True, slots=True)
class _Part:
    record: Any
    name: str
    event: str


class _Comparison:
    def __init__(self, old: CaseDocument, new: CaseDocument) -> None:
        self.old, self.new = old, new
        self.names = {False: Names(old), True: Names(new)}

    def all(self) -> Iterator[Difference]:
        old, new = self.old, self.new
        yield from self._fields("case", new.accession, "The case", CASE, old, new, "")
        yield from self._parts("event", EVENT, old.events, new.events, "Order of events")
        for kind, fields, before, after, order in (
            ("finding", FINDING, old.imaging_findings, new.imaging_findings, "Order of findings"),
            ("measurement", MEASUREMENT, _measurements(old), _measurements(new), "Order of sizes"),
            ("image", IMAGE, _images(old), _images(new), "Order of images"),
            ("result", RESULT, _results(old), _results(new), "Order of laboratory results"),
            ("lesion", LESION, old.lesions, new.lesions, "Order of lesions"),
            ("citation", CITATION, _citations(old), _citations(new), "Order of citations"),
            ("reference", REFERENCE, old.references, new.references, "Order of the reference list"),
        ):
            yield from self._parts(kind, fields, before, after, order)
        if min(old.schema_version, new.schema_version) >= DERIVED_SINCE:
            # What an older document does not hold has not come about since.
            yield from self._parts("derived", RESULT_BY_RULE, _derived(old), _derived(new), "")

    def _parts(
        self,
        kind: str,
        fields: Sequence[Field],
        before: Sequence[Any],
        after: Sequence[Any],
        order: str,
    ) -> Iterator[Difference]:
        was, now = self._by_id(kind, before, False), self._by_id(kind, after, True)
        for key, part in was.items():
            if key not in now:
                yield Difference(Change.REMOVED, kind, key, part.name, "", "", "", "", part.event)
        for key, part in now.items():
            if key not in was:
                yield Difference(Change.ADDED, kind, key, part.name, "", "", "", "", part.event)
            else:
                yield from self._fields(
                    kind, key, part.name, fields, was[key].record, part.record, part.event
                )
        stayed_old, stayed_new = [k for k in was if k in now], [k for k in now if k in was]
        if order and stayed_old != stayed_new:
            yield Difference(
                Change.CHANGED, "case", self.new.accession, "The case", f"{kind}.order", order,
                "; ".join(was[key].name for key in stayed_old),
                "; ".join(now[key].name for key in stayed_new),
            )  # fmt: skip

    def _by_id(self, kind: str, records: Sequence[Any], is_new: bool) -> dict[str, _Part]:
        names = self.names[is_new]
        return {
            record.id: _Part(record, names.of(kind, record), names.event_of(kind, record))
            for record in records
        }

    def _fields(
        self,
        kind: str,
        key: str,
        name: str,
        fields: Sequence[Field],
        old: Any,
        new: Any,
        event: str,
    ) -> Iterator[Difference]:
        for field in fields:
            was, now = field.value(old), field.value(new)
            if was == now or (_is_nothing(was) and _is_nothing(now)):
                continue
            before, after = field.words(was, self.names[False]), field.words(now, self.names[True])
            if before == after:
                before, after = field.in_full(was), field.in_full(now)
            yield Difference(
                Change.CHANGED, kind, key, name, field.path, field.label, before, after, event
            )


def _is_nothing(value: Any) -> bool:
    return value is None or value == "" or value == []


def _measurements(document: CaseDocument) -> list[Any]:
    return [row for finding in document.imaging_findings for row in finding.measurements]


def _images(document: CaseDocument) -> list[Any]:
    return [row for finding in document.imaging_findings for row in finding.images]


def _derived(document: CaseDocument) -> list[DerivedData]:
    return [row for rule in document.derived for row in rule.results]


def _results(document: CaseDocument) -> list[Any]:
    return [row for event in document.events for row in event.results]


def _citations(document: CaseDocument) -> list[CitationData]:
    found = list(document.citations)
    for event in document.events:
        found += event.citations
    for finding in document.imaging_findings:
        found += finding.citations
    return found


def by_part(found: Sequence[Difference]) -> Mapping[tuple[str, str], list[Difference]]:
    """Grouped by kind and id, in the order in which they come."""
    groups: dict[tuple[str, str], list[Difference]] = {}
    for difference in found:
        groups.setdefault((difference.kind, difference.id), []).append(difference)
    return groups
