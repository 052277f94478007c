"""How far two cases agree in each part, and in which words."""

from __future__ import annotations

import pytest

from patients.likeness import USUAL, Features, Part, likeness
from patients.likeness.courses import longest_in_order
from patients.likeness.weights import PARTS
from tests.patients.likeness.cases import aged, features, finding, named, treated, vein

HERE, THERE = "portal-vein", "splenic-vein"


def part(key: str, one: Features, other: Features, **cited: int) -> Part | None:
    found = [each for each in likeness(one, other, cited).parts if each.key == key]
    return found[0] if found else None


def told(key: str, one: Features, other: Features) -> tuple[float, str]:
    found = part(key, one, other)
    assert found is not None
    return round(found.share, 3), found.words


def test_every_part_has_a_usual_weight() -> None:
    assert list(PARTS) == list(USUAL)


def test_nothing_reported_is_like_nothing() -> None:
    assert likeness(features(), features(), {}).parts == []


def test_age_and_sex_alone_make_no_likeness() -> None:
    assert likeness(aged(50, sex="female"), aged(50, sex="female"), {}).parts == []


def test_the_same_diagnosis() -> None:
    one = features(diagnosis=named("insulinoma"))
    assert told("diagnosis", one, one) == (1.0, "same diagnosis, insulinoma")


def test_a_diagnosis_of_the_others_course_is_half_of_it() -> None:
    one = features(diagnosis=named("insulinoma"), also_diagnosed=[named("cirrhosis")])
    other = features(diagnosis=named("cirrhosis"))
    assert told("diagnosis", one, other) == (0.5, "cirrhosis diagnosed in both")
    assert told("diagnosis", other, one) == (0.5, "cirrhosis diagnosed in both")


def test_names_that_are_alike_are_no_diagnosis_in_common() -> None:
    one = features(diagnosis=named("pancreatic-tumour"))
    assert part("diagnosis", one, features(diagnosis=named("pancreatic-tumour-2"))) is None


@pytest.mark.parametrize(
    ("ours", "theirs", "share", "words"),
    [
        (
            [vein(HERE, "thrombosed", "recanalised")],
            [vein(HERE, "thrombosed", "recanalised")],
            1.0,
            "portal vein involved in both; same course of the portal vein: thrombosed, then "
            "recanalised",
        ),
        (
            [vein(HERE, "thrombosed")],
            [vein(HERE, "thrombosed")],
            0.925,
            "portal vein involved in both; portal vein thrombosed in both",
        ),
        (
            [vein(HERE, "thrombosed", "recanalised")],
            [vein(HERE, "obstructed", "recanalised")],
            0.925,
            "portal vein involved in both; portal vein at the end recanalised in both",
        ),
        (
            [vein(HERE, "thrombosed"), vein(THERE)],
            [vein(HERE, "patent", "obstructed")],
            0.8,
            "portal vein involved in both",
        ),
        (
            [vein(HERE)],
            [vein(THERE)],
            0.75,
            "a vein involved in both: portal vein here, splenic vein there",
        ),
    ],
)
def test_veins(ours: list, theirs: list, share: float, words: str) -> None:
    assert told("vein", features(veins=ours), features(veins=theirs)) == (share, words)


def test_no_vein_is_not_a_course_in_common() -> None:
    assert part("vein", features(), features()) is None
    assert part("vein", features(veins=[vein(HERE)]), features()) is None


def test_findings_by_kind_and_site() -> None:
    one = features(findings=[finding("metastasis", "liver"), finding("primary", "pancreas")])
    other = features(findings=[finding("metastasis", "liver"), finding("primary", "stomach")])
    words = "metastasis (liver) in both; primary tumour in both, not at the same recorded site"
    assert told("findings", one, other) == (0.5, words)


def test_treatments_by_term() -> None:
    one = features(treatments=treated("drug octreotide", "surgery splenectomy"))
    other = features(treatments=treated("drug octreotide"))
    assert told("treatments", one, other) == (0.5, "octreotide in both")


def test_treatments_by_kind_where_no_term_is_shared() -> None:
    one = features(treatments=treated("drug octreotide", "surgery"))
    other = features(treatments=treated("drug"))
    assert told("treatments", one, other) == (0.2, "drug therapy in both, of different sorts")


def test_order_of_treatments() -> None:
    one = features(treatments=treated("intervention embolisation", "surgery splenectomy",
                                      "drug heparin"))  # fmt: skip
    other = features(treatments=treated("drug octreotide", "intervention embolisation",
                                        "drug heparin"))  # fmt: skip
    assert told("order", one, other) == (0.5, "embolisation, then heparin in both")
    reversed_ = features(treatments=treated("drug heparin", "intervention embolisation"))
    assert part("order", one, reversed_) is None


def test_order_of_kinds_where_terms_have_none() -> None:
    one = features(treatments=treated("surgery", "drug octreotide"))
    other = features(treatments=treated("surgery splenectomy", "drug heparin"))
    words = "surgery, then drug therapy in both, of different sorts"
    assert told("order", one, other) == (0.4, words)


@pytest.mark.parametrize(
    ("one", "other", "run"),
    [("abcd", "bd", "bd"), ("abc", "cba", "a"), ("abc", "xyz", ""), ("", "a", ""),
     ("abcab", "bca", "bca")],
)  # fmt: skip
def test_longest_in_order(one: str, other: str, run: str) -> None:
    found = longest_in_order(one, other)
    assert len(found) == len(run)
    assert "".join(found) == run


def test_a_study_that_few_cases_cite_weighs_more() -> None:
    one = features(references=["A", "B", "C"])
    other = features(references=["C"])
    rare, common = part("references", one, other, C=2), part("references", one, other, C=16)
    assert rare is not None
    assert common is not None
    assert rare.share == pytest.approx(1 / 3)
    assert common.share == pytest.approx(1 / 12)
    assert rare.words == "1 shared study (here 3)"


def test_many_shared_studies_say_no_more_than_all() -> None:
    one = features(references=list("ABCDEFG"))
    words = "7 shared studies (here 1, 2, 3, 4 and 3 more)"
    assert told("references", one, one) == (1.0, words)


@pytest.mark.parametrize(
    ("one", "other", "share", "words"),
    [
        (aged(50), aged(50), 1.0, "same age, 50 years"),
        (aged(50), aged(51), 0.95, "ages 1 year apart, 50 years here and 51 years there"),
        (aged(40, 49), aged(45), 1.0, "ages that overlap, 40 years here and 45 years there"),
        (aged(50), aged(69), 0.05, "ages 19 years apart, 50 years here and 69 years there"),
    ],
)
def test_ages(one: Features, other: Features, share: float, words: str) -> None:
    assert told("age", _with_diagnosis(one), _with_diagnosis(other)) == (share, words)


def test_ages_that_are_far_apart_or_not_told() -> None:
    one = _with_diagnosis(aged(50))
    assert part("age", one, _with_diagnosis(aged(70))) is None
    assert part("age", one, _with_diagnosis(features())) is None


def _with_diagnosis(changed: Features) -> Features:
    return features(
        diagnosis=named("tumour"), age_low=changed.age_low, age_high=changed.age_high,
        age_words=changed.age_words,
    )  # fmt: skip
