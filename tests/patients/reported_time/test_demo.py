"""Every time of the demo can be typed, and comes to exactly the days that the demo stores."""

from __future__ import annotations

from dataclasses import replace

import pytest

from patients.reported_time import Entry, read, words
from tests.patients.reported_time import demo_cases
from tests.patients.reported_time.demo_cases import Demo

EVERY = [demo for case in demo_cases.CASES for demo in demo_cases.events_of(case)]

TIAN = {
    "hepatitis-c": "on or before day 0",
    "mass-found": "2016",
    "preoperative-mri": "after single liver mass found at a routine examination",
    "clinical-liver-cancer": "after enhanced MRI before surgery",
    "hepatectomy": "after enhanced MRI before surgery",
    "pathology": "after right lobe hepatectomy",
    "no-primary-found": "after pathology: neuroendocrine neoplasm",
    "recovery": "after surgery",
    "yearly-follow-up": "after surgery until 2020",
    "pancreatic-mass-found": "2020",
    "mri-2020": "2020",
    "fdg-pet": "2020",
    "biopsy-refused": "after pancreatic primary mass found",
    "mdt": "after pancreatic primary mass found",
    "embolisation": "after multidisciplinary consultation: embolisation and endocrine therapy",
    "octreotide": "after hepatic artery embolisation, every 4 weeks, ongoing",
    "heparin": "at the same time, twice a day for a total of 3 days",
    "rivaroxaban": "after hepatic artery embolisation, for 1 month",
    "response-imaging": "after rivaroxaban",
    "monthly-follow-up": "after hepatic artery embolisation, ongoing",
    "current-state": "at present",
}
"""What to type for each event of the first case, in a case that has the events before it."""


def same(understood: Entry, stored: Entry) -> bool:
    """All that the row keeps. A frequency of the demo may be less counted than its words allow."""
    return replace(understood, frequency=None, day_zero_year=None) == replace(
        stored, frequency=None, day_zero_year=None
    )


@pytest.mark.parametrize("demo", EVERY, ids=[f"{d.case} {d.key}" for d in EVERY])
def test_every_time_is_worded_and_read_back_with_its_words(demo: Demo) -> None:
    understood = read(words(demo.stored, demo.context), demo.context)
    assert isinstance(understood, Entry), understood
    assert same(understood, demo.stored)
    assert understood.frequency == demo.stored.frequency


REPORTED = [d for d in EVERY if d.stored.start.reported_as and d.stored.end is None]


@pytest.mark.parametrize("demo", REPORTED, ids=[f"{d.case} {d.key}" for d in REPORTED])
def test_reported_words_alone_are_read_as_the_start_that_is_stored(demo: Demo) -> None:
    understood = read(demo.stored.start.reported_as, demo.context)
    assert isinstance(understood, Entry), understood
    assert (understood.start, understood.anchor) == (demo.stored.start, demo.stored.anchor)


def test_the_first_case_is_told_whole() -> None:
    assert [demo.key for demo in demo_cases.events_of("tian-2022")] == list(TIAN)


@pytest.mark.parametrize("key", TIAN)
def test_what_is_typed_for_the_first_case(key: str) -> None:
    demo = demo_cases.find("tian-2022", key)
    assert read(TIAN[key], demo.context) == demo.stored


@pytest.mark.parametrize("key", TIAN)
def test_the_first_case_can_be_typed_in_the_order_of_its_report(key: str) -> None:
    """An event is typed before those that follow it are there."""
    demos = demo_cases.events_of("tian-2022")
    told = {demo_cases.id_of(demo.key) for demo in demos[: list(TIAN).index(key)]}
    context = demo_cases.find("tian-2022", key).context
    told_before = tuple(event for event in context.events if event.id in told)
    understood = read(TIAN[key], replace(context, events=told_before))
    assert understood == demo_cases.find("tian-2022", key).stored
