"""Which times between events are told, and which cannot be derived."""

from __future__ import annotations

from dataclasses import replace

import pytest

from patients.derived.intervals import intervals
from patients.document.model import OffsetData, TermData
from tests.patients.derived.cases import finding, site
from tests.patients.timeline.documents import document, event

NET = TermData("net", "Neuroendocrine tumour", "", "", "")


def coded(place, low, high, category, slug="", *, outcome="", **more):
    term = TermData(slug, slug, "", "", "") if slug else None
    row = event(place, low, high, category=category, **more)
    return replace(row, term=term, outcome=outcome)


def told(*events, findings=(), diagnosis=None):
    made = replace(document(list(events), findings=findings), diagnosis=diagnosis)
    numbered = [replace(row, number=number) for number, row in enumerate(made.events, 1)]
    found = intervals(replace(made, events=numbered))
    return {row.heading: row.words or row.reason for row in found}


def test_from_the_diagnosis_to_treatment_and_from_there_to_progression():
    assert told(
        coded(0, -30, -10, "diagnosis", "net", label="Diagnosis"),
        coded(1, 0, 0, "surgery", "hepatectomy"),
        coded(2, 91, 152, "follow_up", outcome="progression"),
        diagnosis=NET,
    ) == {
        "From the diagnosis to the first operation": "Between 10 and 30 days.",
        "From the first operation to progression; from the first operation to the last report":
            "Between 3 and 5 months (91 to 152 days).",
    }  # fmt: skip


def test_an_operation_that_came_before_the_diagnosis_says_so():
    (words,) = told(
        coded(0, -9, -9, "surgery", "hepatectomy"), coded(1, 0, 0, "diagnosis", "net"),
        diagnosis=NET,
    ).values()  # fmt: skip
    assert words == "9 days before."


@pytest.mark.parametrize(
    "second",
    [
        coded(1, 40, 40, "surgery"),  # begun, perhaps, but nothing says what was done
        coded(1, 40, 40, "intervention", "drainage", label="Drainage after TACE"),
        coded(1, 40, 40, "imaging", label="Recurrence"),
        coded(1, 40, 40, "history", "hepatectomy"),
    ],
)
def test_nothing_is_guessed_from_words(second):
    first = coded(0, 0, 0, "diagnosis", "net")
    assert told(first, second, diagnosis=NET) == {}


def test_from_embolisation_to_thrombosis_and_to_the_vessel_seen_open():
    veins = [(1, "thrombosed", "portal-vein"), (1, "thrombosed", "splenic-vein"),
             (2, "patent", "portal-vein")]  # fmt: skip
    findings = [
        finding(None, place, dimension=slug, patency=state, site=site(slug))
        for place, state, slug in veins
    ]
    first = coded(0, 0, 365, "intervention", "hepatic-artery-embolisation")
    scan = event(1, 3, 368)
    scan = replace(scan, time=replace(scan.time, anchor="EV0", offset=OffsetData(3, 3)))
    found = told(first, scan, event(2, 400, 410), findings=findings)
    assert found == {
        "From the first embolisation to thrombosis seen (portal vein); from the first embolisation "
        "to thrombosis seen (splenic vein)": "3 days.",
        "From thrombosis seen (portal vein) to open again, at least partly":
            "Between 32 days and 13 months (32 to 407 days).",
    }  # fmt: skip


def test_the_death_and_the_last_report():
    operation = coded(0, 0, 0, "surgery", "hepatectomy")
    lives = coded(1, 400, 430, "follow_up", ongoing=True)
    assert told(operation, lives) == {
        "From day 0 to the last report; from the first operation to the last report":
            "At least 13 months (400 days)."
    }  # fmt: skip
    died = coded(2, 800, 800, "outcome", outcome="died")
    (heading,) = told(operation, lives, died)
    assert heading == "From day 0 to death; from the first operation to death"


def test_an_order_that_the_times_contradict_gives_none():
    operation = coded(1, 30, 30, "surgery", "hepatectomy", label="Hepatectomy")
    died = coded(2, 10, 10, "outcome", outcome="died", label="Death")
    found = told(operation, died)
    assert found == {
        "From the first operation to death":
            "The times contradict what they tell: “Death” would come before “Hepatectomy”."
    }  # fmt: skip


def test_two_that_may_each_be_the_first_are_both_counted_with():
    events = [
        coded(0, 0, 0, "diagnosis", "net", label="Biopsy"),
        coded(1, 10, 375, "surgery", "hepatectomy", label="Hepatectomy"),
        coded(2, 40, 40, "surgery", "splenectomy", label="Splenectomy"),
        coded(3, 400, 400, "surgery", "resection", label="Resection"),
    ]
    made = replace(document(events), diagnosis=NET)
    (row,) = intervals(made)
    assert row.words == "Between 10 and 40 days."
    assert [each.words for each in row.inputs] == [
        "Biopsy (then)", "Hepatectomy (then)", "Splenectomy (then)",
    ]  # fmt: skip


def test_two_that_may_each_be_the_last_report_are_both_counted_with():
    found = told(
        coded(0, 0, 0, "surgery", "hepatectomy"),
        coded(1, 100, None, "follow_up"),
        coded(2, 300, 330, "outcome", outcome="improved"),
    )
    assert list(found.values()) == ["At least 10 months (300 days)."]


def test_what_the_record_puts_before_a_treatment_is_not_counted_from_it():
    findings = [finding(None, 0, patency="thrombosed", site=site("portal-vein"))]
    assert told(
        event(0, 0, 365), coded(1, 0, None, "intervention", "hepatic-artery-embolisation"),
        findings=findings,
    ) == {}  # fmt: skip


def test_times_that_bound_nothing_say_so():
    found = told(
        coded(0, 0, 0, "diagnosis", "net", label="Biopsy"),
        coded(1, None, None, "drug", "octreotide", label="Octreotide"),
        diagnosis=NET,
    )
    assert found == {
        "From the diagnosis to the first drug":
            "The times of “Biopsy” and “Octreotide” do not bound what lies between them."
    }  # fmt: skip


def test_both_events_are_the_inputs_and_what_it_is_about():
    (row,) = intervals(
        replace(
            document([coded(0, 0, 0, "diagnosis", "net"), coded(1, 40, 41, "surgery", "x")]),
            diagnosis=NET,
        )
    )
    assert [each.target for each in row.inputs] == ["event-EV0", "event-EV1"]
    assert (row.target, row.result, row.days) == ("event-EV0.event-EV1", "40..41", (40, 41))
