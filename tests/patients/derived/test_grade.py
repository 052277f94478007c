"""WHO grade at its thresholds, and what cannot be derived."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patients.derived.grade import grades
from tests.patients.derived.cases import with_pathology

MM2 = "2 mm²"


def grade(*told):
    (row,) = grades(with_pathology(*told))
    return row


@pytest.mark.parametrize(
    ("ki67", "result"),
    [("0", "G1"), ("2.9", "G1"), ("3", "G2"), ("3.1", "G2"), ("19.9", "G2"), ("20", "G2"),
     ("20.1", "G3"), ("100", "G3")],
)  # fmt: skip
def test_by_ki67(ki67, result):
    assert grade(ki67, ki67).result == result


@pytest.mark.parametrize(
    ("mitoses", "result"),
    [("0", "G1"), ("1.9", "G1"), ("2", "G2"), ("2.1", "G2"), ("20", "G2"), ("20.1", "G3")],
)
def test_by_mitoses_per_2_square_millimetres(mitoses, result):
    assert grade("", "", mitoses, MM2).result == result


def test_the_higher_index_decides():
    assert grade("2", "2", "5", MM2).result == "G2"
    assert grade("25", "25", "1", MM2).words == "NET G3."


def test_one_index_alone_says_so():
    assert grade("5", "5").words == (
        "NET G2 by Ki-67 alone. Mitoses are not reported, and the higher index decides."
    )
    assert grade("25", "25").words == "NET G3."


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (("2", "2", "5", "10 HPF"), "Mitoses are counted per 10 HPF; the rule counts them per "
         "2 mm², and the higher of the two indices decides."),
        (("2", "2", "5", ""), "Mitoses are given without the area that they were counted in."),
        (("2", "5"), "Ki-67 is a range that reaches from G1 to G2."),
        (("40", "40", "", "", "NEC"), "The report calls it a carcinoma (NEC), which has no grade "
         "by number."),
    ],
)  # fmt: skip
def test_what_cannot_be_derived_says_why(told, reason):
    row = grade(*told)
    assert (row.result, row.reason) == ("", reason)


def test_a_range_within_one_grade_is_enough():
    assert grade("3", "20").result == "G2"


def test_a_grade_that_the_report_gives_otherwise_disagrees():
    assert grade("5", "5", "", "", "G1").disagrees
    assert not grade("5", "5", "", "", "G2").disagrees


def test_nothing_reported_derives_nothing():
    assert list(grades(with_pathology(grade="G2"))) == []


@given(st.decimals(0, 100, places=1), st.decimals(0, 100, places=1), st.integers(0, 60))
def test_more_is_never_a_lower_grade(one, other, mitoses):
    low, high = sorted((one, other))
    at = [grade(str(ki67), str(ki67), str(mitoses), MM2).result for ki67 in (low, high)]
    assert at == sorted(at)
