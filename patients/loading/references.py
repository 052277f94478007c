"""The cited works of a batch: found in the library, or made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Final

from literature.models import Merge, OtherIdentifier, Reference
from patients.actions.published import retied
from patients.document import CaseDocument
from patients.document.model import ReferenceData
from patients.document.reference_list import reference_data
from patients.loading.decoding import Read
from patients.loading.problems import BadLineError, Problem
from patients.loading.works import csl_of, in_short

_told = attrgetter(*(field.name for field in fields(ReferenceData) if field.name != "number"))
"""What is said of a work, wherever it stands in a list."""
IDENTIFIERS: Final = ("doi", "pmid", "pmcid")


@dataclass(frozen=True, slots=True)
class Work:
    """A work as the library has it. `csl` is there only for one that is to be made."""

    data: ReferenceData
    """With the number 0."""
    pk: int = 0
    csl: dict[str, Any] | None = None


class Library:
    """What is known of the works of one batch. Nothing is written here."""

    def __init__(self, remembered: Mapping[str, Work]) -> None:
        self._by_id: dict[str, Work] = {}
        self._by_identifier: dict[tuple[str, str], Work] = {}
        self._merged: dict[str, str] = {}
        self._remembered = remembered
        self.new: dict[str, Work] = {}

    def look_up(self, lines: Iterable[Read]) -> None:
        """Three to seven queries for all works of `lines` that are not remembered."""
        works = {
            work.id: work for line in lines for work in line.document.references
            if not self._is_remembered(work)
        }  # fmt: skip
        if not works:
            return
        told = {
            name: list({getattr(work, name).lower() if name == "doi" else getattr(work, name)
                        for work in works.values()} - {""})
            for name in IDENTIFIERS
        }  # fmt: skip
        merged = Merge.objects.filter(gone__in=list(works), kept__isnull=False)
        self._merged = dict(merged.values_list("gone", "kept__public_id"))
        self._find(public_id__in=[*works, *self._merged.values()])
        for name in IDENTIFIERS:
            if told[name]:
                self._find(**{f"{name}__in": told[name]})
        everything = [value for values in told.values() for value in values]
        others = OtherIdentifier.objects.filter(value__in=everything).select_related("reference")
        for other in others.prefetch_related("reference__notices"):
            self._hold(other.reference)
            held = self._by_id[other.reference.public_id]
            self._by_identifier[other.kind.lower(), other.value] = held

    def _find(self, **condition: Any) -> None:
        known = set(self._by_id)
        found = Reference.objects.filter(**condition).exclude(public_id__in=known)
        found = found.defer("search", "match_keys").prefetch_related("notices")
        for reference in found.order_by():
            self._hold(reference)

    def _hold(self, reference: Reference) -> None:
        self._put(Work(reference_data(reference, 0), reference.pk))

    def _put(self, work: Work) -> None:
        self._by_id[work.data.id] = work
        for name in IDENTIFIERS:
            if value := getattr(work.data, name):
                self._by_identifier[name, value.lower() if name == "doi" else value] = work

    def _is_remembered(self, work: ReferenceData) -> bool:
        """Only as long as it says the very same: else its identifiers are looked at again."""
        known = self._remembered.get(work.id)
        return known is not None and _told(work) == _told(known.data)

    def works_of(self, line: Read, where: str) -> dict[str, Work]:
        """By the ids in the document: the library's work, or one that is to be made.

        Raises BadLineError; then none of this line is to be made.
        """
        found: dict[str, Work] = {}
        new: list[Work] = []
        problems: list[Problem] = []
        for index, work in enumerate(line.document.references):
            if self._is_remembered(work):
                found[work.id] = self._remembered[work.id]
                continue
            path = f"{where}references[{index}]"
            try:
                known = self._known(work) or self._made(work, line.references.get(work.id))
            except BadLineError as error:
                problems += [_below(path, problem) for problem in error.problems]
                continue
            found[work.id] = known
            if known.csl is not None and known.data.id not in self.new:
                new.append(known)
                self._put(known)
        unknown = line.references.keys() - {work.id for work in line.document.references}
        problems += [Problem("references", f"{each} is not cited") for each in sorted(unknown)]
        if problems:
            self._forget(new)
            raise BadLineError(problems)
        self.new |= {work.data.id: work for work in new}
        return found

    def _forget(self, works: Iterable[Work]) -> None:
        for work in works:
            self._by_id.pop(work.data.id, None)
            for name in IDENTIFIERS:
                self._by_identifier.pop((name, getattr(work.data, name)), None)

    def _known(self, work: ReferenceData) -> Work | None:
        told = {name: getattr(work, name) for name in IDENTIFIERS if getattr(work, name)}
        held = [
            self._by_identifier.get((name, value.lower() if name == "doi" else value))
            for name, value in told.items()
        ]
        found = {each.data.id: each for each in held if each is not None}
        if len(found) > 1:
            raise BadLineError([Problem("", "its identifiers are those of different works here")])
        if found:
            return next(iter(found.values()))
        same_id = self._by_id.get(self._merged.get(work.id, work.id))
        if same_id is None:
            return None
        if work.id not in self._merged and not _can_be_one(work, same_id.data):
            raise BadLineError([Problem("id", f"{work.id} is that of another work here")])
        return same_id

    def _made(self, work: ReferenceData, csl: Mapping[str, Any] | None) -> Work:
        record = csl_of(work, csl)
        return Work(in_short(record, work), csl=record)


def _below(path: str, problem: Problem) -> Problem:
    return Problem(f"{path}.{problem.field}".rstrip("."), problem.reason)


def _can_be_one(work: ReferenceData, known: ReferenceData) -> bool:
    """Whether two records under one id are of one work: no identifier tells them apart, and where
    they share none, the title is the same."""
    pairs = [(getattr(work, name), getattr(known, name)) for name in IDENTIFIERS]
    if any(ours and theirs and ours.lower() != theirs.lower() for ours, theirs in pairs):
        return False
    return work.title.casefold() == known.title.casefold()


def as_the_library_has_it(document: CaseDocument, works: Mapping[str, Work]) -> CaseDocument:
    """The document with the works' ids, and what the library says of them now: a retraction shows
    at once. The same document where that is what it says already."""
    if all(_told(work) == _told(works[work.id].data) for work in document.references):
        return document
    fresh = {work.data.id: work.data for work in works.values()}
    return retied(document, lambda citation: works[citation.reference].data.id, fresh)
