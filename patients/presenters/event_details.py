"""What an event shows beside its label, by category: one dict from category to function."""

from __future__ import annotations

from collections.abc import Callable

from patients.document.model import EventData
from patients.presenters.words import (
    Row,
    amount,
    analyte_words,
    filled,
    label_of,
    range_words,
    result_words,
    term_words,
)
from patients.vocabulary import Category, Grade, Outcome


class UnknownCategoryError(LookupError):
    """An event of a category that has no presenter: add one to PRESENTERS."""


def event_details(event: EventData) -> list[Row]:
    """Label and value of everything reported of the event. Raises UnknownCategoryError."""
    try:
        present = PRESENTERS[Category(event.category)]
    except (KeyError, ValueError):
        raise UnknownCategoryError(event.category) from None
    results = [Row(analyte_words(result), result_words(result)) for result in event.results]
    return [*present(event), *results, *filled(("Site", term_words(event.site)))]


def span_words(event: EventData) -> str:
    """How long it lasts; empty where that is not reported."""
    time = event.time
    if time.ongoing:
        return "ongoing"
    if time.duration is not None:
        return time.duration.words
    return f"until {time.end.words}" if time.end is not None else ""


def _plain(event: EventData) -> list[Row]:
    return filled(("Term", term_words(event.term)))


def _drug(event: EventData) -> list[Row]:
    drug = event.drug
    if drug is None:
        return []
    return filled(
        ("Drug", term_words(event.term)),
        ("Brand", drug.brand),
        ("Dose", amount(drug.dose, drug.dose_unit)),
        ("Route", drug.route),
        ("Frequency", drug.frequency),
    )


def _procedure(event: EventData) -> list[Row]:
    procedure = event.procedure
    if procedure is None:
        return []
    low, high = procedure.device_low_um, procedure.device_high_um
    size = range_words(str(low), str(high), "µm") if low is not None else ""
    return filled(
        ("Procedure", term_words(event.term)),
        ("Approach", procedure.approach),
        ("Device", procedure.device),
        ("Device size", size),
        ("Agent", procedure.agent),
    )


def _pathology(event: EventData) -> list[Row]:
    pathology = event.pathology
    if pathology is None:
        return []
    markers = ", ".join(f"{row.marker} {row.result}" for row in pathology.markers)
    mitoses = f"{pathology.mitoses} per {pathology.mitoses_per}" if pathology.mitoses else ""
    return filled(
        ("Diagnosis", term_words(event.term)),
        ("Markers", markers),
        ("Ki-67", range_words(pathology.ki67_low, pathology.ki67_high, "%")),
        ("Mitoses", mitoses),
        ("Grade", label_of(Grade, pathology.grade)),
    )


def _outcome(event: EventData) -> list[Row]:
    return [*_plain(event), *filled(("Outcome", label_of(Outcome, event.outcome)))]


PRESENTERS: dict[Category, Callable[[EventData], list[Row]]] = {
    Category.HISTORY: _plain,
    Category.PRESENTATION: _plain,
    Category.DIAGNOSIS: _pathology,
    Category.IMAGING: _plain,
    Category.PATHOLOGY: _pathology,
    Category.LABORATORY: _plain,
    Category.SURGERY: _procedure,
    Category.INTERVENTION: _procedure,
    Category.DRUG: _drug,
    Category.FOLLOW_UP: _outcome,
    Category.OUTCOME: _outcome,
}
