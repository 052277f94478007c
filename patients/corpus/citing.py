"""The citations of one synthetic course: its report as the source, and works of the pool."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING

from patients.corpus import phrases
from patients.corpus.draws import any_of, zipf
from patients.corpus.works import work
from patients.document.model import CitationData, EventData, FindingData, ReferenceData

if TYPE_CHECKING:
    from patients.corpus.events import Course

ROLES = ("supports", "background", "method", "compared_case", "contradicts")
MEAN, SPREAD, FEWEST = 25, 5, 5
_but_the_number = attrgetter(*(field.name for field in fields(ReferenceData)[1:]))
OF_CASE = 3
"""Citations of the case itself beside its source."""


class Citing:
    """Spreads citations over a course; numbers references in order of first citation."""

    def __init__(self, course: Course, source: ReferenceData, pool: int) -> None:
        self.course, self.source, self.pool = course, source, pool
        self.references: list[ReferenceData] = []
        self._numbers: dict[str, int] = {}
        random = course.random
        self._left = max(FEWEST, int(random.gauss(MEAN, SPREAD)))
        self.of_case = [self._cite(source, "source")]
        self.of_case += [self._from_pool() for _ in range(OF_CASE)]
        self.of_case = _without_repeats(self.of_case)

    def cited(self, course: Course) -> tuple[list[EventData], list[FindingData]]:
        """Events and findings with their citations, in the order of the document."""
        per_event = max(1, (self._left - len(self.of_case)) // len(course.events))
        of_event: dict[str, list[FindingData]] = {}
        for finding in course.findings:
            of_event.setdefault(finding.event, []).append(finding)
        findings = []
        for event in course.events:
            made = [self._from_pool(event=event.id) for _ in range(per_event)]
            if self.course.random.random() < 0.5:
                made.append(self._cite(self.source, "source", event=event.id))
            event.citations.extend(_without_repeats(made))
            for finding in of_event.get(event.id, ()):
                if self.course.random.random() < 0.25:
                    finding.citations.append(self._from_pool(finding=finding.id))
                findings.append(finding)
        return course.events, findings

    def _from_pool(self, event: str | None = None, finding: str | None = None) -> CitationData:
        random = self.course.random
        cited = work(self.course.seed, zipf(random, self.pool))
        role = ROLES[zipf(random, len(ROLES))]
        return self._cite(cited, role, event=event, finding=finding)

    def _cite(
        self, cited: ReferenceData, role: str, event: str | None = None, finding: str | None = None
    ) -> CitationData:
        number = self._numbers.get(cited.id)
        if number is None:
            number = self._numbers[cited.id] = len(self.references) + 1
            self.references.append(ReferenceData(number, *_but_the_number(cited)))
        course = self.course
        return CitationData(
            id=course.new_id(), case=course.accession, event=event, finding=finding,
            reference=cited.id, reference_number=number, role=role, number=None,
            note=any_of(course.random, phrases.REASONS), quote="", locator="", quote_depth="",
        )  # fmt: skip


def _without_repeats(citations: list[CitationData]) -> list[CitationData]:
    """One work is cited once in one place in one role."""
    return list({(each.reference, each.role): each for each in reversed(citations)}.values())[::-1]
