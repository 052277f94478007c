"""Points, their order, and what readers' weights do to it."""

from __future__ import annotations

from patients.likeness import USUAL, likeness, ranked
from patients.likeness.codes import codes_of
from tests.patients.likeness.cases import features, named, treated, vein

SEED = features(
    diagnosis=named("tumour"), site=named("pancreas"), veins=[vein("portal-vein", "thrombosed")],
    sex="male",
)  # fmt: skip
SAME_VEIN = features(veins=[vein("portal-vein", "thrombosed")], sex="male")
SAME_DIAGNOSIS = features(diagnosis=named("tumour"))
NO_VEIN = {**USUAL, "vein": 0}


def order(weights: dict[str, int]) -> list[str]:
    rows = [("vein", SAME_VEIN), ("diagnosis", SAME_DIAGNOSIS), ("none", features(sex="male"))]
    return [key for key, _ in ranked(((k, likeness(SEED, o, {})) for k, o in rows), weights)]


def test_the_most_like_come_first_and_the_unlike_not_at_all() -> None:
    assert order(dict(USUAL)) == ["vein", "diagnosis"]


def test_weights_change_the_order() -> None:
    assert order(NO_VEIN) == ["diagnosis", "vein"]


def test_what_counts_nothing_is_not_there() -> None:
    assert order({**NO_VEIN, "sex": 0}) == ["diagnosis"]


def test_reasons_are_told_by_weight_and_never_where_they_count_nothing() -> None:
    like = likeness(SEED, SAME_VEIN, {})
    assert like.reasons(USUAL).startswith("Portal vein involved in both; portal vein thrombosed")
    assert like.reasons(USUAL).endswith("; same sex, male")
    assert like.reasons(NO_VEIN) == "Same sex, male"
    assert like.points(USUAL) == 10 * 0.925 + 1


def test_both_ways_the_same_points() -> None:
    one = features(references=["A", "B"], treatments=treated("drug a", "drug b", "surgery"))
    other = features(references=["B"], treatments=treated("drug b", "drug a"))
    cited = {"B": 5}
    assert likeness(one, other, cited).points(USUAL) == likeness(other, one, cited).points(USUAL)


def test_what_is_shared_is_a_code_in_both() -> None:
    one = features(diagnosis=named("a"), also_diagnosed=[named("b")], references=["X1"])
    other = features(diagnosis=named("b"), references=["X1"], treatments=treated("drug a"))
    assert len(set(codes_of(one)) & set(codes_of(other))) == 2
    assert all(-(2**31) <= code < 2**31 for code in codes_of(one))


def test_the_order_of_two_treatments_is_a_code() -> None:
    one = features(treatments=treated("drug a", "drug b"))
    turned = features(treatments=treated("drug b", "drug a"))
    assert len(set(codes_of(one)) - set(codes_of(turned))) == 1
