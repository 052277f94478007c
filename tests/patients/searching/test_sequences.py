"""Two events and a window: what is certain, what is possible, and what is neither."""

import pytest

from patients.actions import cases
from patients.searching.sequences import sequences_shown
from patients.searching.steps import OPEN, steps_of
from tests import make
from tests.patients.searching.asking import first_page, search, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def terms():
    return {
        "embolisation": make.make_term(
            slug="embolisation", kind="procedure", display="Artery embolisation"
        ),
        "heparin": make.make_term(
            slug="heparin", kind="drug", display="Heparin", synonyms=["anticoagulant", "抗凝药"]
        ),
    }


def told(terms, title, embolised, given, **anchored):
    """A published case; times are a day, or the two ends of one."""
    case = make.make_case(title=title)
    make.make_source(case)
    make.make_event(case, 0, is_index=True)
    first = make.make_event(
        case, category="intervention", term=terms["embolisation"], **bounds(embolised)
    )
    anchor = {"anchor": first} if anchored.get("anchored") else {}
    make.make_event(case, category="drug", term=terms["heparin"], **bounds(given), **anchor)
    cases.publish(case=case, by=None)
    return case


def bounds(days):
    if days is None:
        return {}
    low, high = days if isinstance(days, tuple) else (days, days)
    precision = "after" if high is None else "day" if low == high else "year"
    return {"start_low": low, "start_high": high, "start_precision": precision}


@pytest.fixture
def world(terms):
    told(terms, "day 10, day 15", 10, 15)
    told(terms, "day 10, day 100", 10, 100)
    told(terms, "a year, a year", (365, 730), (365, 730))
    told(terms, "a year, 3 days after it", (365, 730), 3, anchored=True)
    told(terms, "day 20, day 10", 20, 10)
    told(terms, "day 10, unknown", 10, None)
    told(terms, "some time, after it", (0, None), (0, None), anchored=True)


EXACT = {"day 10, day 15", "a year, 3 days after it"}
POSSIBLE = {"a year, a year", "day 10, unknown", "some time, after it"}


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("within=30", EXACT | POSSIBLE),
        ("within=30&times=certain", EXACT),
        ("within=4&times=certain", {"a year, 3 days after it"}),
        ("within=5&times=certain", EXACT),
        ("", EXACT | POSSIBLE | {"day 10, day 100"}),
        ("times=certain", EXACT | {"day 10, day 100", "some time, after it"}),
        ("direction=before&times=certain", {"day 20, day 10"}),
        ("direction=before&within=5", POSSIBLE),
        ("direction=either&within=10&times=certain", EXACT | {"day 20, day 10"}),
        ("within=0", POSSIBLE),
    ],
)
def test_windows(query, expected):
    assert titles(f"first=embolisation&then=anticoagulant&{query}") == expected


@pytest.mark.usefixtures("world")
def test_the_events_are_shown_with_how_sure_it_is():
    query = "first=embolisation&then=抗凝药&within=30"
    page = first_page(query)
    shown = sequences_shown(page.rows, search(query).wanted.sequence)
    sure = {row.title: shown[row.pk].certain for row in page.rows}
    assert {title for title, certain in sure.items() if certain} == EXACT
    one = next(shown[row.pk] for row in page.rows if row.title == "day 10, day 15")
    assert (one.first.when, one.then.when) == ("day 10", "day 15")
    assert one.first.target.startswith("event-")


@pytest.mark.usefixtures("world")
def test_kinds_of_events_and_names_that_hold_the_words():
    assert titles("first=intervention&then=drug therapy&times=certain") >= EXACT
    assert titles("first=artery&then=heparin&times=certain") >= EXACT
    assert titles("first=embolisation&then=embolisation") == set()


@pytest.mark.usefixtures("world")
def test_the_page_says_what_it_understood_and_what_is_possible(client):
    page = client.get("/cases/?first=embolisation&then=抗凝药&within=30").content.decode()
    assert "Artery embolisation" in page
    assert ">Possible<" in page
    assert ">Certain<" in page
    assert "embolisation, then 抗凝药 within 30 days" in page


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("first=embolisation", "then"),
        ("then=heparin", "first"),
        ("first=embolisation&then=heparin&within=-1", "within"),
        ("first=embolisation&then=heparin&within=99999", "within"),
        ("first=embolisation&then=heparin&direction=sideways", "direction"),
        ("first=embolisation&then=nothing-like-it", "then"),
        ("first=...&then=heparin", "first"),
        ("within=30", "within"),
    ],
)
def test_a_bad_sequence_is_a_400_that_names_the_field(client, terms, query, field):
    for path in ("/cases/", "/api/v1/cases/", "/cases/feed/", "/cases/results.csv"):
        response = client.get(f"{path}?{query}")
        assert response.status_code == 400
        assert field in response.content.decode()


def test_steps_know_every_event_that_they_are_timed_from():
    case = make.make_case()
    first = make.make_event(case, 0, is_index=True, label="one")
    second = make.make_event(case, 5, anchor=first, label="two")
    make.make_event(case, anchor=second, label="three", **bounds((2, 4)))
    make.make_event(case, label="four")
    document = cases.refresh(case=case)
    steps = {step.event: step for step in steps_of(document, {})}
    assert steps[3].roots == (3, 2, 1)
    assert steps[3].root_lows == (0, 2, 7)
    assert steps[3].root_highs == (0, 4, 9)
    assert (steps[4].low, steps[4].high) == (-OPEN, OPEN)
