"""Versions of a case, and its way to readers, by the API."""

import pytest

from patients.actions import cases
from patients.care import ITEMS
from tests import make
from tests.api.client import fields, problem
from tests.constraints import update

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    """Published twice."""
    made = make.make_published_case(title="A course")
    update(made.events.first(), label="Reworded")
    cases.publish(case=made, by=None)
    return made


def test_versions_are_listed_and_each_is_read_as_it_was(api, case):
    path = f"cases/{case.accession}/versions/"
    rows = api().results(path)
    assert [(row["number"], row["is_current"]) for row in rows] == [(2, True), (1, False)]
    assert rows[1]["url"] == f"/cases/{case.accession}/v/1/"
    first, second = (api().get(f"{path}{number}/") for number in (1, 2))
    assert first.json()["checksum"] == rows[1]["checksum"]
    assert first.json()["version"] == 1
    assert "Reworded" not in first.content.decode()
    assert second.json()["events"][0]["label"] == "Reworded"
    again = api().get(f"{path}1/", **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("number", ["0", "3", "01", "9999999", "x"])
def test_a_version_that_is_not_there(api, case, number):
    problem(api().get(f"cases/{case.accession}/versions/{number}/"), 404)


def test_versions_have_no_parameters_of_their_own(api, case):
    path = f"cases/{case.accession}/versions/"
    assert fields(api().get(f"{path}?number=1")) == {"number"}
    assert api().get(f"{path}?page_size=1").json()["count"] == 2


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"care": {"other": "present"}}, "care.other"),
        ({"care": {"title": "maybe"}}, "care.title"),
        ({"care": []}, "care"),
        ({"consent": "certainly"}, "consent"),
        ({"consent": 1}, "consent"),
        ({"consent": "held"}, "consent_note"),
        ({"class_seen": "yes"}, "class_seen"),
        ({"submitted_at": "2020-01-01"}, "submitted_at"),
    ],
)
def test_bad_checks_name_the_field(api, case, body, field):
    answer = api("curator").post(f"cases/{case.accession}/checks/record/", body)
    assert fields(answer) == {field}


@pytest.mark.parametrize("step", ["send-back", "withdraw"])
@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": 1}, {"reason": "x" * 501}])
def test_reasons_are_asked_for(api, case, step, body):
    assert fields(api("curator").post(f"cases/{case.accession}/{step}/", body)) == {"reason"}


def test_what_was_recorded_is_told(api, case):
    curator = api("curator")
    path = f"cases/{case.accession}/checks/"
    body = {"care": dict.fromkeys(ITEMS, "absent"), "consent": "held", "consent_note": "File 1."}
    told = curator.post(f"{path}record/", body).json()
    assert told == curator.get(path).json()
    assert {item["state"] for item in told["care"]} == {"absent"}
    assert (told["consent"], told["consent_note"]) == ("held", "File 1.")
    assert {row["key"] for row in told["checks"] if not row["done"]} == {"class", "review"}


def test_steps_out_of_turn_are_refused(api, case):
    curator, path = api("curator"), f"cases/{case.accession}/"
    problem(curator.post(f"{path}submit/"), 400)  # nothing has changed
    problem(curator.post(f"{path}send-back/", {"reason": "Why"}), 400)
    problem(curator.post(f"{path}publish/"), 409)
    assert curator.post(f"{path}withdraw/", {"reason": "Why"}).status_code == 200
    problem(curator.post(f"{path}withdraw/", {"reason": "Why"}), 400)
