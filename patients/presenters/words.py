"""Wording of values: labels of closed lists, sizes, doses."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices

from patients.document.model import MeasurementData, TermData
from patients.vocabulary import Dimension

NOT_REPORTED = "Not reported"


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    value: str


def label_of(choices: type[TextChoices], value: str) -> str:
    """The label of `value`; the value itself where a later version no longer knows it."""
    return str(choices(value).label) if value in choices.values else value


def term_words(term: TermData | None) -> str:
    return term.display if term else ""


def range_words(low: str, high: str, unit: str) -> str:
    """`21 mm`, `30–70 mm`."""
    if not low:
        return ""
    return f"{low} {unit}" if low == high else f"{low}–{high} {unit}"


def sizes_words(measurements: list[MeasurementData]) -> str:
    """Sizes of one finding, largest dimension first: `21 × 17 mm`."""
    order = list(Dimension.values)
    rows = sorted(measurements, key=lambda row: order.index(row.dimension))
    parts = [range_words(row.low_mm, row.high_mm, "").strip() for row in rows]
    return f"{' × '.join(parts)} mm" if parts else ""


def amount(value: str, unit: str) -> str:
    return f"{value} {unit}".strip() if value else ""


def filled(*rows: tuple[str, str]) -> list[Row]:
    """The rows that have a value."""
    return [Row(label, value) for label, value in rows if value]
