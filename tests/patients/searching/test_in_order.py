"""The first hits come out the same, whichever of the ways they are found by."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patients.actions import cases
from patients.models import SearchEntry
from patients.searching import engine
from patients.searching.in_order import SPARE, Expected, Way, expected, way_to
from patients.searching.newest_index import NEWEST, WORTH, Newest
from patients.searching.wanted import Hit, Order, Wanted
from patients.vocabulary import Audience
from tests import make

FOUND, OTHERS = 7, 5
WALKS = [Way(), *(Way(walk=bound) for bound in (1, 4, FOUND + OTHERS, 1000))]
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
def go(monkeypatch):
    def by(way: Way) -> None:
        monkeypatch.setattr(engine, "way_to", lambda most, told, newest: way)

    return by


def ways(order: Order) -> list[Way]:
    """Those that walk; and where the newest come first, those by an index of them."""
    listed = SearchEntry.objects.order_by("listed_at").values_list("listed_at", flat=True)
    by_time = order in (Order.NEWEST, Order.RELEVANCE)
    return [*WALKS, *(Way(since=at) for at in (listed[i] for i in (0, 6, 11)) if by_time)]


@pytest.mark.parametrize("order", ORDERS)
def test_each_order_and_every_page_of_it_are_the_same_either_way(wanted, go, order):
    every = engine.hits(Wanted(Audience.PUBLIC), order, limit=100)
    matching = set(keys(wanted))
    assert len(matching) == FOUND
    right = [hit for hit in every if hit.listing in matching]
    assert order == Order.NEWEST or len({hit.key for hit in right}) > 2
    for way, limit in itertools.product(ways(order), (1, 3, 100)):
        go(way)
        assert list(pages(wanted, order, limit)) == right
        assert engine.hits(wanted, order, limit=limit, offset=2) == right[2 : 2 + limit]


def pages(wanted: Wanted, order: Order, limit: int) -> Iterator[Hit]:
    after = None
    while page := engine.hits(wanted, order, limit=limit, after=after):
        yield from page
        after = page[-1]


def test_the_best_match_comes_first_either_way(wanted, go):
    said = []
    for way in ways(Order.RELEVANCE):
        go(way)
        said.append(engine.hits(wanted, Order.RELEVANCE, limit=100))
    assert len(said[0]) == FOUND
    assert all(each == said[0] for each in said)


def test_of_more_than_are_ranked_the_newest_are_ranked_either_way(wanted, go, monkeypatch):
    monkeypatch.setattr(engine, "MAX_RANKED", 3)
    newest = keys(wanted)[:3]
    for way in ways(Order.RELEVANCE):
        go(way)
        assert {hit.listing for hit in engine.hits(wanted, Order.RELEVANCE, limit=9)} == set(newest)


def test_as_many_statements_are_sent_whether_the_short_way_suffices_or_not(wanted, go):
    counts = set()
    for way in ways(Order.NEWEST):
        go(way)
        with CaptureQueriesContext(connection) as told:
            engine.hits(wanted, Order.NEWEST, limit=2)
        counts.add(len(told))
    assert counts == {2}


def none() -> None:
    """There is no index of the newest."""


def not_asked() -> None:
    raise AssertionError("A small base is asked for an index of the newest.")


@pytest.mark.parametrize(
    ("hits", "entries", "most", "walk"),
    [
        (1_000_000, 2_000_000, 1000, SPARE * 2000),
        (200_000, 2_000_000, 1000, SPARE * 10_000),
        (20_000, 2_000_000, 1000, 0),  # the walk would pass 100,000
        (20_000, 2_000_000, 51, SPARE * 5100),
        (0, 2_000_000, 51, 0),
        (0, 0, 51, 0),
    ],
)
def test_a_walk_pays_where_it_passes_fewer_than_there_are_hits(hits, entries, most, walk):
    assert way_to(most, Expected(hits, entries), none) == Way(walk=walk)


SINCE = datetime(2026, 2, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hits", "entries", "way"),
    [
        (35_000, 2_000_000, Way(since=SINCE)),
        (8_000, 2_000_000, Way(since=SINCE)),
        (6_000, 2_000_000, Way()),  # 1,200 of them are among the newest, which may turn out as 990
        (1_000_000, 2_000_000, Way(walk=SPARE * 2000)),
    ],
)
def test_the_newest_are_looked_through_where_they_should_have_enough(hits, entries, way):
    assert way_to(1000, Expected(hits, entries), lambda: Newest(SINCE, entries)) == way


@pytest.mark.parametrize(
    ("audience", "order", "is_asked"),
    [
        (Audience.PUBLIC, Order.NEWEST, True),
        (Audience.PUBLIC, Order.TITLE, False),
        (Audience.WORKING, Order.NEWEST, False),  # it holds what is public alone
    ],
)
def test_the_index_is_asked_for_where_it_can_serve(audience, order, is_asked, monkeypatch):
    monkeypatch.setattr(engine, "_newest", lambda: Newest(SINCE, 2_000_000))
    way = engine._way(Wanted(audience), order, 1000, Expected(35_000, 2_000_000))
    assert way == (Way(since=SINCE) if is_asked else Way())


def test_an_index_that_has_grown_holds_what_came_since():
    index = Newest(SINCE, 2_000_000)
    assert [index.holds(n) for n in (2_000_000, 2_100_000, 10)] == [NEWEST, NEWEST + 100_000, 10]


def test_a_small_base_is_not_asked_for_an_index():
    assert way_to(51, Expected(100, WORTH - 1), not_asked) == Way()


def planned(*rows: int) -> dict[str, object]:
    return {"Node Type": "Append", "Plans": [{"Plan Rows": number} for number in rows]}


def test_where_the_planner_knows_that_there_is_nothing_nothing_is_expected():
    assert expected({"Node Type": "Index Only Scan", "Plan Rows": 12}) == Expected(0, 0)
    assert expected(planned(3, 12)) == Expected(3, 12)


def test_the_planner_says_how_many_it_expects(wanted):
    """As this version of PostgreSQL words its plans."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {SearchEntry._meta.db_table}")
    assert keys(Wanted(Audience.PUBLIC, words="ascit | without"))
    told = {}
    for name, found in (("all", Wanted(Audience.PUBLIC, words="course")), ("some", wanted)):
        told[name] = engine._expected(
            engine.conditions(found), engine.conditions(Wanted(Audience.PUBLIC))
        )
    assert told["all"].entries == told["some"].entries == FOUND + OTHERS
    assert told["some"].hits <= told["all"].hits <= FOUND + OTHERS
