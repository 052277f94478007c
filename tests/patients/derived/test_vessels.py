"""The course of a vessel from one study to the next."""

from __future__ import annotations

import pytest

from patients.derived.vessels import courses
from tests.patients.derived.cases import case_of, finding, site

VEIN = site("portal-vein")


def course(*states, **told):
    findings = [
        finding(None, place, patency=state, site=VEIN) for place, state in enumerate(states)
    ]
    return list(courses(case_of([*findings, *told.get("more", ())], kinds=told.get("kinds"))))


@pytest.mark.parametrize(
    ("states", "result"),
    [
        (("patent", "thrombosed"), "developed"),
        (("thrombosed", "thrombosed"), "stable"),
        (("thrombosed", "partly_recanalised"), "partly_recanalised"),
        (("partly_recanalised", "thrombosed"), "progressed"),
        (("thrombosed", "patent"), "recanalised"),
        (("partly_recanalised", "patent"), "recanalised"),
        (("thrombosed", "partly_recanalised", "patent"), "recanalised"),
        (("thrombosed", "patent", "thrombosed"), "recurred"),
        (("patent", "patent"), "patent"),
    ],
)
def test_from_one_study_to_the_next(states, result):
    assert course(*states)[-1].result == result


def test_obstructed_does_not_say_by_what():
    (row,) = course("patent", "obstructed")
    assert row.reason == "“Obstructed” does not say whether by a thrombus or from outside."


def test_what_the_report_calls_recanalised_is_kept_apart_from_what_is_derived():
    (row,) = course("thrombosed", "recanalised")
    assert (row.result, row.reported) == ("", "recanalised")
    assert row.reason == "The report calls it recanalised; no study here documents flow."


def test_flow_beside_a_thrombus_is_not_recanalised():
    thrombus = [finding("T", place, site=VEIN) for place in (0, 1)]
    (row,) = course("thrombosed", "patent", more=thrombus, kinds={"T": "thrombus"})
    assert row.reason == "Flow is documented, but so is a thrombus in the same study."


def test_two_vessels_have_courses_of_their_own():
    other = site("splenic-vein")
    findings = [
        finding(None, 0, patency="patent", site=VEIN),
        finding(None, 1, patency="thrombosed", site=VEIN),
        finding(None, 1, dimension="third", patency="patent", site=other),
    ]
    (row,) = courses(case_of(findings))
    assert row.heading == "Portal vein"
    assert [each.words for each in row.inputs] == ["Patent (Event 0)", "Thrombosed (Event 1)"]
