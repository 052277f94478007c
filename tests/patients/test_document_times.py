"""Event times in the document: anchors followed, contradictions named, everything worded."""

from __future__ import annotations

from typing import Any

import pytest

from patients.clinical_time import MAX_DAYS
from patients.document import build_document
from patients.document.model import EventData, EventTime, OffsetData
from patients.document.times import resolve
from patients.models import Case, Event
from tests.constraints import update
from tests.make import make_case, make_event

pytestmark = pytest.mark.django_db


def times(case: Case) -> dict[str, EventTime]:
    return {event.label: event.time for event in build_document(case).events}


def time_of(**changes: Any) -> EventTime:
    event = make_event(**changes)
    (only,) = build_document(event.case).events
    return only.time


def anchored(anchor: Event, low: int | None, high: int | None, precision: str) -> EventTime:
    event = make_event(
        anchor.case, anchor=anchor, start_low=low, start_high=high, start_precision=precision
    )
    return times(anchor.case)[event.label]


def test_a_chain_of_anchors_adds_up_in_whatever_order_the_rows_come() -> None:
    case = make_case()
    first = make_event(case, 100, label="first", position=9)
    second = make_event(
        case, label="second", anchor=first, position=5,
        start_low=28, start_high=31, start_precision="month",
    )  # fmt: skip
    make_event(case, 3, label="third", anchor=second, position=1)
    make_event(case, -3, label="fourth", anchor=second, position=0)
    found = times(case)
    assert {label: (time.start.low, time.start.high) for label, time in found.items()} == {
        "first": (100, 100), "second": (128, 131), "third": (131, 134), "fourth": (125, 128),
    }  # fmt: skip
    assert list(found) == ["first", "fourth", "second", "third"]
    assert found["third"].start.precision == "month"
    assert found["third"].anchor == second.public_id


def test_a_moved_anchor_moves_what_hangs_on_it() -> None:
    anchor = make_event(day=100)
    make_event(anchor.case, 3, label="later", anchor=anchor)
    update(anchor, start_low=200, start_high=200)
    assert times(anchor.case)["later"].start.low == 203


def test_an_anchored_end_moves_too() -> None:
    anchor = make_event(day=100)
    make_event(
        anchor.case, 0, label="span", anchor=anchor, end_low=5, end_high=7, end_precision="week"
    )
    end = times(anchor.case)["span"].end
    assert end is not None
    assert (end.low, end.high, end.precision) == (105, 107, "week")


@pytest.mark.parametrize("length", [2, 3, 5])
def test_a_circle_of_anchors_is_a_problem_and_no_time(length: int) -> None:
    case = make_case()
    ring = [make_event(case, 1, label=f"ring {number}") for number in range(length)]
    for event, anchor in zip(ring, [*ring[1:], ring[0]], strict=True):
        update(event, anchor=anchor)
    make_event(case, 1, label="hanger", anchor=ring[0])
    make_event(case, 7, label="free")
    document = build_document(case)
    assert document.problems == ["“ring 0” is timed by a circle of anchors."]
    found = {event.label: event.time.start for event in document.events}
    assert found.pop("free").low == 7
    assert {(start.low, start.high, start.precision) for start in found.values()} == {
        (None, None, "unknown")
    }


def test_end_before_start_is_a_problem() -> None:
    """The database refuses such rows; the document says so of rows that are not saved yet."""
    event = Event(
        pk=1, label="Course", start_low=5, start_high=5, start_precision="day",
        end_low=3, end_high=3, end_precision="day",
    )  # fmt: skip
    assert resolve([event]).problems == ["“Course” ends before it starts."]
    event.end_low = event.end_high = 5
    assert resolve([event]).problems == []


def test_an_anchored_time_beyond_150_years_is_a_problem_not_a_silent_gap() -> None:
    anchor = make_event(day=MAX_DAYS)
    make_event(anchor.case, 1, label="far", anchor=anchor)
    document = build_document(anchor.case)
    assert document.problems == ["“far” lies more than 150 years from day 0."]
    far = next(event for event in document.events if event.label == "far")
    assert far.time.start.precision == "unknown"


