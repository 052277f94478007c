"""The first hits come out the same, whichever of the two ways they are found by."""

from __future__ import annotations

import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patients.actions import cases
from patients.models import SearchEntry
from patients.searching import engine
from patients.searching.in_order import SPARE, bound_of
from patients.searching.wanted import Order, Wanted
from patients.vocabulary import Audience
from tests import make

FOUND, OTHERS = 7, 5
BOUNDS = (0, 1, 4, FOUND + OTHERS, 1000)
ORDERS = (Order.NEWEST, Order.TITLE, Order.YEAR, Order.EVENTS)


@pytest.fixture
def wanted(db) -> Wanted:
    """Words that some of a dozen cases hold. Of some years, and numbers of events, there are two;
    of one case the year is not known."""
    for number in range(FOUND + OTHERS):
        told = "with ascites" if number % 2 or number > 9 else "without it"
        case = make.make_case(title=f"{'BEGADCHKFILJ'[number]} course {told}")
        issued = None if number == 5 else {"date-parts": [[2001 + number // 3]]}
        made = make.make_reference({"issued": issued})
        make.make_source(case, made)
        for day in range(1 + number % 3):
            make.make_event(case, day, is_index=day == 0, label="What was done")
        cases.publish(case=case, by=None)
    return Wanted(Audience.PUBLIC, words="ascit")


def keys(wanted: Wanted) -> list[int]:
    return [hit.listing for hit in engine.hits(wanted, Order.NEWEST, limit=100)]


@pytest.fixture
def walk(monkeypatch):
    def so_far(bound: int) -> None:
        monkeypatch.setattr(engine, "bound_of", lambda plan, most: bound)

    return so_far


@pytest.mark.parametrize("order", ORDERS)
def test_each_order_and_every_page_of_it_are_the_same_either_way(wanted, walk, order):
    every = engine.hits(Wanted(Audience.PUBLIC), order, limit=100)
    matching = set(keys(wanted))
    assert len(matching) == FOUND
    expected = [hit for hit in every if hit.listing in matching]
    assert order == Order.NEWEST or len({hit.key for hit in expected}) > 2
    for bound, limit in itertools.product(BOUNDS, (1, 3, 100)):
        walk(bound)
        read = []
        while page := engine.hits(wanted, order, limit=limit, after=read[-1] if read else None):
            read += page
        assert read == expected
        assert engine.hits(wanted, order, limit=limit, offset=2) == expected[2 : 2 + limit]


def test_the_best_match_comes_first_either_way(wanted, walk):
    said = []
    for bound in BOUNDS:
        walk(bound)
        said.append(engine.hits(wanted, Order.RELEVANCE, limit=100))
    assert len(said[0]) == FOUND
    assert all(each == said[0] for each in said)


def test_of_more_than_are_ranked_the_newest_are_ranked_either_way(wanted, walk, monkeypatch):
    monkeypatch.setattr(engine, "MAX_RANKED", 3)
    newest = keys(wanted)[:3]
    for bound in BOUNDS:
        walk(bound)
        assert {hit.listing for hit in engine.hits(wanted, Order.RELEVANCE, limit=9)} == set(newest)


def test_as_many_statements_are_sent_whether_the_walk_suffices_or_not(wanted, walk):
    counts = set()
    for bound in BOUNDS:
        walk(bound)
        with CaptureQueriesContext(
            connection,
        ) as told:
            engine.hits(wanted, Order.NEWEST, limit=2)
        counts.add(len(told))
    assert counts == {2}


def planned(*rows: int) -> dict[str, object]:
    return {"Node Type": "Append", "Plans": [{"Plan Rows": number} for number in rows]}


@pytest.mark.parametrize(
    ("hits", "entries", "most", "bound"),
    [
        (1_000_000, 2_000_000, 1000, SPARE * 2000),
        (200_000, 2_000_000, 1000, SPARE * 10_000),
        (20_000, 2_000_000, 1000, 0),  # the walk would pass 100,000
        (20_000, 2_000_000, 51, SPARE * 5100),
        (0, 2_000_000, 51, 0),
        (0, 0, 51, 0),
    ],
)
def test_a_walk_pays_where_it_passes_fewer_than_there_are_hits(hits, entries, most, bound):
    assert bound_of(planned(hits, entries), most) == bound


def test_where_the_planner_knows_that_there_is_nothing_nothing_is_walked():
    assert bound_of({"Node Type": "Index Only Scan", "Plan Rows": 12}, 51) == 0


def test_the_planner_says_how_many_it_expects(wanted):
    """As this version of PostgreSQL words its plans."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {SearchEntry._meta.db_table}")
    assert keys(Wanted(Audience.PUBLIC, words="ascit | without"))
    told = {}
    for name, found in (("all", Wanted(Audience.PUBLIC, words="course")), ("some", wanted)):
        conditions = engine.conditions(found), engine.conditions(Wanted(Audience.PUBLIC))
        (((plan,),),) = engine._rows(*engine.estimate(*conditions))
        told[name] = [part["Plan Rows"] for part in plan["Plan"]["Plans"]]
    assert told["all"][1] == told["some"][1] == FOUND + OTHERS
    assert told["some"][0] <= told["all"][0] <= FOUND + OTHERS
