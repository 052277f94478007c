"""WHO grade of digestive neuroendocrine neoplasms, from Ki-67 and mitoses. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from patients.derived.model import Derived, Input, Rule
from patients.document.model import CaseDocument, EventData, PathologyData
from patients.vocabulary import Grade

RULE: Final = Rule(
    key="who_grade",
    name="WHO grade",
    source="WHO Classification of Tumours, Digestive System Tumours, 5th edition, 2019",
    note="For well-differentiated neuroendocrine tumours. A carcinoma (NEC) is told by its "
    "differentiation, which no number shows.",
)
KI67: Final = (Decimal(3), Decimal(20))
"""Percent: below the first G1, up to and with the second G2, above it G3."""
MITOSES: Final = (Decimal(2), Decimal(20))
"""Per 2 mm², likewise."""
GRADES: Final = (Grade.G1, Grade.G2, Grade.G3)
_TWO_SQUARE_MM: Final = re.compile(r"\s*2\s*mm\s*(?:2|²|\^2)\s*", re.IGNORECASE)


def grade_by(value: Decimal, limits: tuple[Decimal, Decimal]) -> int:
    """0, 1 or 2 for G1, G2 or G3."""
    return int(value >= limits[0]) + int(value > limits[1])


def grades(document: CaseDocument) -> Iterator[Derived]:
    """One for each event with Ki-67 or mitoses."""
    for event in document.events:
        pathology = event.pathology
        if pathology is not None and (pathology.ki67_low or pathology.mitoses):
            yield _grade(event, pathology)


def _grade(event: EventData, pathology: PathologyData) -> Derived:
    inputs = tuple(Input(words, f"event-{event.id}") for words in _told(pathology))
    grade = pathology.grade
    found = Derived(
        RULE, f"event-{event.id}", event.label, inputs,
        reported=grade, reported_words=str(Grade(grade).label) if grade else "",
    )  # fmt: skip
    if pathology.grade == Grade.NEC:
        reason = "The report calls it a carcinoma (NEC), which has no grade by number."
        return replace(found, reason=reason)
    by_ki67, by_mitoses = _by_ki67(pathology), _by_mitoses(pathology)
    if isinstance(by_mitoses, str):
        return replace(found, reason=by_mitoses)
    if by_ki67 is None and by_mitoses is None:
        return replace(found, reason="Neither Ki-67 nor mitoses per 2 mm² is reported.")
    known = [bounds for bounds in (by_ki67, by_mitoses) if bounds is not None]
    low, high = max(bounds[0] for bounds in known), max(bounds[1] for bounds in known)
    if low != high:
        reason = f"Ki-67 is a range that reaches from {GRADES[low]} to {GRADES[high]}."
        return replace(found, reason=reason)
    words = _words(low, by_ki67, by_mitoses)
    return replace(found, result=str(GRADES[low]), words=words)


def _told(pathology: PathologyData) -> Iterator[str]:
    if pathology.ki67_low:
        low, high = pathology.ki67_low, pathology.ki67_high
        yield f"Ki-67 {low} %" if low == high else f"Ki-67 {low}–{high or '…'} %"
    if pathology.mitoses:
        area = f" per {pathology.mitoses_per}" if pathology.mitoses_per else ""
        yield f"{pathology.mitoses} mitoses{area}"


def _by_ki67(pathology: PathologyData) -> tuple[int, int] | None:
    if not pathology.ki67_low:
        return None
    low = grade_by(Decimal(pathology.ki67_low), KI67)
    return low, grade_by(Decimal(pathology.ki67_high), KI67) if pathology.ki67_high else 2


def _by_mitoses(pathology: PathologyData) -> tuple[int, int] | str | None:
    """A sentence where they are counted in another area: ten high-power fields are not 2 mm²."""
    if not pathology.mitoses:
        return None
    if not pathology.mitoses_per:
        return "Mitoses are given without the area that they were counted in."
    if not _TWO_SQUARE_MM.fullmatch(pathology.mitoses_per):
        return (
            f"Mitoses are counted per {pathology.mitoses_per}; the rule counts them per 2 mm², and "
            "the higher of the two indices decides."
        )
    grade = grade_by(Decimal(pathology.mitoses), MITOSES)
    return grade, grade


def _words(grade: int, by_ki67: tuple[int, int] | None, by_mitoses: tuple[int, int] | None) -> str:
    name = GRADES[grade].label
    if grade == len(GRADES) - 1 or (by_ki67 is not None and by_mitoses is not None):
        return f"{name}."
    missing = "Mitoses are" if by_mitoses is None else "Ki-67 is"
    by = "Ki-67" if by_mitoses is None else "mitoses"
    return f"{name} by {by} alone. {missing} not reported, and the higher index decides."