def test_anchor_of_unknown_time_gives_an_unknown_time_in_the_report_s_place() -> None:
    case = make_case()
    make_event(case, 0, label="day 0")
    unknown = make_event(case, label="unknown")
    make_event(case, 3, label="after it", anchor=unknown)
    make_event(case, 9, label="day 9")
    found = times(case)
    assert list(found) == ["day 0", "unknown", "after it", "day 9"]
    assert found["unknown"].words == "time not reported"
    assert (found["after it"].start.low, found["after it"].start.days_words) == (
        None, "time not reported",
    )  # fmt: skip
    assert found["after it"].words == "3 days after “unknown”"


def test_the_report_s_words_come_first_and_ours_beside_them() -> None:
    time = time_of(
        start_low=1461, start_high=1826, start_precision="year", start_reported_as="2020"
    )
    assert (time.words, time.start.words, time.start.reported_as) == ("2020", "2020", "2020")
    assert time.start.days_words == "4 to 5 years after day 0"


def test_duration_gives_the_end() -> None:
    time = time_of(day=10, duration_low=28, duration_high=31, duration_reported_as="for 1 month")
    assert time.words == "day 10, for 1 month"
    assert time.end is not None
    assert (time.end.low, time.end.high) == (38, 41)
    assert time.duration is not None
    assert (time.duration.low, time.duration.high, time.duration.words) == (28, 31, "for 1 month")


def test_duration_without_words_gets_ours() -> None:
    assert time_of(day=10, duration_low=3, duration_high=3).words == "day 10, for 3 days"


def test_duration_from_an_unknown_start_ends_at_an_unknown_time() -> None:
    time = time_of(duration_low=3, duration_high=3)
    assert time.end is not None
    assert (time.end.low, time.end.high, time.end.precision) == (None, None, "unknown")
    assert time.words == "time not reported, for 3 days"


def test_span_and_ongoing_and_point() -> None:
    assert time_of(day=1, end_low=9, end_high=9, end_precision="day").words == "day 1 – day 9"
    ongoing = time_of(day=1, ongoing=True)
    assert (ongoing.words, ongoing.ongoing, ongoing.end) == ("day 1, ongoing", True, None)
    point = time_of(day=1)
    assert (point.words, point.ongoing, point.end, point.duration) == ("day 1", False, None, None)


def test_index_event_is_day_zero() -> None:
    assert time_of(day=0, is_index=True).words == "day 0"


@pytest.mark.parametrize(
    ("low", "high", "precision", "words"),
    [
        (0, 0, "day", "same day as “A”"),
        (3, 3, "day", "3 days after “A”"),
        (-1, -1, "day", "1 day before “A”"),
        (28, 31, "month", "28 days to 31 days after “A”"),
        (-31, -28, "month", "28 days to 31 days before “A”"),
        (0, 7, "week", "within 7 days after “A”"),
        (-7, 0, "week", "within 7 days before “A”"),
        (-3, 7, "month", "within 7 days of “A”"),
        (0, None, "after", "after “A”"),
        (5, None, "after", "5 days or more after “A”"),
        (-5, None, "after", "from 5 days before “A” on"),
        (None, 0, "before", "before “A”"),
        (None, 5, "before", "at most 5 days after “A”"),
        (None, -5, "before", "5 days or more before “A”"),
        (None, None, "unknown", "time not reported"),
    ],
)
def test_words_of_an_anchored_time(
    low: int | None, high: int | None, precision: str, words: str
) -> None:
    anchor = make_event(day=100, label="A")
    assert anchored(anchor, low, high, precision).words == words


def test_events_on_the_same_day_keep_the_report_s_order() -> None:
    case = make_case()
    labels = ["b", "a", "d", "c"]
    for position, label in enumerate(labels):
        make_event(case, 5, label=label, position=position)
    events: list[EventData] = build_document(case).events
    assert [event.label for event in events] == labels


def test_the_distance_to_an_anchor_is_kept_even_where_its_day_is_not_known() -> None:
    anchor = make_event()
    time = anchored(anchor, 3, 5, "week")
    assert (time.start.low, time.start.high) == (None, None)
    assert time.offset == OffsetData(3, 5)
    assert times(anchor.case)[anchor.label].offset is None
