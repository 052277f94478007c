"""Derived results over REST: in the case, and set aside."""

import pytest

from patients.actions import cases
from patients.models import DerivedSetAside
from tests import make
from tests.api.client import Api, fields

pytestmark = pytest.mark.django_db
REASON = "The report counts another area."


def published():
    case = make.make_case()
    make.make_source(case)
    event = make.make_event(case, 0, category="pathology", label="Biopsy", ki67_low=5, ki67_high=5)
    cases.publish(case=case, by=None)
    return case, f"who_grade.event-{event.public_id}"


def address(case):
    return f"cases/{case.accession}/derived/"


def test_the_case_tells_what_follows_by_rule():
    case, key = published()
    (rule,) = Api("").get(f"cases/{case.accession}/").json()["derived"]
    assert (rule["key"], rule["name"], rule["version"]) == ("who_grade", "WHO grade", 1)
    (row,) = rule["results"]
    assert (row["id"], row["result"], row["reason"]) == (key, "G2", "")
    assert row["inputs"] == [{"words": "Ki-67 5 %", "kind": "event", "id": key.rpartition("-")[2]}]
    assert row["set_aside"] is None


def test_a_result_is_set_aside_and_stands_again():
    case, key = published()
    api = Api("curator")
    told = api.post(address(case), {"result": key, "reason": REASON}).json()
    (aside,) = told["set_aside"]
    assert (aside["result"], aside["reason"], aside["is_derived"]) == (key, REASON, True)
    assert aside["by"] == api.user.get_username()
    assert told["derived"][0]["results"][0]["set_aside"]["reason"] == REASON
    again = api.post(address(case), {"result": key, "reason": REASON})
    assert fields(again) == {"result"}
    assert (
        Api("").get(f"cases/{case.accession}/").json()["derived"][0]["results"][0]["set_aside"]
        is None
    )
    told = api.post(f"{address(case)}take-back/", {"result": key}).json()
    assert told["set_aside"][0]["taken_back_by"] == api.user.get_username()
    assert told["derived"][0]["results"][0]["set_aside"] is None
    assert fields(api.post(f"{address(case)}take-back/", {"result": key})) == {"result"}


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, {"result", "reason"}),
        ({"result": "x", "reason": REASON}, {"result"}),
        ({"result": "who_grade.event-0000000000", "reason": REASON}, {"result"}),
        ({"result": "who_grade.event-0000000000", "reason": "x" * 301}, {"reason"}),
        ({"result": 3, "reason": ["x"]}, {"result", "reason"}),
        ({"result": "who_grade.event-0000000000", "reason": REASON, "by": 1}, {"by"}),
    ],
)
def test_bad_bodies_are_named(body, named):
    case, _ = published()
    assert fields(Api("curator").post(address(case), body)) == named
    assert not DerivedSetAside.objects.exists()
