"""The index of the newest, made for real: `manage.py index_newest`."""

from __future__ import annotations

import io
from contextlib import closing

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connection, transaction

from patients.actions import cases
from patients.models import SearchEntry
from patients.searching import engine, newest_index
from patients.searching.newest_index import LOCK, NAME, READ, UNFINISHED, Newest, read
from patients.searching.wanted import Order, Wanted
from patients.vocabulary import Audience
from tests import make
from tests.survival.databases import parameters

pytestmark = pytest.mark.django_db(transaction=True)
FEW = 3


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    """As if so few were many. An index outlives the rows that a test made."""
    monkeypatch.setattr(newest_index, "NEWEST", FEW)
    monkeypatch.setattr(newest_index, "WORTH", 2 * FEW)
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS {NAME}, {UNFINISHED}")


def add(number: int) -> None:
    for _ in range(number):
        case = make.make_case(title="A course with ascites")
        make.make_source(case)
        make.make_event(case, 0, is_index=True, label="What was done")
        cases.publish(case=case, by=None)


def say() -> str:
    out = io.StringIO()
    call_command("index_newest", stdout=out)
    return out.getvalue()


def ask(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def there() -> Newest:
    ((comment,),) = ask(READ)
    found = read(comment)
    assert found is not None
    return found


def listed() -> list:
    shown = SearchEntry.objects.filter(audience=Audience.PUBLIC).order_by("-listed_at")
    return list(shown.values_list("listed_at", flat=True))


def test_it_is_made_once_it_is_worth_it_and_anew_once_it_holds_too_many():
    add(5)
    assert say() == "5 cases are searched quickly without; it is worth making from 6.\n"
    add(1)
    assert say() == "Indexing the newest 3 of 6 cases\nDone.\n"
    made = there()
    assert (made.since, made.then) == (listed()[2], 6)
    add(2)
    assert say() == "It is there, with some 5 of 8 cases.\n"
    add(1)
    assert say() == "Indexing the newest 3 of 9 cases\nDone.\n"
    made = there()
    assert (made.since, made.then) == (listed()[2], 9)
    assert ask(f"SELECT to_regclass('{UNFINISHED}')") == [(None,)]


def test_searches_can_use_it():
    add(6)
    say()
    made = there()
    ((found,),) = ask(f"SELECT pg_get_indexdef('{NAME}'::regclass)")
    ((whole,),) = ask("SELECT pg_get_indexdef('entry_found_public'::regclass)")
    assert found.startswith(whole.partition(" WHERE ")[0].replace("entry_found_public", NAME))
    conditions = engine.conditions(Wanted(Audience.PUBLIC, words="ascit"))
    conditions.add("e.listed_at >= %s", made.since)
    with transaction.atomic(), connection.cursor() as cursor:
        # Of six rows PostgreSQL would read all, and any index is as small as another.
        cursor.execute("SET LOCAL enable_seqscan = off; DROP INDEX entry_found_public")
        cursor.execute("DROP INDEX entry_newest, entry_title, entry_year, entry_events")
        cursor.execute(
            f"EXPLAIN SELECT * FROM patients_searchentry AS e WHERE {conditions}",
            conditions.values,
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
        transaction.set_rollback(True)
    assert NAME in plan


def test_the_first_hits_are_the_same_with_it():
    add(9)
    wanted = Wanted(Audience.PUBLIC, words="ascit")
    before = [engine.hits(wanted, order, limit=2) for order in (Order.NEWEST, Order.TITLE)]
    say()
    assert [engine.hits(wanted, order, limit=2) for order in (Order.NEWEST, Order.TITLE)] == before


def test_what_a_killed_run_has_left_is_taken_away():
    add(6)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX {UNFINISHED} ON patients_searchentry (listed_at)")
    assert say().endswith("Done.\n")
    assert ask(f"SELECT to_regclass('{UNFINISHED}')") == [(None,)]


def test_two_do_not_make_it_at_once():
    add(6)
    with closing(psycopg2.connect(**parameters())) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        assert say() == "Somebody else is making it.\n"
    assert ask(READ) == [(None,)]
    assert say().endswith("Done.\n")
