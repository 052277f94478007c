"""What is not published shows nowhere, and cannot be told from what does not exist."""

import pytest

from patients.actions import cases
from patients.models import Case
from patients.vocabulary import Status
from tests import make
from tests.api.client import Records, problem

pytestmark = pytest.mark.django_db
READERS = ["", "clinician", "researcher"]
PARTS = [
    "events", "imaging-findings", "measurements", "laboratory-results", "lesions", "citations",
    "patients",
]  # fmt: skip
SHOWN_PARTS = ["imaging-findings", "measurements", "lesions"]
UNKNOWN = {"cases": "CB-0000000"}


@pytest.fixture(params=[Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def hidden(request):
    """Records whose case went out of sight behind everybody's back."""
    records = Records()
    term = make.make_term(slug="sternberg")
    Case.objects.filter(pk=records.case.pk).update(diagnosis=term, title="Sternberg sign")
    cases.publish(case=records.case, by=None)
    Case.objects.filter(pk=records.case.pk).update(status=request.param)
    return records


def unknown(path, prefix):
    key = UNKNOWN.get(prefix, "0000000000")
    return f"{prefix}/{key}/" if path.startswith(prefix) else path


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("prefix", ["cases", *PARTS])
def test_detail_is_that_of_nothing(api, hidden, role, prefix):
    client = api(role)
    response = client.get(hidden.path(prefix))
    nothing = client.get(unknown(hidden.path(prefix), prefix))
    problem(response, 404)
    assert response.content == nothing.content
    assert set(response.headers) == set(nothing.headers)


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("tail", ["versions/", "versions/1/", "references/"])
def test_versions_are_those_of_nothing(api, hidden, role, tail):
    client = api(role)
    response = client.get(f"{hidden.path('cases')}{tail}")
    problem(response, 404)
    assert response.content == client.get(f"cases/CB-0000000/{tail}").content


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("prefix", ["cases", *PARTS])
def test_lists_and_counts_are_empty(api, hidden, role, prefix):
    client = api(role)
    case = f"case={hidden.case.accession}"
    queries = [case] if prefix == "lesions" else ["", case]
    if prefix == "cases":
        queries = ["", "q=Sternberg", "diagnosis=sternberg"]
    for query in queries:
        answer = client.get(f"{prefix}/?{query}").json()
        assert (answer["count"], answer["results"]) == (0, [])


@pytest.mark.parametrize("role", READERS)
def test_references_do_not_tell(api, hidden, role):
    client = api(role)
    response = client.get(hidden.path("references"))
    assert response.json()["cited_by"] == []
    assert hidden.case.accession.encode() not in response.content
    assert client.get("references/?cited=yes").json()["count"] == 0
    assert client.get(f"citations/?reference={hidden.reference.public_id}").json()["count"] == 0


@pytest.mark.parametrize("field", ["case", "event", "finding"])
def test_researcher_cannot_cite_into_it(api, hidden, field):
    shown = make.make_published_case()
    targets = {
        "case": hidden.case.accession,
        "event": hidden.event.public_id,
        "finding": hidden.finding.public_id,
    }
    body = {
        "case": shown.accession,
        "reference": hidden.reference.public_id,
        "role": "background",
        field: targets[field],
    }
    client = api("researcher")
    refused = client.post("citations/", body)
    body[field] = "CB-0000000" if field == "case" else "0000000000"
    assert problem(refused, 400) == problem(client.post("citations/", body), 400)


def test_draft_of_a_patient_with_a_published_case(api, records):
    draft = make.make_case(patient=records.patient, age_low=61, age_high=61)
    cases.refresh(case=draft)
    path = records.path("patients")
    (told,) = api().get(path).json()["cases"]
    assert told["case"] == records.case.accession
    assert len(api("curator").get(path).json()["cases"]) == 2
    assert api().get("patients/").json()["count"] == 1


def test_unpublished_parts_of_a_published_case_stay_hidden(api, records):
    curator = api("curator")
    added = curator.post("events/", records.body("events"))
    assert added.status_code == 201
    client = api()
    problem(client.get(f"events/{added.json()['id']}/"), 404)
    assert len(client.results("events/")) == 4
    assert len(curator.results("events/")) == 5
    assert client.get(records.path("cases")).json()["version"] == 1


def test_parts_taken_out_of_the_working_record_are_told_until_the_next_version(api, records):
    """What curators take out of a record changes nothing for readers before it is published."""
    told = {prefix: api().get(records.path(prefix)).content for prefix in SHOWN_PARTS}
    case = records.case
    case.citations.exclude(finding=None).delete()
    for rows in (case.measurements, case.imagingfindings, case.lesions):
        rows.all().delete()
    cases.refresh(case=case)
    assert {prefix: api().get(records.path(prefix)).content for prefix in SHOWN_PARTS} == told
    problem(api("curator").get(records.path("lesions")), 404)
    cases.publish(case=case, by=None)
    for prefix in SHOWN_PARTS:
        problem(api().get(records.path(prefix)), 404)


def test_withdrawing_takes_everything_out(api, records):
    path = records.path("cases")
    body = {"reason": "The authors asked for it."}
    assert api("curator").post(f"{path}withdraw/", body).status_code == 200
    for prefix in PARTS:
        problem(api().get(records.path(prefix)), 404)
    for tail in ("", "references/", "versions/", "versions/1/", "versions/2/"):
        gone = problem(api().get(f"{path}{tail}"), 410)
        assert "was withdrawn on" in gone["detail"]
        assert "The authors asked for it." in gone["detail"]
    assert api().get("events/").json()["count"] == 0
    assert api("curator").get(records.path("cases")).json()["status"] == "withdrawn"
