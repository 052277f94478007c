"""The edges of rules: what is just taken and what is just left. Of each, a change for the worse was
noticed by no other test (`make mutants`)."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from patients.deidentification import validate_reported_as
from patients.screening import find
from patients.vocabulary import HitKind

WORDS = ("may", "mar", "march", "oct", "dec", "jan", "jun")
"""Months that are other words too."""


def pieces(text: str, kind: HitKind | None = None) -> list[str]:
    return [text[hit.start : hit.end] for hit in find(text) if kind in (None, hit.kind)]


def dates(text: str) -> list[str]:
    return pieces(text, HitKind.DATE)


@pytest.mark.parametrize("word", WORDS)
def test_a_word_that_may_be_a_month_needs_its_capital_or_a_year(word):
    assert dates(f"Seen 5 {word} by us") == []
    assert dates(f"Seen 5 {word.upper()} by us") == []
    odd = word[0].upper() + word[1].upper() + word[2:]
    assert dates(f"Seen 5 {odd} by us") == []
    assert dates(f"Seen 5 {word.title()} by us") == [f"5 {word.title()}"]
    assert dates(f"Seen 5 {word} 2016 by us") == [f"5 {word} 2016"]


@pytest.mark.parametrize("word", ["apr", "sept", "nov"])
def test_other_months_are_taken_in_any_letters(word):
    assert dates(f"Seen 5 {word} by us") == [f"5 {word}"]


@pytest.mark.parametrize(
    "date",
    [
        "31/12/2016", "12/31/2016", "31.12.2016", "12.31.2016", "12-31-2016",
        "31.12.16", "31-12-16", "12/31/16", "31/12/16", "1/1/16",
    ],
)  # fmt: skip
def test_days_and_months_in_figures(date):
    assert dates(f"Seen {date} by us") == [date]


@pytest.mark.parametrize(
    "figures",
    [
        "32/12/2016", "12/32/2016", "13/31/2016", "31/13/2016", "32/32/2016", "13/13/2016",
        "12.31.16", "12-31-16", "32.12.16", "31.13.16", "31.31.16", "32/12/16", "13/31/16",
    ],
)  # fmt: skip
def test_figures_that_are_no_day_of_a_month(figures):
    assert dates(f"Seen {figures} by us") == []


def test_a_dilution_is_no_month():
    assert dates("Diluted 1/2000 in saline") == []
    assert dates("Seen 2/2000 by us") == ["2/2000"]
    assert dates("Seen 01/2000 by us") == ["01/2000"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("patient number 123", []),
        ("patient number 1234", ["patient number 1234"]),
        ("patient number 12345", ["patient number 12345"]),
        ("accession number AB123456", []),
        ("Accession number AB123456", []),
        ("accession number H16-12345", ["accession number H16-12345"]),
        ("EGA accession number EGAD00001234567", []),
        ("accession number EGAD00001234567", ["accession number EGAD00001234567"]),
        ("accession number EGAD00001234567 in EGA", ["accession number EGAD00001234567"]),
        ("MRN 12", []),
        ("MRN 123", ["MRN 123"]),
        ("MRN 1234", ["MRN 1234"]),
        ("身份证号1234", []),
        ("身份证号12345", ["身份证号12345"]),
    ],
)
def test_numbers_of_a_person(text, found):
    assert pieces(text) == found


@pytest.mark.parametrize(
    ("filled", "found"), [(30, []), (31, ["accession number EGAD00001234567"])]
)
def test_an_archive_is_looked_for_just_before_its_accession(filled, found):
    before = ("ena" + " x" * 20)[: filled - 1] + " "
    assert len(before) == filled
    assert pieces(f"{before}accession number EGAD00001234567") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Operated on by Wilhelmina Oxenbrugge.", ["Wilhelmina Oxenbrugge"]),
        ("Read by Wilhelmina Oxenbrugge and later again.", ["Wilhelmina Oxenbrugge"]),
        ("Reviewed by Wilhelmina Oxenbrugge et al.", []),
        ("Reviewed by Wilhelmina Oxenbrugge and colleagues", []),
        ("Reviewed by Wilhelmina Oxenbrugge (2016)", []),
        ("Reviewed by Wilhelmina Oxenbrugge & Doe", []),
        ("Patient J.K. came", ["J.K."]),
        ("The patient (I.V. drip)", []),
        ("The patient, P.O. first", []),
    ],
)
def test_names_of_persons_but_not_of_authors_and_routes(text, found):
    assert [piece.strip() for piece in pieces(text, HitKind.NAME)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("王医生看过", True),
        ("金属医生看过", False),
        ("他由王医生看过", True),
        ("高级医师看过", False),
    ],
)
def test_chinese_names_and_words_that_begin_like_one(text, found):
    assert bool(pieces(text, HitKind.NAME)) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She was born in Zzyzxford", ["Zzyzxford"]),
        ("She was born in Zzyzxford Upper", ["Zzyzxford Upper"]),
        ("She was born in China", []),
        ("She moved from Japan", []),
    ],
)
def test_places_below_a_country(text, found):
    assert pieces(text, HitKind.PLACE) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Seen at Zzyzxford Hospital again", True),
        ("Seen at University Hospital again", False),
        ("Seen at Zzyzxford General Hospital again", True),
        ("By the Zzyzxford Clinic criteria", False),
        ("By the Zzyzxford Clinic modified long score", False),
    ],
)
def test_hospitals_that_have_a_name_of_their_own(text, found):
    assert bool(pieces(text, HitKind.HOSPITAL)) is found


def test_the_refusal_of_a_date_says_what_to_do():
    with pytest.raises(ValidationError) as refused:
        validate_reported_as("5 May 2016")
    assert refused.value.code == "calendar_date"
    [words] = refused.value.messages
    assert words.startswith("Names a calendar date finer than a year. Write the time relative")
    assert words.endswith("to another event, or the year alone.")
