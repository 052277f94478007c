"""Writes: what is answered, what is saved, what follows from it."""

import pytest

from literature.models import Reference
from patients.actions import cases
from patients.models import Case, Citation, Event, Lesion, Patient, Term
from tests import make
from tests.api.client import CHANGES, fields, problem

pytestmark = pytest.mark.django_db
PREFIXES = list(CHANGES)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_create_answers_the_record_as_it_reads(api, records, prefix):
    curator = api("curator")
    response = curator.post(f"{prefix}/", records.body(prefix))
    assert response.status_code == 201, response.content
    read = curator.get(response["Location"])
    answer = response.json()
    if prefix == "citations":
        assert answer.pop("published") is False
        assert answer.pop("proposal") is None
    else:
        assert response["ETag"] == read["ETag"]
    assert answer == read.json()


@pytest.mark.parametrize("prefix", PREFIXES)
def test_patch_changes_what_it_names(api, records, prefix):
    curator, path = api("curator"), records.path(prefix)
    before = curator.get(path).json()
    response = curator.patch(path, **CHANGES[prefix])
    assert response.status_code == 200, response.content
    after = curator.get(path)
    assert response.json() == after.json()
    assert response["ETag"] == after["ETag"]
    changed = {key for key, value in after.json().items() if before[key] != value}
    assert set(CHANGES[prefix]) <= changed <= {*CHANGES[prefix], "checksum", "updated_at", "cases"}


def test_put_takes_back_what_it_does_not_name(api, records):
    curator, path = api("curator"), records.path("events")
    curator.patch(path, detail="Some detail.", position=7)
    response = curator.change("PUT", path, records.body("events"))
    assert response.status_code == 200
    assert response.json()["detail"] == ""
    assert response.json()["time"]["start"]["low"] is None
    records.event.refresh_from_db()
    assert records.event.position == 7


def test_event_with_all_its_time(api, records):
    anchor = records.event.public_id
    body = {
        **records.body("events"),
        "category": "drug",
        "anchor": anchor,
        "start_low": 3,
        "start_high": 3,
        "start_precision": "day",
        "start_reported_as": "three days later",
        "duration_low": 3,
        "duration_high": 3,
        "dose": "0.4",
        "dose_unit": "ml",
    }
    answer = api("curator").post("events/", body).json()
    assert (answer["time"]["start"]["low"], answer["time"]["anchor"]) == (13, anchor)
    assert answer["time"]["end"]["low"] == 16
    assert answer["drug"]["dose"] == "0.4"
    # a number will do as well; what it says is kept
    body["dose"] = 0.4
    assert api("curator").post("events/", body).json()["drug"]["dose"] == "0.4"


def test_new_rows_come_last_in_the_report(api, records):
    curator = api("curator")
    told = [curator.post("events/", records.body("events")).json()["id"] for _ in range(3)]
    rows = Event.objects.filter(public_id__in=told).order_by("position")
    assert [row.public_id for row in rows] == told


@pytest.mark.parametrize(
    "prefix", ["events", "imaging-findings", "measurements", "laboratory-results", "citations"]
)
def test_deleted_is_gone(api, records, prefix):
    curator, path = api("curator"), records.path(prefix)
    response = curator.change("DELETE", path)
    assert (response.status_code, response.content) == (204, b"")
    problem(curator.get(path), 404)
    assert api().get(path).status_code == 200  # the published version stands


@pytest.mark.parametrize("prefix", ["patients", "lesions", "references"])
def test_what_others_rest_on_stays(api, records, prefix):
    curator, path = api("curator"), records.path(prefix)
    body = problem(curator.change("DELETE", path), 409)
    assert "rest on this one" in body["detail"]
    assert curator.get(path).status_code == 200


def test_anchor_stays(api, records):
    body = records.body("events") | {"anchor": records.event.public_id}
    api("curator").post("events/", body)
    problem(api("curator").change("DELETE", records.path("events")), 409)


def test_term_in_use_stays(api, records):
    Case.objects.filter(pk=records.case.pk).update(diagnosis=records.term)
    problem(api("curator").change("DELETE", records.path("terms")), 409)
    assert Term.objects.filter(pk=records.term.pk).exists()


def test_published_case_is_not_deleted(api, records):
    body = problem(api("curator").change("DELETE", records.path("cases")), 400)
    assert "Withdraw" in body["errors"][0]["detail"]


def test_draft_is_deleted_with_all_its_rows(api):
    case = make.make_case()
    first, second, _ = make.make_timeline(case)
    Event.objects.filter(pk=second.pk).update(anchor=first)
    curator = api("curator")
    path = f"cases/{case.accession}/"
    assert curator.change("DELETE", path).status_code == 204
    assert not Case.objects.filter(pk=case.pk).exists()
    assert not Lesion.objects.filter(case_id=case.pk).exists()


