"""Events as CSV: words and bounds, and no cell that a spreadsheet runs."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

import pytest

from patients.pack.timeline_csv import HEADINGS, timeline_csv
from tests.patients.derived.cases import case_of, finding
from tests.patients.timeline.documents import UNKNOWN, document, event, every_four_weeks


def rows_of(found):
    return list(csv.DictReader(StringIO(timeline_csv(found).decode("utf-8-sig"))))


def test_times_stand_in_words_and_as_bounds():
    course = event(0, -3, 4, end=(10, 12), label="Drug", category="drug",
                   drug=every_four_weeks(), words="some days before", cites=(2, 1))  # fmt: skip
    (row,) = rows_of(document([course]))
    assert (row["From day"], row["To day"]) == ("-3", "4")
    assert row["When"] == "some days before"
    assert (row["Until from day"], row["Until to day"]) == ("10", "12")
    assert row["Details"] == "Dose: 30 mg; Frequency: every 4 weeks"
    assert row["References"] == "1, 2"


def test_what_is_not_reported_is_empty():
    (row,) = rows_of(document([event(0, *UNKNOWN)]))
    silent = set(HEADINGS) - {"Number", "Category", "Event", "When", "Precision", "Is day 0"}
    assert {row[name] for name in silent} == {""}


def test_findings_are_told_at_their_event():
    found = case_of([replace(finding("A", 0, ("30", "70"), change="smaller"),
                             description="with a rim")])  # fmt: skip
    first = found.events[0]
    found = replace(found, events=[replace(first, findings=[found.imaging_findings[0].id])])
    (row,) = rows_of(found)
    assert row["Findings"].startswith("Lesion A: ")
    assert "30–70 mm" in row["Findings"]
    assert row["Findings"].endswith("with a rim")


@pytest.mark.parametrize("label", ["=1+1", " @SUM(A1)", "+cmd", "-1", "＝1", "\t=1"])
def test_no_cell_is_a_formula(label):
    (row,) = rows_of(document([event(0, label=label, words=label)]))
    for name in ("Event", "When"):
        assert row[name] == f"'{label}"


def test_signs_of_every_language_stay():
    (row,) = rows_of(document([event(0, label="肝动脉栓塞 “x”, y\nz")]))
    assert row["Event"] == "肝动脉栓塞 “x”, y\nz"
