"""Identifying text over REST."""

import pytest

from patients.models import Clearing
from tests import make
from tests.api.client import Api, fields, problem

pytestmark = pytest.mark.django_db
REASON = "A name from the literature."


def address(case):
    return f"cases/{case.accession}/identifying/"


def test_findings_are_read_cleared_and_waited_for_again():
    case = make.make_case(summary="Seen by Dr Adler.")
    api = Api("curator")
    told = api.get(address(case)).json()
    [finding] = told["waiting"]
    assert (finding["kind"], finding["row_kind"], finding["row"], finding["field"]) == (
        "name", "case", case.accession, "summary",
    )  # fmt: skip
    assert (finding["before"], finding["text"], finding["after"]) == ("Seen by ", "Dr Adler", ".")
    body = {"finding": finding["id"], "reason": REASON}
    told = api.post(address(case), body).json()
    assert told["waiting"] == []
    [cleared] = told["clearings"]
    assert (cleared["finding"], cleared["reason"], cleared["stands"]) == (
        finding["id"], REASON, True,
    )  # fmt: skip
    assert cleared["by"] == api.user.get_username()
    assert api.post(address(case), body).json() == told
    told = api.post(f"{address(case)}take-back/", {"clearing": cleared["id"]}).json()
    assert len(told["waiting"]) == 1
    assert told["clearings"][0]["taken_back_by"] == api.user.get_username()
    again = api.post(f"{address(case)}take-back/", {"clearing": cleared["id"]})
    assert fields(again) == {"clearing"}


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, {"finding", "reason"}),
        ({"finding": "x", "reason": REASON}, {"finding"}),
        ({"finding": "0" * 64, "reason": REASON}, {"finding"}),
        ({"finding": "0" * 64, "reason": ""}, {"reason"}),
        ({"finding": "0" * 64, "reason": "x" * 301}, {"reason"}),
        ({"finding": 3, "reason": ["x"]}, {"finding", "reason"}),
        ({"finding": "0" * 64, "reason": REASON, "by": 1}, {"by"}),
    ],
)
def test_bad_bodies_are_named(body, named):
    case = make.make_case(summary="Seen by Dr Adler.")
    assert fields(Api("curator").post(address(case), body)) == named
    assert Clearing.objects.count() == 0


@pytest.mark.parametrize("body", [{}, {"clearing": "x"}, {"clearing": "0000000000"}])
def test_a_clearing_that_is_not_there(body):
    case = make.make_case()
    assert fields(Api("curator").post(f"{address(case)}take-back/", body)) == {"clearing"}


def test_a_clearing_of_another_case_is_not_there():
    one, other = make.make_case(summary="Dr Adler came."), make.make_case()
    api = Api("curator")
    key = api.get(address(one)).json()["waiting"][0]["id"]
    told = api.post(address(one), {"finding": key, "reason": REASON}).json()
    body = {"clearing": told["clearings"][0]["id"]}
    assert fields(api.post(f"{address(other)}take-back/", body)) == {"clearing"}


@pytest.mark.parametrize(
    ("role", "status"),
    [("", 401), ("clinician", 403), ("researcher", 403), ("curator", 200), ("admin", 200)],
)
def test_roles(role, status):
    case = make.make_published_case(summary="Dr Adler came.")
    key = Api("curator").get(address(case)).json()["waiting"][0]["id"]
    api = Api(role)
    body = {"finding": key, "reason": REASON}
    answers = [api.get(address(case)), api.post(address(case), body)]
    assert [answer.status_code for answer in answers] == [status, status]
    assert Clearing.objects.count() == (status == 200)


def test_no_such_case():
    problem(Api("curator").get("cases/CB-0000000/identifying/"), 404)
