"""Published cases that are like each other, and the worker's part done at once."""

from __future__ import annotations

from typing import Any

from literature.models import Reference
from patients.actions import cases, likeness, same_patient
from patients.models import Case, Term
from tests import make


def work() -> None:
    """All that the worker would do."""
    last: int | None = 0
    while last is not None:
        last = likeness.keep_features_after(last)
    while likeness.find_stale():
        pass


def look() -> None:
    while same_patient.look_at_latest():
        pass


def term(slug: str, kind: str) -> Term:
    found = Term.objects.filter(slug=slug).first()
    display = slug.replace("-", " ").capitalize()
    return found or make.make_term(slug=slug, kind=kind, display=display)


def make_like(title: str, *, vein: str = "", drugs: tuple[str, ...] = ("heparin",),
              cites: Reference | None = None, **changes: Any) -> Case:  # fmt: skip
    """A draft with the diagnosis that all have; `vein` is thrombosed where one is named."""
    case = make.make_case(
        title=title, diagnosis=term("tumour", "diagnosis"),
        patient=make.make_patient(sex="female"), age_low=50, age_high=50, **changes,
    )  # fmt: skip
    make.make_source(case)
    make.make_event(case, 0, is_index=True)
    for place, drug in enumerate(drugs, 1):
        make.make_event(case, place, category="drug", term=term(drug, "drug"), label=drug)
    if cites is not None:
        make.make_citation(case, cites)
    if vein:
        make.make_finding(
            make.make_event(case, 40, category="imaging"), patency="thrombosed", modality="mri",
            site=term(vein, "body_site"),
        )  # fmt: skip
    cases.refresh(case=case)
    return case


def publish_like(title: str, **changes: Any) -> Case:
    case = make_like(title, **changes)
    cases.publish(case=case, by=None)
    case.refresh_from_db()
    return case


def make_report_of(author: str, **changes: Any) -> Case:
    """A case on a woman of 50 with a metastasis of 21 mm in the liver, in a report of `author`."""
    case = make.make_case(
        title=f"Told by {author}", patient=make.make_patient(sex="female"), age_low=50,
        age_high=50, diagnosis=term("tumour", "diagnosis"), **changes,
    )  # fmt: skip
    reference = make.make_reference({"author": [{"family": author, "given": "W"}]})
    make.make_source(case, reference)
    liver = term("liver", "body_site")
    finding = make.make_finding(
        make.make_event(case, 0, category="imaging", is_index=True), modality="ct",
        site=liver, lesion=make.make_lesion(case, site=liver),
    )  # fmt: skip
    make.make_measurement(finding)
    cases.refresh(case=case)
    return case
