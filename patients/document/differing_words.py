"""Values of the document as people read them in a list of differences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import TextChoices

from literature.notices import notice_view
from literature.quotes.states import QuoteState
from patients import vocabulary
from patients.document.model import (
    CaseDocument,
    DurationData,
    FoundInData,
    MarkerData,
    NoticeData,
    TermData,
    TimeData,
)
from patients.document.parts import finding_label

MAX_NAME = 80


class Names:
    """What the parts of one document are called."""

    def __init__(self, document: CaseDocument) -> None:
        self.events = {row.id: f"“{row.label}”" for row in document.events}
        labels = {row.id: row.label for row in document.events}
        self.event_of_finding = {row.id: row.event for row in document.imaging_findings}
        self.findings = {
            row.id: f"“{finding_label(row, labels.get(row.event, row.event))}”"
            for row in document.imaging_findings
        }
        self.lesions = {row.id: f"“{row.label}”" for row in document.lesions}
        self.rules = {row.id: rule.name for rule in document.derived for row in rule.results}
        self.references = {row.id: row.short or row.title for row in document.references}

    def of(self, kind: str, record: Any) -> str:
        name: Callable[[Any], str] = getattr(self, f"_{kind}")
        text = name(record)
        return text if len(text) <= MAX_NAME else text[: MAX_NAME - 1] + "…"

    def event_of(self, kind: str, record: Any) -> str:
        """The id of the event that a part belongs to; empty for others."""
        match kind:
            case "event":
                return str(record.id)
            case "finding" | "measurement" | "result":
                return str(record.event)
            case "image":
                return self.event_of_finding.get(record.finding, "")
            case "derived":
                return self.event_of_subject(record.subject)
            case "citation":
                return str(record.event or self.event_of_finding.get(record.finding, ""))
        return ""

    def event_of_subject(self, subject: str) -> str:
        """Of what a result is about; empty for a lesion."""
        kind, _, key = subject.rpartition(".")[2].partition("-")
        return key if kind == "event" else self.event_of_finding.get(key, "")

    def _event(self, record: Any) -> str:
        return f"Event {self.events[record.id]}"

    def _finding(self, record: Any) -> str:
        return f"Finding {self.findings[record.id]}"

    def _measurement(self, record: Any) -> str:
        size = dimension(record.dimension, self).lower()
        return f"Size ({size}) of {self.findings.get(record.finding, record.finding)}"

    def _image(self, record: Any) -> str:
        return f"Image “{record.caption}”" if record.caption else "Image that was removed"

    def _result(self, record: Any) -> str:
        return f"{record.analyte} of {self.events.get(record.event, record.event)}"

    def _lesion(self, record: Any) -> str:
        return f"Lesion {self.lesions[record.id]}"

    def _citation(self, record: Any) -> str:
        if record.event:
            on = self.events.get(record.event, record.event)
        elif record.finding:
            on = self.findings.get(record.finding, record.finding)
        else:
            on = "the case"
        return f"Citation of {self.references.get(record.reference, record.reference)} for {on}"

    def _derived(self, record: Any) -> str:
        return f"Derived ({self.rules[record.id]}): “{record.heading}”"

    def _reference(self, record: Any) -> str:
        return f"Reference {self.references[record.id]}"


def plain(value: Any, names: Names) -> str:
    return str(value)


def lines(value: list[str], names: Names) -> str:
    return " ".join(value)


def yes_or_no(value: bool, names: Names) -> str:
    return "yes" if value else "no"


def term(value: TermData, names: Names) -> str:
    return value.display


def time(value: TimeData, names: Names) -> str:
    return f"{value.words} ({value.days_words})" if value.days_words != value.words else value.words


def duration(value: DurationData, names: Names) -> str:
    return value.words


def event(value: str, names: Names) -> str:
    return names.events.get(value, value)


def finding(value: str, names: Names) -> str:
    return names.findings.get(value, value)


def lesion(value: str, names: Names) -> str:
    return names.lesions.get(value, value)


def reference(value: str, names: Names) -> str:
    return names.references.get(value, value)


def found_in(value: FoundInData, names: Names) -> str:
    return value.short


def markers(value: list[MarkerData], names: Names) -> str:
    results = dict(vocabulary.MarkerResult.choices)
    return ", ".join(f"{row.marker} {results.get(row.result, row.result)}" for row in value)


def notices(value: list[NoticeData], names: Names) -> str:
    told = [notice_view(row.kind, row.year, row.dois, row.pmids, row.sources) for row in value]
    return ", ".join(row.label for row in told)


def _choice(choices: type[TextChoices]) -> Callable[[str, Names], str]:
    labels = {str(value): str(label) for value, label in choices.choices}
    return lambda value, names: labels.get(value, value)


sex = _choice(vocabulary.Sex)
category = _choice(vocabulary.Category)
outcome = _choice(vocabulary.Outcome)
grade = _choice(vocabulary.Grade)
modality = _choice(vocabulary.Modality)
change = _choice(vocabulary.Change)
patency = _choice(vocabulary.Patency)
lesion_kind = _choice(vocabulary.LesionKind)
multiplicity = _choice(vocabulary.Multiplicity)
dimension = _choice(vocabulary.Dimension)
role = _choice(vocabulary.Role)
depth = _choice(vocabulary.QuoteDepth)
quote_state = _choice(QuoteState)
