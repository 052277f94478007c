"""One case that has something of everything a document can hold."""

from __future__ import annotations

from dataclasses import dataclass

from literature.models import Reference
from patients.models import Case, Event, ImagingFinding, LaboratoryResult, Lesion
from tests.make import (
    make_case,
    make_citation,
    make_event,
    make_finding,
    make_lesion,
    make_measurement,
    make_patient,
    make_reference,
    make_result,
    make_source,
    make_term,
)
from tests.pages.pictures import make_image


@dataclass(frozen=True)
class RichCase:
    case: Case
    source: Reference
    study: Reference
    scan: Event
    drug: Event
    embolisation: Event
    pathology: Event
    outcome: Event
    lesion: Lesion
    finding: ImagingFinding
    later_finding: ImagingFinding
    result: LaboratoryResult


def make_rich_case() -> RichCase:
    """Rows are made in an order that is neither that of time nor that of the report."""
    liver = make_term(slug="liver", kind="body_site", display="Liver", display_zh="肝")
    drug_term = make_term(slug="octreotide", kind="drug", display="Octreotide")
    case = make_case(
        patient=make_patient(sex="female", country="CN"),
        title="A liver mass",
        diagnosis=make_term(slug="net", display="Neuroendocrine tumour"),
        primary_site=liver,
        day_zero_year=2016,
        age_low=50,
        age_high=54,
    )
    source, study = make_reference({"title": "The report"}), make_reference({"title": "A study"})
    outcome = make_event(
        case, position=4, category="outcome", label="Well", outcome="stable_disease",
        start_precision="year", start_low=1461, start_high=1826, start_reported_as="2020",
    )  # fmt: skip
    pathology = make_event(
        case, 12, position=3, category="pathology", label="Pathology", grade="G2", mitoses="3",
        mitoses_per="2 mm²", ki67_low="5", ki67_high="5.50",
        markers=[{"marker": "Synaptophysin", "result": "positive"}],
    )  # fmt: skip
    scan = make_event(
        case,
        0,
        position=0,
        category="imaging",
        label="MRI",
        is_index=True,
        site=liver,
        label_zh="磁共振成像",
    )
    embolisation = make_event(
        case, position=1, category="intervention", label="Embolisation", anchor=scan,
        start_precision="day", start_low=10, start_high=10, start_reported_as="10 days later",
        approach="transarterial", device="microspheres", device_low_um=100, device_high_um=300,
        term=make_term(slug="embolisation", kind="procedure", display="Embolisation"),
    )  # fmt: skip
    drug = make_event(
        case, position=2, category="drug", label="Octreotide", anchor=embolisation,
        start_precision="day", start_low=3, start_high=3, duration_low=28, duration_high=31,
        duration_reported_as="for 1 month", dose="30.000", dose_unit="mg", route="intramuscular",
        frequency="every 4 weeks", frequency_times=1, frequency_days=28, brand="A brand",
        term=drug_term,
    )  # fmt: skip
    lesion = make_lesion(case, label="Mass", kind="primary", site=liver, multiplicity="single",
                         label_zh="肿块")  # fmt: skip
    later_finding = make_finding(outcome, lesion=lesion, change="resolved", patency="patent")
    finding = make_finding(
        scan, lesion=lesion, modality="mri", site=liver, description="A mass", change="new",
        enhancement="arterial phase",
    )  # fmt: skip
    make_image(finding)
    make_measurement(finding, low_mm="21.0", high_mm="21.0")
    make_measurement(finding, dimension="perpendicular", low_mm="17", high_mm="17.5", position=1)
    result = make_result(
        pathology, analyte="CgA", term=make_term(slug="cga", kind="finding", display="Granin"),
        comparator=">", value="250.5000", reference_low="0", reference_high="100", note="fasting",
    )  # fmt: skip
    make_result(pathology, analyte="Albumin", value="30", unit="g/L", reference_low="35")
    make_citation(drug, study, note="Reason", number=7)
    make_citation(
        finding, study, role="contradicts", quote="A quote", locator="p. 3", quote_depth="abstract"
    )
    make_citation(case, role="background")
    make_source(case, source)
    return RichCase(
        case, source, study, scan, drug, embolisation, pathology, outcome, lesion, finding,
        later_finding, result,
    )  # fmt: skip
