"""Drawing a hidden case, and the addresses at which it would be."""

from __future__ import annotations

from random import Random
from typing import Final

from literature.models import Reference
from patients.actions import cases
from patients.models import Case, Patient
from tests import make
from tests.pages.pictures import make_image
from tests.patients.images.rows import with_files
from tests.worlds.public import PublicWorld

Address = tuple[str, str]
"""Of something hidden, and the same of nothing."""
NO_CASE: Final = "CB-0000000"
NO_PART: Final = "0000000000"
WORDS: Final = (
    "clot", "clott", "sternbergia", "sternbergja", "portal", "heparin", "Heparinum", "血栓",
    "门静脉血栓形成", "胸腺瘤", "warfarin", "thymoma", "a course told", "oedema", "edema", "case",
    "10.5555/shared", "embolisation", "Zurich", "2016", "surgery", "nobody",
)  # fmt: skip
OF_CASE: Final = (
    "/cases/{}/", "/api/v1/cases/{}/", "/cases/{}/like/", "/api/v1/cases/{}/like/",
    "/cases/{}/timeline.svg", "/cases/{}/timeline.pdf", "/cases/{}/versions/", "/cases/{}/v/1/",
    "/api/v1/cases/{}/versions/", "/api/v1/cases/{}/versions/1/", "/cases/{}/pack/",
    "/cases/{}/pack.zip", "/cases/{}/images/", "/cases/{}/references/?format=ris",
    "/cases/{}/edit/", "/cases/{}/history/", "/cases/{}/publish/", "/cases/{}/propose/",
    "/cases/?q={}", "/cases/compare/?case={}", "/cases/compare.csv?case={}", "/cases/feed/?q={}",
    "/api/v1/cases/?q={}", "/api/v1/events/?case={}", "/api/v1/lesions/?case={}",
    "/api/v1/citations/?case={}", "/api/v1/cases/{}/references/", "/cases/results.csv?q={}",
)  # fmt: skip


def drawn_case(world: PublicWorld, random: Random) -> Case:
    """A draft that has words, terms, works, days and perhaps its patient in common with cases that
    are public, and with none."""
    terms = [*world.terms.values(), *world.unused_terms]
    case = make.make_case(
        title=phrase(random), summary=phrase(random, 12),
        patient=_patient(world, random),
        diagnosis=random.choice([None, *(term for term in terms if term.kind == "diagnosis")]),
        day_zero_year=random.choice([None, 2010, 2016, 2024]),
        age_low=(age := random.choice([None, 34, 60])), age_high=age,
    )  # fmt: skip
    make.make_source(case, drawn_reference(world, random))
    for number in range(random.randint(1, 4)):
        term = random.choice(
            [None, *(term for term in terms if term.kind in ("drug", "procedure"))]
        )
        kind = {"drug": "drug", "procedure": "surgery"}.get(term.kind if term else "", "outcome")
        make.make_event(
            case, random.choice([None, 0, 3, 12, 400]) if number else 0, is_index=number == 0,
            category=kind, term=term, label=phrase(random),
        )  # fmt: skip
    if random.random() < 0.7:
        drawn_scan(case, world, random)
    if random.random() < 0.3:
        make.make_result(
            analyte=phrase(random), event=make.make_event(case, 5, category="laboratory")
        )
    cases.refresh(case=case)
    return case


def drawn_scan(case: Case, world: PublicWorld, random: Random) -> None:
    scan = make.make_event(case, random.choice([2, 12]), category="imaging", label=phrase(random))
    finding = make.make_finding(
        scan, site=world.terms["vein"], modality=random.choice(["mri", "ct"]),
        patency=random.choice(["thrombosed", "patent"]), lesion=make.make_lesion(case),
    )  # fmt: skip
    make.make_measurement(finding)
    make.make_citation(finding, drawn_reference(world, random), note=phrase(random))
    if random.random() < 0.5:
        with_files(make_image(finding, confirmed=random.random() < 0.7, caption=phrase(random)))


def phrase(random: Random, most: int = 4) -> str:
    return " ".join(random.choices(WORDS, k=random.randint(1, most)))


def _patient(world: PublicWorld, random: Random) -> Patient:
    if random.random() < 0.4:
        return random.choice(world.published).patient
    return make.make_patient(sex=random.choice(["", "male", "female"]))


def drawn_reference(world: PublicWorld, random: Random) -> Reference:
    return random.choice([world.shared, world.shared, *world.unused, world.records.reference])


def addresses_of(case: Case, *, withdrawn: bool = False) -> list[Address]:
    """`withdrawn`: a page is kept that says so; its parts are as nothing all the same."""
    found = [] if withdrawn else [(at.format(case.accession), at.format(NO_CASE)) for at in OF_CASE]
    for kind, rows in (
        ("events", case.events), ("imaging-findings", case.imagingfindings),
        ("lesions", case.lesions), ("citations", case.citations), ("images", case.findingimages),
    ):  # fmt: skip
        row = rows.first()
        if row is not None:
            at = f"/api/v1/{kind}/{{}}/"
            found.append((at.format(row.public_id), at.format(NO_PART)))
            if kind == "images" and not withdrawn:
                at = "/cases/{}/images/{}.png"
                absent = at.format(NO_CASE, NO_PART)
                found.append((at.format(case.accession, row.public_id), absent))
    if not case.patient.cases.filter(status="published").exists():
        at = "/api/v1/patients/{}/"
        found.append((at.format(case.patient.public_id), at.format(NO_PART)))
    return found
