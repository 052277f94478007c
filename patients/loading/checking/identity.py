"""Ids: that they look right, are there once, and that what they name is there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from literature.public_ids import PUBLIC_ID_RE
from patients.document.model import CaseDocument, CitationData, EventData, FindingData
from patients.loading.problems import Problem, shown
from patients.models.case import ACCESSION_PATTERN
from patients.vocabulary import RESULT_CATEGORIES, Role

ACCESSION_RE = re.compile(ACCESSION_PATTERN)


def ties(document: CaseDocument) -> list[Problem]:
    return list(_Ties(document).all())


class _Ties:
    def __init__(self, document: CaseDocument) -> None:
        self.document = document
        self.events = {event.id: event for event in document.events}
        self.findings = {finding.id: finding for finding in document.imaging_findings}
        self.lesions = {lesion.id for lesion in document.lesions}
        self.numbers = {reference.id: reference.number for reference in document.references}
        self.of_event: dict[str, list[str]] = defaultdict(list)
        self.of_lesion: dict[str, list[str]] = defaultdict(list)
        for finding in document.imaging_findings:
            self.of_event[finding.event].append(finding.id)
            self.of_lesion[finding.lesion or ""].append(finding.id)
        self.seen: dict[str, set[str]] = {}
        self.cited: set[tuple[str, str, str]] = set()

    def all(self) -> Iterator[Problem]:
        document = self.document
        if ACCESSION_RE.fullmatch(document.accession) is None:
            told = shown(document.accession)
            yield Problem("accession", f"{told} is none: CB- and seven characters of 0-9, A-Z "
                          "without I, L, O and U")  # fmt: skip
        yield from self._id("patient", "patient.id", document.patient.id)
        yield from self._references()
        yield from self._citations("citations", document.citations, None, None)
        for index, event in enumerate(document.events):
            yield from self._event(f"events[{index}]", event, index + 1)
        for index, finding in enumerate(document.imaging_findings):
            yield from self._finding(f"imaging_findings[{index}]", finding)
        for index, lesion in enumerate(document.lesions):
            path = f"lesions[{index}]"
            yield from self._id("lesion", f"{path}.id", lesion.id)
            if sorted(lesion.findings) != sorted(self.of_lesion[lesion.id]):
                yield Problem(f"{path}.findings", "does not list the findings of this lesion")

    def _references(self) -> Iterator[Problem]:
        document = self.document
        for index, reference in enumerate(document.references):
            yield from self._id("reference", f"references[{index}].id", reference.id)
            if reference.number != index + 1:
                yield Problem(f"references[{index}].number", f"is {reference.number}, in place "
                              f"{index + 1}")  # fmt: skip
        sources = {each.reference for each in document.citations if each.role == Role.SOURCE}
        if len(sources) > 1:
            yield Problem("citations", "name more than one source: a case is one report")
        if document.source != next(iter(sorted(sources)), None):
            yield Problem("source", "is not what the case cites as its source")

    def _event(self, path: str, event: EventData, number: int) -> Iterator[Problem]:
        yield from self._part("event", path, event)
        if event.number != number:
            yield Problem(f"{path}.number", f"is {event.number}, in place {number}")
        anchor = event.time.anchor
        if anchor is not None and (anchor not in self.events or anchor == event.id):
            yield Problem(f"{path}.time.anchor", f"{shown(anchor)} is no other event of the case")
        elif anchor is not None and self._goes_in_circles(event):
            yield Problem(f"{path}.time.anchor", "leads in a circle")
        if event.findings != self.of_event[event.id]:
            yield Problem(f"{path}.findings", "does not list the findings of this event")
        if event.results and event.category not in RESULT_CATEGORIES:
            yield Problem(f"{path}.results", f"do not go with {shown(event.category)}")
        for index, result in enumerate(event.results):
            yield from self._part("result", f"{path}.results[{index}]", result)
            yield from _same(f"{path}.results[{index}].event", result.event, event.id)
        yield from self._citations(f"{path}.citations", event.citations, event.id, None)

    def _finding(self, path: str, finding: FindingData) -> Iterator[Problem]:
        yield from self._part("finding", path, finding)
        if finding.event not in self.events:
            yield Problem(f"{path}.event", f"{shown(finding.event)} is no event of the case")
        if finding.lesion is not None and finding.lesion not in self.lesions:
            yield Problem(f"{path}.lesion", f"{shown(finding.lesion)} is no lesion of the case")
        dimensions = set()
        for index, size in enumerate(finding.measurements):
            below = f"{path}.measurements[{index}]"
            yield from self._part("measurement", below, size)
            yield from _same(f"{below}.finding", size.finding, finding.id)
            yield from _same(f"{below}.event", size.event, finding.event)
            yield from _same(f"{below}.lesion", size.lesion, finding.lesion)
            if size.dimension in dimensions:
                yield Problem(f"{below}.dimension", f"{shown(size.dimension)} is there twice")
            dimensions.add(size.dimension)
        yield from self._citations(f"{path}.citations", finding.citations, None, finding.id)

    def _citations(
        self, path: str, citations: list[CitationData], event: str | None, finding: str | None
    ) -> Iterator[Problem]:
        for index, citation in enumerate(citations):
            here = f"{path}[{index}]"
            yield from self._part("citation", here, citation)
            yield from _same(f"{here}.event", citation.event, event)
            yield from _same(f"{here}.finding", citation.finding, finding)
            number = self.numbers.get(citation.reference)
            if number is None:
                told = shown(citation.reference)
                yield Problem(f"{here}.reference", f"{told} is not in the reference list")
            elif number != citation.reference_number:
                yield Problem(f"{here}.reference_number", f"is not its number there, {number}")
            cited = (event or finding or "", citation.reference, citation.role)
            if cited in self.cited:
                yield Problem(here, "cites the same work in the same role as one before it")
            self.cited.add(cited)

    def _part(self, kind: str, path: str, part: Any) -> Iterator[Problem]:
        yield from self._id(kind, f"{path}.id", part.id)
        yield from _same(f"{path}.case", part.case, self.document.accession)

    def _id(self, kind: str, path: str, id: str) -> Iterator[Problem]:
        if PUBLIC_ID_RE.fullmatch(id) is None:
            yield Problem(path, f"{shown(id)} is no id: ten characters of 0-9, A-Z without I, L, O "
                          "and U")  # fmt: skip
        seen = self.seen.setdefault(kind, set())
        if id in seen:
            yield Problem(path, f"{id} is there twice")
        seen.add(id)

    def _goes_in_circles(self, event: EventData) -> bool:
        seen = {event.id}
        anchor = event.time.anchor
        while anchor is not None and anchor in self.events:
            if anchor in seen:
                return True
            seen.add(anchor)
            anchor = self.events[anchor].time.anchor
        return False


def _same(path: str, told: str | None, wanted: str | None) -> Iterator[Problem]:
    if told != wanted:
        yield Problem(path, f"is {shown(told)} where {shown(wanted)} stands around it")
