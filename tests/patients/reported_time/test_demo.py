"""Every time of the demo can be typed, and comes to exactly the days that the demo stores."""

from __future__ import annotations

from dataclasses import replace

import pytest

from patients.reported_time import Entry, read, words
from tests.patients.reported_time import demo_cases
from tests.patients.reported_time.demo_cases import Demo
from tests.patients.reported_time.first_case import TYPED

EVERY = [demo for case in demo_cases.CASES for demo in demo_cases.events_of(case)]


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
    assert [demo.key for demo in demo_cases.events_of("tian-2022")] == list(TYPED)


@pytest.mark.parametrize("key", TYPED)
def test_what_is_typed_for_the_first_case(key: str) -> None:
    demo = demo_cases.find("tian-2022", key)
    assert read(TYPED[key], demo.context) == demo.stored


@pytest.mark.parametrize("key", TYPED)
def test_the_first_case_can_be_typed_in_the_order_of_its_report(key: str) -> None:
    """An event is typed before those that follow it are there."""
    demos = demo_cases.events_of("tian-2022")
    told = {demo_cases.id_of(demo.key) for demo in demos[: list(TYPED).index(key)]}
    context = demo_cases.find("tian-2022", key).context
    told_before = tuple(event for event in context.events if event.id in told)
    understood = read(TYPED[key], replace(context, events=told_before))
    assert understood == demo_cases.find("tian-2022", key).stored
