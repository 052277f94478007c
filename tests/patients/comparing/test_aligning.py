"""What the courses of a comparison are laid upon, and what is said of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from patients.comparing.aligning import Aligned, aligned, remarks, usual_alignment
from patients.document.model import TermData
from patients.vocabulary import Alignment
from tests.patients.comparing.courses import case_of, operated
from tests.patients.timeline.documents import event, time_data

ONE, TWO = "CB-1111111", "CB-2222222"


def days_of(made):
    return [(row.time.start.low, row.time.start.high) for row in made.document.events]


def test_days_count_from_the_event_and_keep_their_distances():
    made = aligned(operated(ONE, 40, 40), Alignment.OPERATION)
    assert days_of(made) == [(-40, -40), (0, 0)]
    assert made.anchor == "EV1"
    assert made.document.events[0].time.words == "then"


def test_our_own_words_count_anew_and_those_of_the_report_stay():
    ours = event(0, 12, 12, category="drug")
    ours = replace(ours, time=replace(ours.time, start=replace(
        time_data(12, 12), words="day 12", days_words="day 12"
    )))  # fmt: skip
    told = event(1, 400, 765, category="imaging", words="2020")
    made = aligned(case_of(ONE, ours, told), Alignment.TREATMENT)
    assert [row.time.words for row in made.document.events] == ["day 0", "2020"]


def test_the_first_in_the_order_of_the_case_is_taken():
    made = case_of(
        ONE,
        event(0, 50, 50, category="surgery", label="Second"),
        event(1, 10, 10, category="surgery", label="First"),
    )
    assert aligned(made, Alignment.OPERATION).anchor == "EV1"


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (case_of(ONE, event(0)), "no operation is reported"),
        (operated(ONE, None, None), "the time of “Resection” is not reported"),
        (operated(ONE, None, 5), "the time of “Resection” has a latest day and no earliest one"),
    ],
)
def test_without_an_earliest_day_a_case_has_no_place(made, reason):
    found = aligned(made, Alignment.OPERATION)
    assert (found.accession, found.reason) == (ONE, reason)


@pytest.mark.parametrize(
    ("low", "high", "off"), [(5, 5, 0), (365, 730, 365), (0, 1, 1), (7, None, None)]
)
def test_how_far_off_its_place_may_be(low, high, off):
    assert aligned(operated(ONE, low, high), Alignment.OPERATION).off == off


def test_what_is_not_known_to_the_day_is_said():
    documents = [
        operated(ONE, 0, 365, words="2016"), operated(TWO, 9, 9), operated("CB-3333333", 0, None),
    ]  # fmt: skip
    found = [aligned(row, Alignment.OPERATION) for row in documents]
    year, open_ended = remarks(found, Alignment.OPERATION)
    assert year == (
        "CB-1111111 is laid upon a first operation that was reported as “2016”: its place is up to "
        "12 months off."
    )
    assert "CB-3333333: there it stands at its earliest day" in open_ended
    assert TWO not in year + open_ended


@pytest.mark.parametrize(
    ("label", "term", "expected"),
    [
        ("Chemoembolization of the liver", "", True),
        ("TACE", "", True),
        ("Radioembolisation", "", True),
        ("Drainage after embolisation", "", False),
        ("Biopsy before TACE", "", False),
        ("Second session", "Hepatic artery embolisation", True),
        ("Embolisation planned, ablation done", "Radiofrequency ablation", False),
        ("Space of a face", "", False),
    ],
)
def test_what_counts_as_an_embolisation(label, term, expected):
    row = event(1, 5, 5, category="intervention", label=label)
    if term:
        row = replace(row, term=TermData("slug", term, "", "", ""))
    found = aligned(case_of(ONE, event(0), row), Alignment.EMBOLISATION)
    assert isinstance(found, Aligned) == expected


def test_only_an_intervention_is_an_embolisation():
    row = event(1, 5, 5, category="follow_up", label="Embolisation")
    assert not isinstance(aligned(case_of(ONE, row), Alignment.EMBOLISATION), Aligned)


def test_the_usual_is_what_more_than_half_of_the_cases_have():
    treated, diagnosed = operated(ONE, 3, 3), case_of(TWO, event(0, category="diagnosis"))
    neither = case_of("CB-3333333", event(0))
    assert usual_alignment([treated, treated, neither]) == Alignment.TREATMENT
    assert usual_alignment([treated, diagnosed, diagnosed]) == Alignment.DIAGNOSIS
    assert usual_alignment([treated, diagnosed]) == Alignment.DAY_ZERO
    assert usual_alignment([neither, neither]) == Alignment.DAY_ZERO


def test_day_0_can_always_be_had():
    made = aligned(operated(ONE, 3, 3), Alignment.DAY_ZERO)
    assert (made.anchor, made.off, days_of(made)) == ("EV0", 0, [(0, 0), (3, 3)])


def test_far_days_are_worded_too():
    made = case_of(ONE, event(0, -55_000, -55_000), event(1, 55_000, 55_000, category="surgery"))
    words = aligned(made, Alignment.OPERATION).document.events[0].time.start.days_words
    assert words == "more than 150 years from day 0"
