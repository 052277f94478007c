"""The CARE checklist of case reports (2013, 13 items): what a record itself shows of it.

CARE guidelines, J Med Case Rep 2013;7:223, table 1; the items are told in our own words. What is
derived is labelled so, and only ever says "present": a record cannot show that a report lacks
something.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from patients.document import CaseDocument
from patients.document.model import EventData
from patients.vocabulary import TREATMENTS, CareState, Category, Role

ITEMS: Final[Mapping[str, str]] = {
    "title": "The title says that it is a case report, and what of",
    "key_words": "Two to five key words",
    "abstract": "A summary: what is new, the presentation, what to take away",
    "background": "The background, with studies",
    "patient": "Who the patient is, the complaints, the history, earlier treatment",
    "examination": "What the examination found",
    "timeline": "The course with its times",
    "diagnosis": "How the diagnosis was made, what else it could have been, the prognosis",
    "treatment": "Treatment: kind, dose, duration, changes and why",
    "outcome": "Follow-up and outcome, adherence, adverse events",
    "discussion": "Strengths and limits, other studies, the reasoning, what was learnt",
    "perspective": "How the patient saw it",
    "consent": "That the patient consented",
}
SEES: Final = (Category.IMAGING, Category.PATHOLOGY, Category.LABORATORY, Category.DIAGNOSIS)


@dataclass(frozen=True, slots=True)
class CareItem:
    key: str
    label: str
    state: str
    """What a curator ticked, else what the record shows; empty where neither says anything."""
    shown_by: str
    """What in the record shows it, in words; empty where nothing does."""
    is_derived: bool
    """Whether nobody has ticked it and the state comes from the record."""
    target: str = ""
    """The fragment of the case page that shows it; empty where nothing in the record does."""

    @property
    def state_label(self) -> str:
        return str(CareState(self.state).label) if self.state else ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What in the record shows an item: in words, and as a fragment of the case page."""

    words: str
    target: str


def care_items(document: CaseDocument, ticked: Mapping[str, str]) -> list[CareItem]:
    """All 13, in their order."""
    shown = shown_in(document)
    return [
        CareItem(
            key=key,
            label=label,
            state=ticked.get(key, "") or (CareState.PRESENT.value if key in shown else ""),
            shown_by=shown[key].words if key in shown else "",
            is_derived=not ticked.get(key) and key in shown,
            target=shown[key].target if key in shown else "",
        )
        for key, label in ITEMS.items()
    ]


def shown_in(document: CaseDocument) -> dict[str, Shown]:
    """The items that the record shows by itself, each with what shows it."""
    events = document.events
    found = {
        "background": _cited_as_background(document),
        "patient": _told_of_the_patient(document),
        "timeline": _timed(events),
        "diagnosis": _first(events, SEES) if document.diagnosis else None,
        "treatment": _treatments(events),
        "outcome": _outcome(events),
    }
    return {key: shown for key, shown in found.items() if shown is not None}


def _cited_as_background(document: CaseDocument) -> Shown | None:
    citations = [
        *document.citations,
        *(row for event in document.events for row in event.citations),
    ]
    cited = {row.reference for row in citations if row.role == Role.BACKGROUND}
    return Shown(f"{len(cited)} cited as background", "references") if cited else None


def _told_of_the_patient(document: CaseDocument) -> Shown | None:
    patient = document.patient
    history = _first(document.events, (Category.HISTORY, Category.PRESENTATION))
    if history is None or not (patient.sex and patient.age_words):
        return None
    return Shown(f"{patient.age_words}, {patient.sex}; {history.words}", "patient")


def _timed(events: list[EventData]) -> Shown | None:
    timed = [event for event in events if event.time.start.precision != "unknown"]
    return Shown(f"{len(timed)} events with a time", "timeline") if len(timed) > 1 else None


def _treatments(events: list[EventData]) -> Shown | None:
    """Only where every drug has its dose: a treatment without one is for a person to judge."""
    given = [event for event in events if event.category in TREATMENTS]
    if not given or any(event.drug and not event.drug.dose for event in given):
        return None
    return _first(given, TREATMENTS)


def _outcome(events: list[EventData]) -> Shown | None:
    return next((_event(event) for event in reversed(events) if event.outcome), None)


def _first(events: list[EventData], categories: tuple[Category, ...]) -> Shown | None:
    return next((_event(event) for event in events if event.category in categories), None)


def _event(event: EventData) -> Shown:
    return Shown(f"“{event.label}”", f"event-{event.id}")
