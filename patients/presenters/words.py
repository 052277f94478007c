"""Wording of values: labels of closed lists, sizes, doses."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices

from patients.document.model import MeasurementData, ResultData, TermData
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


def analyte_words(result: ResultData) -> str:
    """As the report calls it, with the name of its term where that is another."""
    name = term_words(result.term)
    is_other = name and name.casefold() != result.analyte.casefold()
    return f"{result.analyte} ({name})" if is_other else result.analyte


def result_words(result: ResultData) -> str:
    """`250 ng/mL (reference 0–100)`, `>1000 U/L (reference up to 35), after fasting`."""
    value = f"{result.comparator}{result.value} {result.unit}".strip()
    low, high = result.reference_low, result.reference_high
    if low and high:
        value = f"{value} (reference {low}–{high})"
    elif low or high:
        value = f"{value} (reference {f'from {low}' if low else f'up to {high}'})"
    return f"{value}, {result.note}" if result.note else value


def filled(*rows: tuple[str, str]) -> list[Row]:
    """The rows that have a value."""
    return [Row(label, value) for label, value in rows if value]
