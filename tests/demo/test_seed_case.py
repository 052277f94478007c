"""The seed case holds every event of its report, with the figures reported and no others."""

import pytest

from patients.document import from_builtins
from patients.document.model import CaseDocument
from patients.models import CaseVersion
from patients.presenters import case_view
from patients.presenters.words import sizes_words

SEED_SOURCE = "10.3389/fonc.2021.809129"


@pytest.fixture(scope="module")
def seed(from_demo) -> CaseDocument:
    return from_demo(published_seed_case)


def published_seed_case() -> CaseDocument:
    for version in CaseVersion.objects.all():
        document = from_builtins(version.document)
        source = next(row for row in document.references if row.id == document.source)
        if source.doi == SEED_SOURCE:
            return document
    raise AssertionError("the seed case is not in the demo knowledge base")


def event_of(document, term):
    (event,) = [row for row in document.events if row.term and row.term.slug == term]
    return event


def words_of(document, term):
    view = next(row for row in case_view(document).events if row.id == event_of(document, term).id)
    return {row.label: row.value for row in view.details} | {"span": view.span, "when": view.when}


def test_patient(seed):
    assert (seed.patient.sex, seed.patient.age_words) == ("male", "50 years")
    assert seed.day_zero_year == 2016
    assert any("hepatitis C" in event.label for event in seed.events)


def test_course_is_told_in_order(seed):
    told = [event.term.slug for event in seed.events if event.term]
    expected = [
        "hepatitis-c",
        "liver-mass",
        "mri",
        "right-hepatectomy",
        "pancreatic-neuroendocrine-tumour",
        "fdg-pet-ct",
        "hepatic-artery-embolisation",
        "octreotide",
        "low-molecular-weight-heparin",
        "rivaroxaban",
    ]
    assert [slug for slug in dict.fromkeys(told) if slug in expected] == expected


def test_liver_mass_is_21_by_17_mm(seed):
    sizes = [sizes_words(row.measurements) for row in seed.imaging_findings if row.measurements]
    assert sizes == ["21 × 17 mm"]


def test_embolisation_microspheres(seed):
    assert words_of(seed, "hepatic-artery-embolisation")["Device size"] == "100–300 µm"


def test_octreotide(seed):
    words = words_of(seed, "octreotide")
    assert (words["Brand"], words["Dose"], words["Frequency"]) == (
        "Shanlong",
        "30 mg",
        "every 4 weeks",
    )
    assert words["span"] == "ongoing"


def test_heparin(seed):
    words = words_of(seed, "low-molecular-weight-heparin")
    assert (words["Dose"], words["Frequency"], words["Route"]) == (
        "0.4 ml",
        "twice a day",
        "subcutaneous",
    )
    event = event_of(seed, "low-molecular-weight-heparin")
    assert (event.time.duration.low, event.time.duration.high) == (3, 3)


def test_rivaroxaban_has_no_invented_frequency(seed):
    words = words_of(seed, "rivaroxaban")
    assert words["Dose"] == "20 mg"
    assert "1 month" in words["span"]
    assert "Frequency" not in words


def test_pathology_markers_and_nothing_more(seed):
    pathology = next(
        row.pathology for row in seed.events if row.pathology and row.pathology.markers
    )
    assert {(row.marker, row.result) for row in pathology.markers} == {
        ("synaptophysin", "positive"),
        ("chromogranin A", "positive"),
    }
    assert (pathology.ki67_low, pathology.mitoses, pathology.grade) == ("", "", "")


def test_vessels_and_lesions_before_and_after(seed):
    course = {}
    for finding in seed.imaging_findings:
        state = finding.patency or finding.change
        if finding.site and state:
            course.setdefault(finding.site.slug, []).append(state)
    assert course["portal-vein"] == ["thrombosed", "recanalised"]
    assert course["splenic-vein"] == ["thrombosed", "partly_recanalised"]
    assert course["pancreas"] == ["new", "unchanged"]
    assert course["liver"] == ["new", "decreased"]


def test_doses_and_sizes_are_the_reported_ones_and_no_others(seed):
    doses = {(row.drug.dose, row.drug.dose_unit) for row in seed.events if row.drug}
    assert doses == {("30", "mg"), ("0.4", "ml"), ("20", "mg")}
    devices = {
        (row.procedure.device_low_um, row.procedure.device_high_um)
        for row in seed.events
        if row.procedure and row.procedure.device
    }
    assert devices == {(100, 300)}


def test_every_event_has_a_citation_with_a_role(seed):
    assert [row.label for row in seed.events if not row.citations] == []


def test_nothing_contradicts_itself(seed):
    assert seed.problems == []
