"""What a working record still misses: before it can be published, and before it is worth reading.

Pure: it reads the case document alone. What a report does not say stays empty for good, so that
all but contradictions, events and the source is advice, and never keeps a case from readers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from patients.document import CaseDocument
from patients.document.model import EventData, FindingData
from patients.vocabulary import Category, Role

MUST: Final = "must"
SHOULD: Final = "should"


@dataclass(frozen=True, slots=True)
class Missing:
    severity: str
    """`must` before the case can be published, or `should`."""
    message: str
    """One sentence."""
    target: str = ""
    """`event-`, `finding-` or `lesion-` with the id of what it is about; empty for the case."""


def missing_in(document: CaseDocument) -> list[Missing]:
    """What must be there first, then what should be: of the case, its events, its lesions."""
    return [
        *_needed(document),
        *_of_case(document),
        *_of_events(document),
        *_of_lesions(document),
    ]


def refusals_of(document: CaseDocument) -> list[str]:
    """Why the case cannot be published, in sentences; empty where it can."""
    return [missing.message for missing in _needed(document)]


def _needed(document: CaseDocument) -> Iterator[Missing]:
    for problem in document.problems:
        yield Missing(MUST, problem, _told_of(problem, document.events))
    if not document.events:
        yield Missing(MUST, "A case needs at least one event.")
    if document.source is None:
        yield Missing(MUST, "A case needs its source: a citation of the case itself in this role.")


def _told_of(problem: str, events: list[EventData]) -> str:
    """The event that a contradiction begins with, unless two are called the same."""
    named = [event.id for event in events if problem.startswith(f"“{event.label}”")]
    return f"event-{named[0]}" if len(named) == 1 else ""


def _of_case(document: CaseDocument) -> Iterator[Missing]:
    if document.events and not any(event.is_index for event in document.events):
        yield Missing(SHOULD, "No event is day 0: nothing says what the days count from.")
    if not document.summary.strip():
        yield Missing(SHOULD, "The case has no summary.")
    if document.diagnosis is None:
        yield Missing(SHOULD, "The case has no diagnosis.")
    if not document.patient.sex:
        yield Missing(SHOULD, "The sex of the patient is not given.")
    if document.patient.age_low is None:
        yield Missing(SHOULD, "The age of the patient is not given.")
    if document.events and not any(event.outcome for event in document.events):
        yield Missing(SHOULD, "No follow-up or outcome says how the course went.")


def _of_events(document: CaseDocument) -> Iterator[Missing]:
    findings: dict[str, list[FindingData]] = defaultdict(list)
    for finding in document.imaging_findings:
        findings[finding.event].append(finding)
    for event in document.events:
        for message in _lacking(event, findings[event.id]):
            yield Missing(SHOULD, message, f"event-{event.id}")
        for finding in findings[event.id]:
            if _is_empty(finding):
                message = f"A finding of “{event.label}” says nothing yet."
                yield Missing(SHOULD, message, f"finding-{finding.id}")


def _lacking(event: EventData, findings: list[FindingData]) -> Iterator[str]:
    name, start = f"“{event.label}”", event.time.start
    if start.low is None and start.high is None:
        yield f"{name} has no time."
    cited = [*event.citations, *(row for finding in findings for row in finding.citations)]
    if not any(citation.role == Role.SOURCE for citation in cited):
        yield f"{name} has no source: cite the report that tells of it."
    if event.category == Category.IMAGING and not findings:
        yield f"{name} has no findings."
    if event.category == Category.LABORATORY and not event.results:
        yield f"{name} has no values."
    if event.drug is not None and not event.drug.dose:
        yield f"{name} has no dose."
    if event.category == Category.OUTCOME and not event.outcome:
        yield f"{name} does not say which outcome it was."


def _is_empty(finding: FindingData) -> bool:
    told = (
        finding.description, finding.enhancement, finding.change, finding.patency,
        finding.lesion, finding.site, finding.measurements,
    )  # fmt: skip
    return not any(told)


def _of_lesions(document: CaseDocument) -> Iterator[Missing]:
    for lesion in document.lesions:
        if not lesion.findings:
            message = f"“{lesion.label}” has no findings."
            yield Missing(SHOULD, message, f"lesion-{lesion.id}")
