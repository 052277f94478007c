"""The comparison's figure: one axis, a block a case, nothing at a guessed place."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patients.comparing.figure import draw_course, draw_courses, draw_pieces
from patients.comparing.shared_axis import EXACT, Course, shared_axis
from patients.timeline import FigureOptions, Language
from patients.timeline.figure import FigureTooLargeError
from patients.timeline.marks import marks_of
from patients.vocabulary import Alignment, Category
from tests.patients.comparing.courses import PRINT, case_of, compared, operated
from tests.patients.timeline.documents import event

ONE, TWO, THREE = "CB-1111111", "CB-2222222", "CB-3333333"


def figure_of(*documents, alignment=Alignment.OPERATION, options=None):
    return draw_courses(compared(documents, alignment), alignment, options or FigureOptions())


def marker_at(svg, label):
    """Where the marker of the first event with this label begins, in x."""
    link = re.search(rf"<title>{label}\..*?</title>.*?</(?:a|g)>", svg, re.DOTALL)[0]
    return float(re.search(r'<path class="[fo]" d="M(-?[\d.]+)', link)[1])


def axis_of(*documents, alignment=Alignment.OPERATION):
    cases = compared(documents, alignment)
    return shared_axis([
        Course(marks_of(row.aligned.document, (), Language.ENGLISH), row.aligned.anchor)
        for row in cases
    ])  # fmt: skip


def test_each_event_leads_to_its_case():
    svg = figure_of(operated(ONE, 3, 3), operated(TWO, 9, 9)).svg
    for accession in (ONE, TWO):
        assert f'href="/cases/{accession}/#event-EV1"' in svg
        assert f'href="/cases/{accession}/"' in svg


def test_exact_anchors_stand_in_one_line_and_distances_may_be_compared():
    first = case_of(
        ONE, event(0, 10, 10, category="surgery", label="Cut"),
        event(1, 110, 110, category="outcome", label="Well"),
    )  # fmt: skip
    second = case_of(
        TWO, event(0, 500, 500, category="surgery", label="Removed"),
        event(1, 600, 600, category="outcome", label="Better"),
    )  # fmt: skip
    svg = figure_of(first, second).svg
    assert marker_at(svg, "Cut") == marker_at(svg, "Removed")
    assert marker_at(svg, "Well") == marker_at(svg, "Better") > marker_at(svg, "Cut")


def test_anchors_that_float_share_a_slot_whatever_was_told_before_them():
    second = case_of(
        TWO, event(0), event(1, 0, None, label="Scan"), event(2, 0, None, label="Scan"),
        event(3, 0, None, category="surgery", label="Removed"), event(4, 0, None),
    )  # fmt: skip
    axis = axis_of(operated(ONE, 0, None), second)
    (_, first), (_, *scans, removed, after) = axis.courses
    assert first.place == removed.place != EXACT
    assert [mark.place for mark in scans] == [removed.place - 2, removed.place - 1]
    assert after.place == removed.place + 1


def test_floats_of_several_cases_take_no_more_room_than_those_of_one():
    floating = [event(0), *(event(place, 0, None) for place in range(1, 8))]
    cases = [case_of(f"CB-{n}111111", *floating) for n in range(6)]
    axis = axis_of(*cases, alignment=Alignment.DAY_ZERO)
    assert len(axis.stretches.tail) == 7
    assert {mark.place for mark in axis.courses[5]} == {EXACT, *axis.stretches.tail}


def test_the_line_says_whether_its_day_is_known():
    exact = figure_of(operated(ONE, 3, 3), operated(TWO, 9, 9)).svg
    open_ended = figure_of(operated(ONE, 3, 3), operated(TWO, 0, None)).svg
    assert ">First operation<" in exact
    assert ">First operation: day 0 or later<" in open_ended


def test_an_anchor_reported_to_the_year_has_its_bracket_from_day_0_on():
    axis = axis_of(operated(ONE, 100, 465), operated(TWO, 9, 9))
    anchor = axis.courses[0][1]
    assert (anchor.low, anchor.high, anchor.is_exact) == (0, 365, False)
    assert {0, 365} <= set(axis.stretches.days)


def test_a_lane_of_treatments_that_another_case_has_says_not_reported():
    other = case_of(TWO, event(0, category="drug", label="Octreotide"))
    svg = figure_of(operated(ONE, 3, 3), other, alignment=Alignment.TREATMENT).svg
    assert svg.count(">not reported<") == 2
    assert svg.count(">Imaging<") == 0


def test_small_marks_are_named_on_their_links():
    svg = figure_of(case_of(ONE, event(0, label="CT"), event(1, 2, 2, category="surgery"))).svg
    assert "<title>CT. Imaging. then</title>" in svg
    assert ">CT</text>" not in svg


def test_the_pieces_of_a_page_are_the_drawing():
    cases = compared([operated(ONE, 3, 3), operated(TWO, 9, 9)])
    whole = draw_courses(cases, Alignment.OPERATION, FigureOptions()).svg
    pieces = draw_pieces(cases, Alignment.OPERATION, FigureOptions())
    assert len(pieces) == 4
    assert [re.search(r'aria-label="(CB-\d+)', piece) is not None for piece in pieces] == [
        False, True, True, False,
    ]  # fmt: skip
    inner = "".join(re.sub(r"^<svg[^>]*>|</svg>$", "", piece) for piece in pieces)
    assert inner == re.sub(r"^<svg[^>]*>|</svg>$", "", whole)


def test_the_same_cases_give_the_same_bytes():
    documents = [operated(ONE, 3, 30), operated(TWO, 0, None)]
    assert figure_of(*documents, options=PRINT).svg == figure_of(*documents, options=PRINT).svg


def test_print_brings_its_own_look_and_no_links():
    cases = compared([operated(ONE, 3, 3)])
    made = draw_courses(cases, Alignment.OPERATION, PRINT, ["Said below, <in full>."])
    assert "<a " not in made.svg
    assert "<style>" in made.svg
    assert "Said below, &lt;in full&gt;." in made.svg


def test_cases_without_events_are_named_and_nothing_is_drawn_of_them():
    svg = figure_of(case_of(ONE), case_of(TWO), alignment=Alignment.DAY_ZERO).svg
    assert svg.count('class="e c-') == 0
    assert ONE in svg
    assert TWO in svg


def test_hostile_words_stay_words():
    made = operated(ONE, 3, 3)
    made = case_of('CB-"><x>', *made.events)
    ElementTree.fromstring(figure_of(made, operated(TWO, 3, 3)).svg)


def test_too_many_events_are_refused_with_a_way_out():
    many = [event(place, place, place, category="surgery") for place in range(401)]
    cases = [case_of(f"CB-{n}111111", *many) for n in range(5)]
    with pytest.raises(FigureTooLargeError, match="2005 events .* Choose fewer cases"):
        figure_of(*cases)


def test_on_a_narrow_screen_each_course_is_counted_the_same():
    [case] = compared([operated(ONE, 40, 40)])
    svg = draw_course(case, FigureOptions(width=350)).svg
    assert 'class="fig fig-vertical"' in svg
    assert f'href="/cases/{ONE}/#event-EV1"' in svg
    assert ">day -40<" in svg.replace("−", "-")


bounds = st.one_of(
    st.integers(0, 5000).map(lambda day: (day, day)),
    st.tuples(st.integers(0, 4000), st.integers(1, 900)).map(lambda row: (row[0], sum(row))),
    st.integers(0, 4000).map(lambda day: (day, None)),
    st.integers(0, 4000).map(lambda day: (None, day)),
    st.just((None, None)),
)
events = st.lists(st.tuples(bounds, st.sampled_from(Category.values)), max_size=12)


def made_of(accession, rows):
    told = [
        event(place + 1, *days, category=category, label=f"Step {place} of this course")
        for place, (days, category) in enumerate(rows)
    ]
    return case_of(accession, event(0, category="surgery"), *told)


@given(st.lists(events, min_size=2, max_size=4))
def test_no_words_cover_others_and_every_event_is_drawn_once(courses):
    documents = [made_of(f"CB-{n}111111", rows) for n, rows in enumerate(courses)]
    made = figure_of(*documents, options=PRINT)
    assert made.svg.count('<g class="e c-') == sum(len(row.events) for row in documents)
    covered = [
        (one, two) for one, two in combinations(made.texts, 2)
        if one.overlaps(two)
    ]  # fmt: skip
    assert covered == []
    assert all(box.x0 >= 0 and box.x1 <= made.width and box.y1 <= made.height for box in made.texts)
