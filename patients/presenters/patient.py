"""Who a case is about, in rows."""

from __future__ import annotations

from patients.document.model import CaseDocument
from patients.presenters.words import NOT_REPORTED, Row, label_of, term_words
from patients.vocabulary import Sex


def patient_rows(document: CaseDocument) -> list[Row]:
    patient = document.patient
    day_zero = next((event.label for event in document.events if event.is_index), "")
    if document.day_zero_year:
        day_zero = f"{day_zero} ({document.day_zero_year})".strip()
    rows = [
        ("Sex", label_of(Sex, patient.sex)),
        ("Age at day 0", patient.age_words),
        ("Country", patient.country),
        ("Diagnosis", term_words(document.diagnosis)),
        ("Primary site", term_words(document.primary_site)),
        ("Day 0", day_zero),
    ]
    return [Row(label, value or NOT_REPORTED) for label, value in rows]