def test_whole_case_from_nothing_to_published(api):
    curator = api("curator")
    patient = curator.post("patients/", {"sex": "female"}).json()["id"]
    case = {"patient": patient, "title": "A case", "summary": "Short.", "day_zero_year": 2016}
    accession = curator.post("cases/", case).json()["accession"]
    path = f"cases/{accession}/"
    problem(api().get(path), 404)
    refused = problem(curator.post(f"{path}publish/"), 409)
    told = [row["detail"] for row in refused["errors"] if row["field"] == "record"]
    assert len(told) == 2  # no event, no source
    event = {"case": accession, "category": "imaging", "label": "MRI", "is_index": True,
             "start_low": 0, "start_high": 0, "start_precision": "day"}  # fmt: skip
    assert curator.post("events/", event).status_code == 201
    reference = curator.post("references/", {"csl": make.make_csl()}).json()["id"]
    source = {"case": accession, "reference": reference, "role": "source"}
    assert curator.post("citations/", source).status_code == 201
    checks = curator.get(f"{path}checks/").json()
    assert not checks["ready"]
    ticked = {item["key"]: item["state"] or "absent" for item in checks["care"]}
    body = {"care": ticked, "consent": "not_reported", "class_seen": True}
    assert curator.post(f"{path}checks/record/", body).status_code == 200
    assert curator.post(f"{path}submit/").status_code == 200
    own = problem(curator.post(f"{path}publish/"), 409)
    assert {row["field"] for row in own["errors"]} == {"curator"}
    published = api("curator").post(f"{path}publish/")
    assert published.status_code == 200, published.content
    assert published.json()["status"] == "published"
    answer = api().get(path).json()
    assert (answer["version"], answer["source"], answer["day_zero_year"]) == (1, reference, 2016)


def test_status_is_no_field(api, records):
    curator = api("curator")
    assert fields(curator.patch(records.path("cases"), status="draft")) == {"status"}
    body = records.body("cases") | {"status": "published", "accession": "CB-0000000"}
    assert fields(curator.post("cases/", body)) == {"status", "accession"}


def test_rows_stay_in_their_case(api, records):
    other = make.make_published_case()
    curator = api("curator")
    assert fields(curator.patch(records.path("events"), case=other.accession)) == {"case"}
    event = other.events.first().public_id
    assert fields(curator.patch(records.path("imaging-findings"), event=event)) == {"event"}
    assert fields(curator.patch(records.path("terms"), slug="other")) == {"slug"}


def test_patient_change_reaches_the_working_listings(api, records):
    curator = api("curator")
    assert curator.patch(records.path("patients"), sex="male").json()["cases"][0]["sex"] == "male"
    assert [row["accession"] for row in curator.results("cases/?sex=male")] == [
        records.case.accession
    ]
    assert api().results("cases/?sex=male") == []


def test_term_change_reaches_the_working_listings(api, records):
    curator = api("curator")
    curator.patch(records.path("events"), term=records.term.slug)
    curator.patch(records.path("terms"), display="A better name")
    assert curator.get(records.path("events")).json()["term"]["display"] == "A better name"


def test_researchers_citation_waits_for_the_next_version(api, records):
    researcher = api("researcher")
    reference = researcher.post("references/", {"csl": make.make_csl()}).json()["id"]
    assert Reference.objects.get(public_id=reference).added_by == researcher.user
    body = records.body("citations") | {"reference": reference}
    response = researcher.post("citations/", body)
    answer = response.json()
    assert (response.status_code, answer["published"]) == (201, False)
    assert answer["reference_number"] is None
    assert "Location" not in response
    problem(researcher.get(f"citations/{answer['id']}/"), 404)
    assert not Citation.objects.filter(public_id=answer["id"]).exists()
    decided = api("curator").post(f"revisions/{answer['proposal']}/decide/", {"do": "accept"})
    assert decided.json()["state"] == "accepted"
    problem(researcher.get(f"citations/{answer['id']}/"), 404)
    cases.publish(case=records.case, by=None)
    assert researcher.get(f"citations/{answer['id']}/").json()["reference"] == reference


def test_patient_without_a_case_is_read_by_curators_alone(api):
    patient = Patient.objects.create(country="FR")
    assert api("curator").get(f"patients/{patient.public_id}/").json()["cases"] == []
    problem(api().get(f"patients/{patient.public_id}/"), 404)


def test_result_is_written_as_it_was_reported(api, records):
    body = records.body("laboratory-results") | {
        "comparator": "<", "value": "0.40", "reference_high": 1, "note": "fasting",
    }  # fmt: skip
    answer = api("curator").post("laboratory-results/", body)
    assert answer.status_code == 201
    told = answer.json()
    assert (told["comparator"], told["value"], told["unit"]) == ("<", "0.4", "")
    assert (told["reference_low"], told["reference_high"]) == ("", "1")
    event = api("curator").get(f"events/{records.result.event.public_id}/").json()
    assert event["results"][-1] == told


def test_result_of_an_imaging_study_is_refused(api, records):
    body = records.body("laboratory-results") | {"event": records.event.public_id}
    assert fields(api("curator").post("laboratory-results/", body)) == {"event"}
    path = f"events/{records.result.event.public_id}/"
    assert fields(api("curator").patch(path, category="drug")) == {"category"}


def test_labels_in_chinese_are_written(api, records):
    curator = api("curator")
    for prefix in ("events", "lesions"):
        curator.patch(records.path(prefix), label_zh="磁共振成像")
        assert curator.get(records.path(prefix)).json()["label_zh"] == "磁共振成像"
