"""The block of the case document: what is kept, what is set aside, what older versions show."""

from __future__ import annotations

from dataclasses import replace

from patients.comparing.columns import grade
from patients.derived import block_of, result_with, standing, with_block
from patients.document.derived_model import SetAsideData
from patients.document.model import SCHEMA_VERSION
from tests.patients.derived.cases import case_of, sizes, with_pathology

GRADE = "who_grade.event-EV0"


def test_each_result_has_its_rule_its_inputs_and_what_the_report_says():
    (rule,) = block_of(with_pathology("5", "5", "", "", "G1"))
    (row,) = rule.results
    assert (rule.key, rule.version, row.id, row.subject) == ("who_grade", 1, GRADE, "event-EV0")
    assert rule.source.startswith("WHO Classification of Tumours")
    assert (row.result, row.reported, row.reported_words) == ("G2", "G1", "NET G1")
    assert row.disagrees
    assert [(each.words, each.kind, each.id) for each in row.inputs] == [
        ("Ki-67 5 %", "event", "EV0")
    ]


def test_what_cannot_be_derived_is_kept_with_the_reason():
    (rule,) = block_of(case_of(sizes("50")))
    assert [(row.result, row.reason) for row in rule.results] == [
        ("", "Sizes are given at one time only (Event 0).")
    ]


def test_what_is_set_aside_keeps_its_result_and_is_not_used():
    document = with_pathology("5", "5")
    aside = SetAsideData("0123456789", "Counted anew.")
    other = {"who_grade.event-GONE": aside}
    document = replace(document, derived=block_of(document, {GRADE: aside} | other))
    rule, row = result_with(document, GRADE)
    assert (rule.key, row.result, row.set_aside) == ("who_grade", "G2", aside)
    assert standing(document, "who_grade") == []
    assert result_with(document, "who_grade.event-GONE") is None


def test_the_comparison_does_not_use_what_is_set_aside():
    document = with_pathology("5", "5")
    stands = replace(document, derived=block_of(document))
    aside = {GRADE: SetAsideData("0123456789", "Counted anew.")}
    lies = replace(document, derived=block_of(document, aside))
    assert [piece.derived for piece in grade(stands).pieces] == [False, True]
    assert [piece.derived for piece in grade(lies).pieces] == [False]


def test_a_document_older_than_the_block_gets_it_when_it_is_read_and_says_its_schema():
    old = replace(with_pathology("5", "5"), schema_version=3)
    read = with_block(old)
    assert [row.result for row in standing(read, "who_grade")] == ["G2"]
    assert read.schema_version == 3


def test_a_document_that_holds_the_block_keeps_it_whatever_the_rules_say_now():
    kept = replace(with_pathology("5", "5"), schema_version=SCHEMA_VERSION, derived=[])
    assert with_block(kept) is kept
