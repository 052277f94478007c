"""Days between two events: honest bounds, whatever the true days within them were."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patients.derived.distances import Distance, Distances, distance_words, earliest, latest
from patients.document.model import OffsetData
from tests.patients.timeline.documents import document, event


def hung(row, anchor, low, high):
    """`row` as it is counted from the event with this id."""
    return replace(row, time=replace(row.time, anchor=anchor, offset=OffsetData(low, high)))


def between(*events, one="EV0", other="EV1"):
    return Distances(document(events)).between(one, other)


@st.composite
def told(draw):
    """Events with true days: each bounds its day, or its distance to one told before it, and gives
    a bound or leaves it open."""
    days, rows = [], []
    for place in range(draw(st.integers(2, 6))):
        anchor = draw(st.none() | st.integers(0, place - 1)) if place else None
        days.append(draw(st.integers(-2000, 2000)))
        true = days[place] - (0 if anchor is None else days[anchor])
        low = draw(st.none() | st.integers(0, 400).map(lambda n, true=true: true - n))
        high = draw(st.none() | st.integers(0, 400).map(lambda n, true=true: true + n))
        if anchor is None:
            rows.append(event(place, low, high))
            continue
        start = rows[anchor].time.start
        resolved = [
            None if one is None or other is None else one + other
            for one, other in ((low, start.low), (high, start.high))
        ]
        rows.append(hung(event(place, *resolved), f"EV{anchor}", low, high))
    return days, rows


def holds(distance, days):
    return (distance.low is None or distance.low <= days) and (
        distance.high is None or days <= distance.high
    )


@settings(deadline=None)
@given(told(), st.booleans())
def test_the_true_distance_lies_within_and_swapping_turns_it_round(case, is_old):
    days, rows = case
    if is_old:
        rows = [replace(row, time=replace(row.time, offset=None)) for row in rows]
    distances = Distances(document(rows))
    for one, day in enumerate(days):
        for other, later in enumerate(days):
            found = distances.between(f"EV{one}", f"EV{other}")
            assert holds(found, later - day)
            assert -found == distances.between(f"EV{other}", f"EV{one}")


@given(st.lists(st.tuples(st.integers(-9, 9), st.none() | st.integers(0, 5),
                          st.none() | st.integers(0, 5)), min_size=1))  # fmt: skip
def test_the_first_and_the_last_of_several_lie_within(several):
    told = [
        Distance(None if low is None else day - low, None if high is None else day + high)
        for day, low, high in several
    ]
    days = [day for day, *_ in several]
    assert holds(earliest(told), min(days))
    assert holds(latest(told), max(days))


@given(st.integers(-900, 900), st.integers(0, 400), st.integers(-50, 50))
def test_what_is_counted_from_another_keeps_its_distance(low, width, days):
    first = event(0, low, low + width)
    second = hung(event(1, low + days, low + width + days), "EV0", days, days)
    assert between(first, second) == Distance(days, days)


def test_two_that_are_counted_from_a_third_at_an_unknown_time_are_known_to_each_other():
    unknown = event(0, None, None)
    rows = [
        unknown,
        hung(event(1, None, None), "EV0", 3, 3),
        hung(event(2, None, None), "EV1", 4, 6),
    ]
    assert between(*rows, one="EV0", other="EV2") == Distance(7, 9)
    assert between(*rows, one="EV2", other="EV1") == Distance(-6, -4)


def test_times_in_a_circle_lead_nowhere():
    rows = [hung(event(0, None, None), "EV1", 1, 1), hung(event(1, None, None), "EV0", 1, 1)]
    assert between(*rows).low is None


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ({"lasting": 30}, (40, 40)),
        ({"ongoing": True}, (10, None)),
        ({"end": (100, 120)}, (100, 120)),
        ({"end": (None, None)}, (10, None)),
        ({}, (10, 10)),
    ],
)
def test_to_the_end_of_what_lasts(last, expected):
    found = Distances(document([event(0), event(1, 10, 10, **last)])).to_end("EV0", "EV1")
    assert (found.low, found.high) == expected


@pytest.mark.parametrize(
    ("low", "high", "words", "code"),
    [
        (0, 0, "the same day", "0..0"),
        (1, 1, "1 day", "1..1"),
        (60, 60, "60 days", "60..60"),
        (61, 61, "2 months (61 days)", "61..61"),
        (3, 9, "between 3 and 9 days", "3..9"),
        (0, 9, "at most 9 days", "0..9"),
        (91, 152, "between 3 and 5 months (91 to 152 days)", "91..152"),
        (40, 152, "between 40 days and 5 months (40 to 152 days)", "40..152"),
        (150, 155, "about 5 months (150 to 155 days)", "150..155"),
        (40, None, "at least 40 days", "40.."),
        (0, None, "the same day or later", "0.."),
        (-5, None, "from 5 days before on", "-5.."),
        (None, 40, "40 days after at the latest", "..40"),
        (None, 0, "the same day or earlier", "..0"),
        (None, -7, "at least 7 days before", "..-7"),
        (-9, -3, "between 3 and 9 days before", "-9..-3"),
        (-9, 0, "at most 9 days before", "-9..0"),
        (-5, 10, "between 5 days before and 10 days after", "-5..10"),
        (None, None, "", ""),
    ],
)
def test_words_and_code(low, high, words, code):
    assert (distance_words(Distance(low, high)), Distance(low, high).code) == (words, code)
