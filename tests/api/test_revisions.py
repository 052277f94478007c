"""Proposals over REST: made of steps, read, talked about, decided."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from patients.models import Revision
from tests import make
from tests.api.client import Api, fields, problem
from tests.patients.revising import make_proposal

pytestmark = pytest.mark.django_db


def step(act="change", kind="event", **changes):
    return {"act": act, "kind": kind, **changes}


def test_steps_of_all_acts_make_one_proposal_and_the_case_stays(api, records):
    researcher = api("researcher")
    label = records.event.label
    body = records.body("revisions")
    body["steps"] += [
        step("add", fields={"category": "imaging", "label": "A new scan"}),
        step("add", "citation", fields={
            "event": records.event.public_id, "reference": records.reference.public_id,
            "role": "method",
        }),
        step("remove", "measurement", id=records.measurement.public_id),
        step("change", "case", fields={"title": "Another title"}),
        step("change", "patient", fields={"country": "FR"}),
    ]  # fmt: skip
    answer = researcher.post("revisions/", body)
    told = answer.json()
    assert (answer.status_code, told["state"], told["kind"]) == (201, "submitted", "correction")
    assert [part["act"] for part in told["parts"]] == [
        "change", "add", "add", "remove", "change", "change",
    ]  # fmt: skip
    assert told["parts"][0]["fields"][0] == {
        "label": "What happened", "was": label, "now": label, "proposed": "As proposed",
    }  # fmt: skip
    records.case.refresh_from_db()
    assert records.case.title != "Another title"
    assert records.case.events.count() == 4
    decided = api("curator").post(f"revisions/{told['id']}/decide/", {"do": "accept"})
    assert decided.json()["state"] == "accepted"
    records.case.refresh_from_db()
    assert records.case.title == "Another title"
    assert records.case.patient.country == "FR"
    assert records.case.events.filter(label="A new scan").exists()


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"steps": []}, "steps"),
        ({"steps": [step(id="0123456789", fields={"label": "x"})]}, "steps[0].id"),
        ({"steps": [step("add", fields={"label": "x"})]}, "steps[0].fields.category"),
        ({"steps": [step("add", fields={"category": "x", "label": "x"})]},
         "steps[0].fields.category"),
        ({"steps": [step("add", "case")]}, "steps[0].act"),
        ({"steps": [step("change", "case", fields={"status": "draft"})]},
         "steps[0].fields.status"),
        ({"steps": [step("change", "case", fields={"patient": "x"})]},
         "steps[0].fields.patient"),
        ({"comment": " "}, "comment"),
        ({"comment": None}, "comment"),
        ({"case": "CB-0000000"}, "case"),
        ({"state": "accepted"}, "state"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_nothing_is_kept(api, records, changed, path):
    answer = api("researcher").post("revisions/", {**records.body("revisions"), **changed})
    assert path in fields(answer)
    assert not Revision.objects.exists()


def test_one_key_makes_one(api, records):
    researcher = api("researcher")
    body = {**records.body("revisions"), "key": "K1"}
    first, second = (researcher.post("revisions/", body).json() for _ in range(2))
    assert first["id"] == second["id"]
    assert Revision.objects.count() == 1


def test_nobody_decides_their_own(api, records):
    for role in ("curator", "admin"):
        author = api(role)
        made = author.post("revisions/", records.body("revisions")).json()
        for do in ("accept", "reject", "ask"):
            sent = {"do": do, "reason": "Mine."}
            told = problem(author.post(f"revisions/{made['id']}/decide/", sent), 403)
            assert "your own proposal" in told["detail"]


def test_drafts_of_others_are_not_there(api, records):
    author = make.make_user("researcher")
    revision = make_proposal(records.case, author)
    for role in ("clinician", "researcher", "curator", "admin"):
        client = api(role)
        assert client.get("revisions/").json()["count"] == 0
        problem(client.get(f"revisions/{revision.public_id}/"), 404)
        problem(client.post(f"revisions/{revision.public_id}/comment/", {"text": "x"}),
                404)  # fmt: skip


def test_a_part_alone_needs_a_reason_and_what_was_seen(api, records):
    curator = api("curator")
    made = api("researcher").post("revisions/", {
        **records.body("revisions"),
        "steps": [step(id=records.event.public_id, fields={"label": "x", "detail": "y"})],
    }).json()  # fmt: skip
    path = f"revisions/{made['id']}/decide/"
    seen = curator.get(f"revisions/{made['id']}/").json()["seen"]
    name = made["parts"][0]["name"]
    assert fields(curator.post(path, {"do": "accept", "parts": [name]})) == {"reason"}
    assert fields(curator.post(path, {"do": "accept", "parts": ["nothing"]})) == {"parts"}
    assert fields(curator.post(path, {"do": "reject"})) == {"reason"}
    records.event.label = "Changed meanwhile"
    records.event.save()
    sent = {"do": "accept", "parts": [name], "reason": "Enough."}
    curator_told = problem(curator.post(path, {**sent, "seen": seen}), 400)
    assert "changed since you looked" in str(curator_told)
    assert fields(curator.post(path, sent)) == {"parts"}
    seen = curator.get(f"revisions/{made['id']}/").json()["seen"]
    assert curator.post(path, {**sent, "seen": seen}).json()["state"] == "partly_accepted"


WRONG = (None, 0, -1, True, 1.5, [], {}, [{}], {"a": 1}, "x" * 5000, "\u202e", "0123456789")


@pytest.mark.parametrize("name", ["case", "steps", "comment", "source", "reference", "key"])
def test_every_wrong_type_is_answered_and_nothing_breaks(api, records, name):
    researcher = api("researcher")
    for wrong in WRONG:
        answer = researcher.post("revisions/", {**records.body("revisions"), name: wrong})
        assert answer.status_code in (201, 400), (wrong, answer.content)
        if answer.status_code == 400:
            problem(answer, 400)


@pytest.mark.parametrize("name", ["act", "kind", "id", "fields", "more"])
def test_every_wrong_type_in_a_step_is_answered(api, records, name):
    researcher = api("researcher")
    (right,) = records.body("revisions")["steps"]
    for wrong in WRONG:
        body = {**records.body("revisions"), "steps": [{**right, name: wrong}]}
        told = fields(researcher.post("revisions/", body))
        assert all(field.startswith("steps") for field in told), (wrong, told)


@pytest.mark.parametrize("name", ["do", "parts", "seen", "state"])
def test_every_wrong_type_in_a_decision_is_answered(api, records, name):
    curator = api("curator")
    path = f"revisions/{records.revision.public_id}/decide/"
    for wrong in WRONG:
        problem(curator.post(path, {"do": "reject", name: wrong}), 400)


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_with_one_key_make_one():
    case = make.make_published_case()
    event = case.events.first()
    client = Api("researcher")
    body = {
        "case": case.accession,
        "key": "K1",
        "comment": "The report says so.",
        "steps": [step(id=event.public_id, fields={"label": "As proposed"})],
    }

    def post(_):
        try:
            return client.post("revisions/", body).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        statuses = set(pool.map(post, range(20)))
    assert statuses == {201}
    assert Revision.objects.count() == 1
