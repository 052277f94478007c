"""The parts of an event that depend on its category, and other small parts of the document."""

from decimal import Decimal

from patients.document.model import (
    DrugData,
    MarkerData,
    PathologyData,
    PatientData,
    ProcedureData,
    ResultData,
    TermData,
)
from patients.models import Case, Event, LaboratoryResult, Term
from patients.models.case import NINETY_AND_OVER
from patients.vocabulary import Category


def decimal_text(value: Decimal | None) -> str:
    """Without trailing zeros: `0.400` is `0.4`, `30.000` is `30`; nothing is empty."""
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def term_data(term: Term | None) -> TermData | None:
    if term is None:
        return None
    return TermData(term.slug, term.display, term.display_zh, term.system, term.code)


def patient_data(case: Case) -> PatientData:
    """The person as this case tells of them: age is that of day 0."""
    patient = case.patient
    return PatientData(
        id=patient.public_id,
        sex=patient.sex,
        country=patient.country,
        age_low=case.age_low,
        age_high=case.age_high,
        age_words=age_words(case.age_low, case.age_high),
    )


def age_words(low: int | None, high: int | None) -> str:
    """`50 years`, `40 to 44 years`, `90 years and over`; empty where not reported."""
    if low is None:
        return ""
    if low == NINETY_AND_OVER:
        return f"{NINETY_AND_OVER} years and over"
    if low == high:
        return "1 year" if low == 1 else f"{low} years"
    return f"{low} to {high} years"


def drug_data(event: Event) -> DrugData | None:
    if event.category != Category.DRUG:
        return None
    return DrugData(
        dose=decimal_text(event.dose),
        dose_unit=event.dose_unit,
        route=event.route,
        frequency=event.frequency,
        frequency_times=event.frequency_times,
        frequency_days=event.frequency_days,
        brand=event.brand,
    )


def procedure_data(event: Event) -> ProcedureData | None:
    if event.category not in (Category.SURGERY, Category.INTERVENTION):
        return None
    return ProcedureData(
        approach=event.approach,
        device=event.device,
        device_low_um=event.device_low_um,
        device_high_um=event.device_high_um,
        agent=event.agent,
    )


def pathology_data(event: Event) -> PathologyData | None:
    if event.category not in (Category.PATHOLOGY, Category.DIAGNOSIS):
        return None
    return PathologyData(
        markers=[MarkerData(row["marker"], row["result"]) for row in event.markers],
        ki67_low=decimal_text(event.ki67_low),
        ki67_high=decimal_text(event.ki67_high),
        mitoses=decimal_text(event.mitoses),
        mitoses_per=event.mitoses_per,
        grade=event.grade,
    )


def result_data(row: LaboratoryResult, event: Event, case: Case) -> ResultData:
    return ResultData(
        id=row.public_id,
        case=case.accession,
        event=event.public_id,
        analyte=row.analyte,
        term=term_data(row.term),
        comparator=row.comparator,
        value=decimal_text(row.value),
        unit=row.unit,
        reference_low=decimal_text(row.reference_low),
        reference_high=decimal_text(row.reference_high),
        note=row.note,
    )
