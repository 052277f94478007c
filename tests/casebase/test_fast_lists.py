"""Lists of the API are answered on the short way with the same bytes, headers and refusals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg2
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from patients.actions import cases
from patients.models import Term
from tests import make

pytestmark = pytest.mark.django_db
LIST = "/api/v1/cases/"
QUERIES = (
    "", "?page_size=1", "?page_size=1&page=2", "?count=no", "?count=no&page_size=1", "?q=course",
    "?q=course&sex=female", "?q=病程", "?ordering=title&page_size=1", "?q=the",
    "?site=liver", "?site=liver&sex=male&sex=female", "?q=CB-0000000",
    "?first=octreotide&then=octreotide",
)  # fmt: skip
REFUSED = (
    "?page=9", "?page=9&count=no", "?page=0", "?page=200000", "?sex=purple", "?nonsense=1",
    "?count=perhaps", "?q=%00", "?q=%ff", "?site=unheard-of", "?cursor=x", "?within=-1",
    "?year_from=2020&year_to=2010", "?page_size=1&page_size=2", "?sort=title",
    "?then=octreotide", "?first=octreotide", "?within=3", "?times=certain&first=never heard",
    "?site=liver&site=spleen",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _courses() -> Iterator[None]:
    cache.clear()
    liver = make.make_term(slug="liver", kind="body_site", display="Liver")
    make.make_term(slug="octreotide", kind="drug", display="Octreotide")
    for number in range(3):
        case = make.make_case(title=f"A course “{number}” – 病程", primary_site=liver)
        make.make_source(case)
        make.make_event(case, 0)
        cases.publish(case=case, by=None)
    cases.save(row=make.make_case(title="A draft of a course"), by=None)
    yield
    cache.clear()


def ask(query: str, **headers: str) -> tuple[Any, int]:
    """The answer, and how many queries it took."""
    with CaptureQueriesContext(connection) as asked:
        answer = Client().get(LIST + query, headers=headers)
    return answer, len(asked)


def usual(query: str) -> Any:
    """By a header that the short way leaves to the other."""
    return ask(query, Accept="application/json, */*")[0]


def told(answer: Any) -> tuple[int, bytes, dict[str, str]]:
    headers = {name: value for name, value in answer.items() if name != "X-Request-ID"}
    policy = headers.pop("Content-Security-Policy")
    return answer.status_code, answer.content, headers | {"policy": str(sorted(policy.split(";")))}


@pytest.mark.parametrize("query", QUERIES)
def test_both_ways_answer_the_same(query: str) -> None:
    answer, _ = ask(query)
    assert answer.status_code == 200
    assert told(answer) == told(usual(query))


@pytest.mark.parametrize("query", REFUSED)
def test_what_is_refused_is_refused_alike(query: str) -> None:
    answer, _ = ask(query)
    assert answer.status_code in (400, 404)
    assert told(answer) == told(usual(query))


def test_a_list_without_count_takes_two_queries() -> None:
    ask("")
    answer, queries = ask("?count=no&page_size=2")
    assert queries == 2
    assert answer.json()["count"] is None
    assert answer.json()["next"].endswith("?count=no&page_size=2&page=2")
    assert len(answer.json()["results"]) == 2
    assert ask("?count=no&page_size=2&page=2")[0].json()["next"] is None


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_another_name_of_a_term_is_there_at_once() -> None:
    assert ask("")[0].json()["results"][0]["site"] == {"slug": "liver", "display": "Liver"}
    Term.objects.filter(slug="liver").update(display="Hepar")
    assert ask("")[0].json()["results"][0]["site"]["display"] == "Hepar"


def test_curators_go_the_usual_way_and_see_drafts() -> None:
    client = Client()
    client.force_login(make.make_user("curator"))
    assert client.get(LIST).json()["count"] == 4
    assert ask("")[0].json()["count"] == 3


def test_what_is_withdrawn_is_gone_at_once() -> None:
    from patients.models import Case

    case = Case.objects.filter(status="published").earliest("pk")
    cases.withdraw(case=case, by=None, reason="At the family's wish")
    found = ask("")[0].json()
    assert found["count"] == 2
    assert case.accession not in {row["accession"] for row in found["results"]}


def test_where_reading_needs_an_account_nothing_is_sent_before(settings: Any) -> None:
    settings.ANONYMOUS_READING = False
    assert ask("")[0].status_code == 401


def test_who_asks_too_often_is_told_so(settings: Any) -> None:
    rates = {**settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "anon": "2/min"}
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": rates}
    assert [ask("")[0].status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_list_that_takes_too_long_is_no_error_of_ours() -> None:
    """Somebody holds the table that is asked, for longer than a statement may take."""
    ask("")
    connection.ensure_connection()
    holder = psycopg2.connect(**connection.get_connection_params())
    try:
        with holder.cursor() as held, connection.cursor() as cursor:
            held.execute("LOCK TABLE patients_searchentry IN ACCESS EXCLUSIVE MODE")
            cursor.execute("SET statement_timeout = '50ms'")
        answer = Client(raise_request_exception=False).get(LIST)
        assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
        assert "did not answer in time" in answer.json()["detail"]
    finally:
        holder.close()
        connection.close()
