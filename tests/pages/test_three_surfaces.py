"""Page, API detail and document tell the same of a case: a walk through all three."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from literature.quotes.states import state_words
from patients import vocabulary
from patients.actions import cases
from patients.document import to_builtins
from patients.models import Case
from patients.reading import read_case
from tests import make
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db
LABELLED = {
    "category": vocabulary.Category,
    "sex": vocabulary.Sex,
    "modality": vocabulary.Modality,
    "change": vocabulary.Change,
    "patency": vocabulary.Patency,
    "role": vocabulary.Role,
    "multiplicity": vocabulary.Multiplicity,
    "outcome": vocabulary.Outcome,
    "grade": vocabulary.Grade,
}
TOLD_OTHERWISE = {
    # machine names and bounds, which the page gives in words
    "slug", "system", "code", "display_zh", "label_zh", "precision", "reported_as", "kind",
    "dimension", "type", "study_design", "quote_depth", "short", "container_title", "year",
    "frequency_times", "frequency_days", "case", "id", "event", "finding", "lesion", "reference",
    "source", "anchor", "schema_version", "is_index", "ongoing", "words", "days_words", "findings",
}  # fmt: skip


def leaves(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, key)
    else:
        yield key, value


def told(key: str, value: str) -> str:
    if key == "quote_state":
        return state_words(value)
    return str(LABELLED[key](value).label) if key in LABELLED else value


def rich_case() -> Case:
    term = make.make_term
    case = make.make_case(
        title="A rich course",
        summary="Everything that a case can hold.",
        patient=make.make_patient(sex="female", country="HU"),
        age_low=40,
        age_high=44,
        diagnosis=term(display="Insulinoma"),
        primary_site=term(kind="body_site", display="Pancreatic tail"),
        day_zero_year=2016,
    )
    make.make_source(case)
    first = make.make_event(
        case,
        day=0,
        is_index=True,
        category="imaging",
        label="First scan",
        detail="By chance.",
        term=term(kind="procedure", display="Enhanced MRI"),
    )
    lesion = make.make_lesion(case, label="Mass in segment six", multiplicity="single")
    finding = make.make_finding(
        first, lesion=lesion, modality="mri", enhancement="washout", change="new",
        site=term(kind="body_site", display="Segment VI"), description="Round and bright.",
        patency="patent",
    )  # fmt: skip
    make.make_measurement(finding, low_mm="33.5", high_mm="33.5")
    make.make_citation(finding, note="Because of the washout", locator="page 12")
    make.make_event(
        case, category="drug", label="Everolimus course", anchor=first, start_low=28, start_high=31,
        start_precision="month", duration_low=14, duration_high=14, dose="10", dose_unit="mg",
        route="oral", frequency="daily", brand="Somebrand", term=term(kind="drug"),
    )  # fmt: skip
    surgery = make.make_event(
        case, day=90, category="surgery", label="Tail resection", approach="laparoscopic",
        device="stapler", agent="none used", device_low_um=100, device_high_um=300,
    )  # fmt: skip
    make.make_citation(surgery, role="contradicts", quote="Never operate", number=7)
    make.make_event(
        case, day=91, category="pathology", markers=[{"marker": "insulin", "result": "positive"}],
        ki67_low="2", ki67_high="4.5", mitoses="1", mitoses_per="2 mm²", grade="G2",
    )  # fmt: skip
    blood = make.make_event(case, day=120, category="laboratory", label_zh="胃泌素测定")
    make.make_result(
        blood, analyte="Fasting gastrin", comparator="<", value="97.25", unit="pg/mL",
        reference_low="13", reference_high="115", note="before the next dose",
        term=term(kind="finding", display="Gastrin in blood"),
    )  # fmt: skip
    make.make_event(
        case, category="outcome", start_low=300, start_precision="after",
        start_reported_as="at last contact", outcome="no_evidence_of_disease",
        term=term(kind="finding", display="Alive and well"),
    )  # fmt: skip
    cases.publish(case=case, by=None)
    return case


@pytest.mark.parametrize("role", ["", "curator"])
def test_page_api_and_document_agree(client, role):
    case = rich_case()
    if role:
        user = make.make_user(role)
        client.force_login(user)
    else:
        user = AnonymousUser()
    document = to_builtins(read_case(case.accession, user).document)

    answer = client.get(f"/api/v1/cases/{case.accession}/").json()
    assert {key: answer[key] for key in document} == json.loads(json.dumps(document))

    page = text_of(client.get(f"/cases/{case.accession}/").content.decode())
    missing = [
        (key, value)
        for key, value in leaves({**document, "derived": []})
        if isinstance(value, str) and value and key not in TOLD_OTHERWISE
        and told(key, value) not in page
    ]  # fmt: skip
    assert missing == []
    derived = document["derived"]
    assert [rule["key"] for rule in derived] == ["recist_like", "who_grade", "time_between"]
    for rule in derived:
        assert {
            row for row in (rule["name"], rule["source"], rule["note"]) if row not in page
        } == set()
        for row in rule["results"]:
            said = [row["heading"], row["words"] or row["reason"], row["reported_words"]]
            said += [each["words"] for each in row["inputs"]]
            said += [rule["name"], rule["source"], rule["note"]]
            assert [words for words in said if words not in page] == []
    for event in document["events"]:
        start, duration = event["time"]["start"], event["time"]["duration"]
        assert start["words"] in page
        assert start["days_words"] in page
        assert duration is None or duration["words"] in page


def test_api_lists_tell_what_the_document_tells(client):
    case = rich_case()
    detail = client.get(f"/api/v1/cases/{case.accession}/").json()
    events = client.get(f"/api/v1/events/?case={case.accession}").json()["results"]
    assert sorted(events, key=lambda row: row["number"]) == detail["events"]
    findings = client.get(f"/api/v1/imaging-findings/?case={case.accession}").json()["results"]
    assert findings == detail["imaging_findings"]
