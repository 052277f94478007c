"""What is read is what the document tells."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser

from literature.models import ReferenceListItem, SourceText, StudyFact
from patients.actions import cases
from patients.document import to_builtins
from patients.document.parts import items
from patients.models import ListedItem
from patients.reading import read_case
from patients.vocabulary import ItemKind
from tests import make

pytestmark = pytest.mark.django_db
LISTS = {
    ItemKind.PATIENT: "patients",
    ItemKind.EVENT: "events",
    ItemKind.IMAGING_FINDING: "imaging-findings",
    ItemKind.MEASUREMENT: "measurements",
    ItemKind.RESULT: "laboratory-results",
    ItemKind.CITATION: "citations",
}


def as_json(value):
    return json.loads(json.dumps(value))


def test_case_detail_is_the_document(api, records):
    answer = api().get(records.path("cases")).json()
    reading = read_case(records.case.accession, AnonymousUser())
    document = as_json(to_builtins(reading.document))
    assert {key: answer[key] for key in document} == document
    beside = {key: value for key, value in answer.items() if key not in document}
    assert set(beside) == {"status", "version", "checksum", "published_at"}
    assert (beside["status"], beside["version"]) == ("published", 1)
    assert beside["checksum"] == reading.checksum


@pytest.mark.parametrize("kind", LISTS)
def test_list_and_details_are_parts_of_the_document(api, records, kind):
    document = read_case(records.case.accession, AnonymousUser()).document
    told = [as_json(item.data) for item in items(document) if item.kind == kind]
    client = api()
    assert client.results(f"{LISTS[kind]}/?case={records.case.accession}") == told
    if kind != ItemKind.PATIENT:
        for item in told:
            assert client.get(f"{LISTS[kind]}/{item['id']}/").json() == item


def test_lesions_are_told_by_their_case(api, records):
    document = read_case(records.case.accession, AnonymousUser()).document
    told = as_json(to_builtins(document.lesions))
    assert api().results(f"lesions/?case={records.case.accession}") == told
    assert api().get(f"lesions/{told[0]['id']}/").json() == told[0]


def test_case_row(api):
    term = make.make_term(display="Insulinoma")
    site = make.make_term(kind="body_site", display="Pancreas")
    case = make.make_published_case(
        patient=make.make_patient(sex="female"), age_low=40, age_high=44, diagnosis=term,
        primary_site=site,
    )  # fmt: skip
    (row,) = api().results("cases/")
    assert row["accession"] == case.accession
    assert row["diagnosis"] == {"slug": term.slug, "display": "Insulinoma"}
    assert row["site"]["display"] == "Pancreas"
    assert (row["sex"], row["age_words"], row["status"]) == (
        "female",
        "40 to 44 years",
        "published",
    )
    assert (row["event_count"], row["reference_count"]) == (3, 7)
    assert row["url"] == f"/cases/{case.accession}/"


def test_patient_detail_brings_cases_together(api):
    patient = make.make_patient(sex="male", country="JP")
    first = make.make_published_case(patient=patient, age_low=50, age_high=50)
    second = make.make_published_case(patient=patient, age_low=53, age_high=53)
    answer = api().get(f"patients/{patient.public_id}/").json()
    assert (answer["id"], answer["sex"], answer["country"]) == (patient.public_id, "male", "JP")
    assert [row["case"] for row in answer["cases"]] == [second.accession, first.accession]
    assert [row["age_low"] for row in answer["cases"]] == [53, 50]


def test_reference_detail(api, records):
    reference = make.make_reference({"DOI": "10.5555/Abc", "page": "34-56"})
    listed = make.make_reference()
    ReferenceListItem.objects.create(work=reference, number=1, reference=listed, raw="Doe 2016")
    ReferenceListItem.objects.create(work=reference, number=2, raw="Roe 2017")
    StudyFact.objects.create(reference=reference, label="Step-up", count=9, of=12)
    texts = {"reference": reference, "language": "en", "licence": "own"}
    SourceText.objects.create(**texts, depth="summary", text="Our own words.")
    SourceText.objects.create(**texts, depth="abstract", text="Their words.")
    make.make_citation(records.event, reference, note="A reason")
    cases.publish(case=records.case, by=None)

    response = api().get(f"references/{reference.public_id}/")
    answer = response.json()
    assert answer["csl"] == reference.csl
    assert (answer["doi"], answer["first_page"], answer["year"]) == ("10.5555/abc", "34", 2016)
    assert [(item["number"], item["reference"]) for item in answer["list_items"]] == [
        (1, listed.public_id), (2, None),
    ]  # fmt: skip
    assert answer["facts"][0]["count"] == 9
    assert {text["depth"]: text["summary"] for text in answer["texts"]} == {
        "summary": "Our own words.", "abstract": "",
    }  # fmt: skip
    assert b"Their words" not in response.content
    (group,) = answer["cited_by"]
    assert group["role"] == "Supports"
    assert group["entries"][0]["url"] == (
        f"/cases/{records.case.accession}/#event-{records.event.public_id}"
    )


def test_terms(api):
    make.make_term(slug="octreotide", kind="drug", display="Octreotide", synonyms=["SMS 201-995"])
    make.make_term(slug="liver", kind="body_site", display="Liver", display_zh="肝")
    assert [row["slug"] for row in api().results("terms/?kind=drug")] == ["octreotide"]
    assert [row["slug"] for row in api().results("terms/?q=肝")] == ["liver"]
    assert [row["slug"] for row in api().results("terms/?q=201-995")] == ["octreotide"]
    assert api().get("terms/octreotide/").json()["synonyms"] == ["SMS 201-995"]


def test_curators_read_the_working_record(api, records):
    records.event.label = "Changed since"
    curator = api("curator")
    assert curator.patch(records.path("events"), label="Changed since").status_code == 200
    assert curator.get(records.path("events")).json()["label"] == "Changed since"
    assert api().get(records.path("events")).json()["label"] != "Changed since"
    working = curator.get(records.path("cases")).json()
    assert (working["version"], working["published_at"]) == (None, None)


def test_root_names_every_list(api):
    addresses = api().get("").json()["lists"]
    for address in addresses.values():
        query = "?case=CB-0000000" if "lesions" in address else ""
        assert api("curator").get(f"{address}{query}").status_code == 200


def test_every_kind_of_listed_item_has_a_list(records):
    assert set(ListedItem.objects.values_list("kind", flat=True)) == set(LISTS)
