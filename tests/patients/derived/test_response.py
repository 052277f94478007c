"""RECIST 1.1 at its thresholds, just below and just above; and what cannot be derived."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patients.derived.response import COMPLETE, PARTIAL, PROGRESSION, STABLE, responses
from tests.patients.derived.cases import case_of, finding, sizes
from tests.patients.timeline.documents import event

RANKS = {COMPLETE: 0, PARTIAL: 1, STABLE: 2, PROGRESSION: 3}


def results(findings, **told):
    return [row.result or row.reason for row in responses(case_of(findings, **told))]


@pytest.mark.parametrize(
    ("now", "result"),
    [("0", COMPLETE), ("0.1", PARTIAL), ("69.9", PARTIAL), ("70", PARTIAL), ("70.1", STABLE),
     ("100", STABLE), ("119.9", STABLE), ("120", PROGRESSION), ("120.1", PROGRESSION)],
)  # fmt: skip
def test_against_a_baseline_of_100_mm(now, result):
    assert results(sizes("100", now)) == [result]


@pytest.mark.parametrize(
    ("now", "result"),
    [("14.9", STABLE), ("15", PROGRESSION), ("15.1", PROGRESSION), ("12", STABLE)],
)
def test_growth_by_a_fifth_is_progression_only_from_5_mm_on(now, result):
    assert results(sizes("10", now)) == [result]


@pytest.mark.parametrize(
    ("now", "result"), [("59.9", PARTIAL), ("60", PROGRESSION), ("60.1", PROGRESSION)]
)
def test_growth_is_counted_from_the_smallest_sum_and_outranks_response(now, result):
    assert results(sizes("100", "50", now)) == [PARTIAL, result]


def test_a_lesion_that_was_gone_and_is_there_again_is_progression_whatever_its_size():
    assert results(sizes("30", "0", "2")) == [COMPLETE, PROGRESSION]


def test_resolved_is_gone_without_a_size():
    findings = [*sizes("30"), finding("A", 1, change="resolved")]
    assert results(findings) == [COMPLETE]


@pytest.mark.parametrize(("size", "fits"), [("9.9", False), ("10", True), ("10.1", True)])
def test_a_lesion_can_be_measured_from_10_mm_on(size, fits):
    (result,) = results(sizes(size, "0"))
    assert result == (
        COMPLETE if fits else "The longest diameter at the baseline (Event 0) is below 10 mm."
    )


@pytest.mark.parametrize(("size", "fits"), [("14.9", False), ("15", True), ("15.1", True)])
def test_a_node_is_a_target_from_a_short_axis_of_15_mm_on(size, fits):
    findings = sizes(size, "5", dimension="short_axis")
    (result,) = results(findings, slugs={"A": "portal-lymph-node"})
    assert (result == COMPLETE) is fits
    assert fits or result.startswith("The short axis of a lymph node at the baseline")


@pytest.mark.parametrize(("now", "result"), [("9.9", COMPLETE), ("10", PARTIAL), ("10.1", PARTIAL)])
def test_a_node_below_10_mm_is_no_disease(now, result):
    findings = sizes("20", now, dimension="short_axis")
    assert results(findings, slugs={"A": "portal-lymph-node"}) == [result]


def test_sums_are_of_the_targets_and_name_baseline_and_nadir():
    findings = [*sizes("40", "20", "30"), *sizes("60", "20", "30", lesion="B")]
    partial, progression = responses(case_of(findings))
    assert partial.words == "Partial response: 40 mm against 100 mm at the baseline (Event 0)."
    assert progression.words == (
        "Progression: 60 mm against 100 mm at the baseline (Event 0) and 40 mm at the smallest "
        "(Event 1)."
    )
    assert [row.words for row in partial.inputs] == [
        "Lesion B: 60 mm (Event 0)", "Lesion B: 20 mm (Event 1)",
        "Lesion A: 40 mm (Event 0)", "Lesion A: 20 mm (Event 1)",
    ]  # fmt: skip


def test_at_most_two_lesions_of_an_organ_and_five_in_all_are_targets():
    liver = [row for name in "ABC" for row in sizes("50", "10", lesion=name)]
    (row,) = responses(case_of(liver))
    assert len(row.inputs) == 4
    many = [row for name in "ABCDEF" for row in sizes("50", "10", lesion=name)]
    (row,) = responses(case_of(many, slugs={name: f"organ-{name}" for name in "ABCDEF"}))
    assert len(row.inputs) == 10


def test_a_new_lesion_is_progression_until_it_is_gone():
    findings = [
        *sizes("50", "20", "20", "20"),
        finding("N", 1, change="new"),
        finding("N", 3, change="resolved"),
    ]
    first, second, third = responses(case_of(findings))
    assert first.words == "Progression: new lesion (Lesion N)."
    assert (second.result, third.result) == (PROGRESSION, PARTIAL)


def test_what_was_measured_is_gone_and_another_lesion_is_not_said_to_be():
    findings = [*sizes("50", "0"), finding("B", 0)]
    (row,) = responses(case_of(findings))
    assert row.words == "Partial response: what was measured is gone, Lesion B not said to be."


@pytest.mark.parametrize(
    ("findings", "reason"),
    [
        (sizes("50"), "Sizes are given at one time only (Event 0)."),
        (sizes("0", "20"), "The longest diameter at the baseline (Event 0) is below 10 mm."),
        (sizes(("40", "50"), ("25", "40")), "The sizes are ranges: it may be partial response or "
         "stable disease."),
        ([*sizes("50", "20"), *sizes("40", lesion="B")], "No size is given of Lesion B."),
    ],
)  # fmt: skip
def test_what_cannot_be_derived_says_why(findings, reason):
    assert results(findings) == [reason]


def test_ranges_that_give_one_result_at_all_ends_are_enough():
    assert results(sizes(("40", "50"), ("10", "12"))) == [PARTIAL]


@pytest.mark.parametrize(
    ("dimension", "slug", "counted"),
    [
        ("perpendicular", "liver", "longest diameter"),
        ("third", "liver", "longest diameter"),
        ("short_axis", "liver", "longest diameter"),
        ("longest", "portal-lymph-node", "short axis, which counts for a lymph node"),
    ],
)
def test_sizes_in_another_plane_are_none_of_the_rule(dimension, slug, counted):
    (row,) = responses(case_of(sizes("50", "20", dimension=dimension), slugs={"A": slug}))
    assert row.reason == f"Sizes are given, but none of them is the {counted}."
    assert [each.target for each in row.inputs] == [f"finding-FIA{n}{dimension}" for n in (0, 1)]


def test_a_size_in_another_plane_later_is_no_size():
    findings = [*sizes("50"), finding("A", 1, "20", dimension="perpendicular")]
    assert results(findings) == ["Sizes are given at one time only (Event 0)."]


def test_a_lesion_that_is_only_said_to_be_gone_has_no_baseline():
    findings = [finding("B", 0, change="resolved"), *sizes(None, "50", "20")]
    assert results(findings) == [PARTIAL]
    assert results([finding("B", 0, change="resolved")]) == []


def test_a_lesion_called_new_at_the_baseline_is_not_new_after_it():
    findings = [*sizes("50", "20"), finding("N", 0, change="new")]
    assert results(findings) == [PARTIAL]


@pytest.mark.parametrize(
    ("small", "told"),
    [
        (sizes("8", "12.9", lesion="B"), ""),
        (sizes("8", "13", lesion="B"), "may have grown to 13 mm. "),
        (sizes("8", "13.1", lesion="B"), "may have grown to 13.1 mm. "),
        (sizes("8", ("12", "13"), lesion="B"), "may have grown to 12–13 mm. "),
        ([finding("B", 1, change="increased")], "is said to have increased (Event 1). "),
        ([finding("B", 0, change="increased")], ""),
    ],
)
def test_a_tumour_beside_the_targets_that_grew_is_for_a_person_to_judge(small, told):
    (result,) = results([*sizes("50", "20"), *small])
    assert result == (
        f"Lesion B, which is not among the lesions that are summed, {told}"
        "Whether that is progression is for a person to judge."
        if told
        else PARTIAL
    )


def test_what_grew_beside_the_targets_does_not_hide_their_progression():
    assert results([*sizes("50", "70"), finding("B", 1, change="increased")]) == [PROGRESSION]


def test_a_thrombus_is_no_target():
    assert results(sizes("50", "20"), kinds={"A": "thrombus"}) == []


def test_what_the_report_says_stands_beside_and_may_disagree():
    events = [event(0), replace(event(1, 30, 30), outcome="stable_disease")]
    (row,) = responses(case_of(sizes("50", "20"), events=events))
    assert (row.result, row.reported, row.disagrees) == (PARTIAL, STABLE, True)


def test_after_embolisation_the_usual_measure_is_named():
    events = [event(0), event(1, 10, 10, category="intervention", label="TACE"), event(2, 40, 40)]
    (row,) = responses(case_of(sizes("50", None, "20"), events=events))
    assert row.words.endswith("mRECIST (the enhancing part) is the usual measure.")


MM = st.decimals(0, 200, places=1).map(str)
SERIES = st.lists(MM, min_size=2, max_size=5)
UNRELATED = st.sampled_from(["thrombus", "other", "tumour"])


@given(
    SERIES, UNRELATED, st.lists(st.sampled_from(["", "new", "increased", "resolved"]), max_size=5)
)
def test_an_unrelated_lesion_never_improves_a_response(values, kind, changes):
    alone = {row.target: row.result for row in responses(case_of(sizes(*values)))}
    added = [finding("X", place, change=change) for place, change in enumerate(changes)]
    events = [event(place, place * 30, place * 30) for place in range(5)]
    both = responses(case_of([*sizes(*values), *added], events=events, kinds={"X": kind}))
    for row in both:
        if alone.get(row.target):
            assert not row.result or RANKS[row.result] >= RANKS[alone[row.target]]


def beside(values, kind):
    """Sizes of a lesion that is no target: not a tumour, or too small at the baseline."""
    first = "9" if kind == "tumour" else values[0]
    return sizes(first, *values[1:], lesion="X")


@given(SERIES, SERIES, UNRELATED)
def test_the_sizes_of_an_unrelated_lesion_never_improve_a_response(values, others, kind):
    events = [event(place, place * 30, place * 30) for place in range(5)]
    alone = {row.target: row.result for row in responses(case_of(sizes(*values), events=events))}
    findings = [*sizes(*values), *beside(others, kind)]
    for row in responses(case_of(findings, events=events, kinds={"X": kind})):
        if alone.get(row.target):
            assert not row.result or RANKS[row.result] >= RANKS[alone[row.target]]


@given(SERIES)
def test_a_larger_size_is_never_a_better_response(values):
    larger = [*values[:-1], str(Decimal(values[-1]) + 1)]
    pair = zip(responses(case_of(sizes(*values))), responses(case_of(sizes(*larger))), strict=True)
    for one, other in pair:
        if one.result and other.result:
            assert RANKS[other.result] >= RANKS[one.result]
