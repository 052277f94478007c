"""When two cases are asked about as perhaps of one patient, and when not."""

from __future__ import annotations

from typing import Any

import pytest

from patients.likeness.trace import keys_of, suspicion
from tests.patients.likeness.cases import named, trace

OTHER: dict[str, Any] = {"source": "0000000002"}


def test_the_same_author_age_sex_size_lesion_and_diagnosis() -> None:
    found = suspicion(trace(), trace(**OTHER))
    assert found is not None
    assert found.reasons == [
        "Same values: longest diameter 21 mm (liver).",
        "Sources share 1 author: Li W.",
        "Same sex, female, and the same age.",
        "In both: metastasis (liver).",
        "Same diagnosis: tumour.",
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"source": "0000000001"},
        {"source": ""},
        {"authors": ["li x"]},
        {"authors": []},
        {"sex": "male"},
        {"sex": ""},
        {"age_low": 52, "age_high": 52},
        {"age_low": None, "age_high": None},
        {"age_low": 40, "age_high": 60},
        {"values": {}},
        {"values": {"longest 22 22 liver": "another"}},
        {"findings": {}},
        {"diagnosis": named("other")},
    ],
    ids=str,
)
def test_what_keeps_two_apart(changes: dict[str, Any]) -> None:
    assert suspicion(trace(), trace(**{**OTHER, **changes})) is None
    assert suspicion(trace(**{**OTHER, **changes}), trace()) is None


def test_a_birthday_may_lie_between() -> None:
    other = trace(**OTHER, age_low=51, age_high=51, values=trace().values | {"b": "another"})
    one = trace(values=trace().values | {"b": "another"})
    found = suspicion(one, other)
    assert found is not None
    assert "Same sex, female, and ages at most a year apart." in found.reasons


def test_findings_and_diagnosis_do_without_values() -> None:
    more = {"values": {}, "authors": ["li w", "wu q", "an b"],
            "findings": {"a": "a", "b": "b", "c": "c"}}  # fmt: skip
    assert suspicion(trace(**more), trace(**OTHER, **more)) is not None
    fewer = {**more, "findings": {"a": "a"}}
    assert suspicion(trace(**fewer), trace(**OTHER, **fewer)) is None


def test_keys_are_shared_by_those_who_are_asked_about() -> None:
    assert set(keys_of(trace(), beside=1)) > set(keys_of(trace()))
    assert not set(keys_of(trace())) & set(keys_of(trace(age_low=51, age_high=51)))
    assert keys_of(trace(sex="")) == []
    assert all(-(2**31) <= key < 2**31 for key in keys_of(trace(), beside=1))


def test_ninety_and_over_is_one_age() -> None:
    old = {"age_low": 90, "age_high": None}
    assert suspicion(trace(**old), trace(**OTHER, **old)) is not None
