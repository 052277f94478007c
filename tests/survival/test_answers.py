"""When the database fails, a request is answered with 503 and a word on what to do, never with 500.
The errors are PostgreSQL's own: each is raised by a real server in the middle of a request."""

from __future__ import annotations

import errno
from collections.abc import Callable
from typing import Any

import psycopg2
import pytest
from django.db import DatabaseError, close_old_connections, connection
from django.test import Client

from literature.outages import AWAY, BUSY, FULL, SLOW, outage_of
from tests import make
from tests.api.client import problem
from tests.survival.databases import ask, parameters

pytestmark = pytest.mark.django_db


def raises(code: str) -> Callable[..., None]:
    """Has PostgreSQL raise the error of this code, as it does by itself."""

    def run(*args: Any, **kwargs: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{code}'; END $$")

    return run


def takes_long(*args: Any, **kwargs: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 1")
        cursor.execute("SELECT pg_sleep(60)")


def ends_the_connection(*args: Any, **kwargs: Any) -> None:
    """As an administrator does, or a server that is restarted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
        ask(parameters("postgres"), "SELECT pg_terminate_backend(%s)", pid)
        cursor.execute("SELECT 1")


def writes_to_a_full_disk(*args: Any, **kwargs: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


FAULTS = [
    (takes_long, SLOW),
    (raises("53100"), FULL),
    (raises("53300"), BUSY),
    (raises("40P01"), BUSY),
    (raises("40001"), BUSY),
    (raises("55P03"), BUSY),
    (raises("57P03"), AWAY),
    (raises("25006"), AWAY),
    (raises("08006"), AWAY),
    (writes_to_a_full_disk, FULL),
]


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(("fault", "outage"), FAULTS)
def test_a_page_says_what_is_the_matter(client, monkeypatch, fault, outage):
    monkeypatch.setattr("patients.views.read_case", fault)
    response = client.get("/cases/CB-0000000/?lang=<b>")
    assert response.status_code == 503
    assert response["Retry-After"] == str(outage.seconds)
    assert "no-store" in response["Cache-Control"]
    text = response.content.decode()
    assert outage.title in text
    assert outage.says in text
    assert '<a href="/cases/CB-0000000/?lang=%3Cb%3E">Try again</a>' in text


@pytest.mark.parametrize(("fault", "outage"), FAULTS)
def test_a_program_is_told_in_its_own_form(client, monkeypatch, fault, outage):
    monkeypatch.setattr("patients.api.parts.EventViewSet.found", fault)
    response = client.get("/api/v1/events/")
    assert problem(response, 503)["detail"] == f"{outage.title}. {outage.says}"
    assert response["Retry-After"] == str(outage.seconds)


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_cut_is_followed_by_another(client, monkeypatch):
    make.make_case()
    with monkeypatch.context() as patched:
        patched.setattr("patients.views.read_case", ends_the_connection)
        patched.setattr("patients.api.parts.EventViewSet.found", ends_the_connection)
        page = client.get("/cases/CB-0000000/")
        close_old_connections()  # which the test's client does not do after a request
        told = client.get("/api/v1/events/")
        close_old_connections()
    assert (page.status_code, page["Retry-After"]) == (503, "5")
    assert AWAY.title in page.content.decode()
    assert problem(told, 503)["detail"].startswith(AWAY.title)
    assert client.get("/cases/CB-0000000/").status_code == 404
    assert client.get("/api/v1/events/").status_code == 200


def test_a_post_says_to_look_before_it_is_sent_again(client, monkeypatch):
    monkeypatch.setattr("allauth.account.views.LoginView.form_invalid", raises("57P03"))
    response = client.post("/accounts/login/", {"login": "somebody", "password": "wrong"})
    assert response.status_code == 503
    text = response.content.decode()
    assert "look whether it is there before you send it again" in text
    assert "Try again</a>" not in text


def test_an_error_page_that_cannot_be_drawn_is_503_too(client, monkeypatch):
    """The page of a 404 asks who is signed in, of a database that may be away by then."""
    monkeypatch.setattr("casebase.pages.render", raises("57P03"))
    assert client.get("/no/such/page/").status_code == 503


@pytest.mark.django_db(transaction=True)
def test_an_api_error_outside_of_its_views_is_a_problem_too(client, monkeypatch):
    monkeypatch.setattr("casebase.fast_lane.look_up", raises("53100"))
    response = client.get("/api/v1/cases/CB-0000000/")
    assert problem(response, 503)["detail"].startswith(FULL.title)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fault", [raises("22012"), raises("XX000"), raises("42P01")])
def test_a_fault_of_ours_stays_one(client, monkeypatch, fault):
    monkeypatch.setattr("patients.views.read_case", fault)
    monkeypatch.setattr("patients.api.parts.EventViewSet.found", fault)
    assert client.get("/cases/CB-0000000/").status_code == 500
    problem(client.get("/api/v1/events/"), 500)


def test_what_an_error_came_from_is_looked_at():
    error = RuntimeError("about the row of somebody")
    with pytest.raises(DatabaseError) as raised:
        raises("53100")()
    error.__context__ = raised.value
    assert outage_of(error) is FULL
    assert outage_of(None) is None
    assert outage_of(OSError(errno.ENOENT, "gone")) is None
    assert outage_of(psycopg2.DatabaseError()) is AWAY
    assert outage_of(psycopg2.InterfaceError("connection already closed")) is AWAY
    assert outage_of(psycopg2.ProgrammingError()) is None
