"""Sessions rotate, end by age and by their owner, and stay ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casebase.accounts.session_age import NOTED_EVERY, SEEN, SINCE, TOO_OLD
from tests.accounts.signing_in import post_login
from tests.make import make_case, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make_user("curator", username="ada")


def age(client: Client, key: str, by: timedelta) -> None:
    session = client.session
    session[key] -= by.total_seconds()
    session.save()


def is_signed_in(client: Client) -> bool:
    return client.get("/accounts/").status_code == 200


def test_signing_in_gives_another_session_and_signing_out_ends_it(client, user):
    client.get("/accounts/2fa/authenticate/")
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    post_login(client, "ada")
    key = client.cookies["sessionid"].value
    assert key != planted
    assert not Session.objects.filter(pk=planted).exists()
    client.post("/accounts/logout/")
    assert not Session.objects.filter(pk=key).exists()
    replayed = Client()
    replayed.cookies["sessionid"] = key
    assert not is_signed_in(replayed)


def test_a_link_does_not_sign_out(client, user):
    post_login(client, "ada")
    assert client.get("/accounts/logout/").status_code == 200
    assert is_signed_in(client)


@pytest.mark.parametrize("mark", [SEEN, SINCE])
def test_a_session_ends_by_age(client, user, settings, mark):
    post_login(client, "ada")
    limit = settings.SESSION_IDLE if mark == SEEN else settings.SESSION_LIFE
    age(client, mark, limit - timedelta(minutes=1))
    assert is_signed_in(client)
    post_login(client, "ada")
    age(client, mark, limit + timedelta(minutes=1))
    key = client.cookies["sessionid"].value
    assert not is_signed_in(client)
    assert not Session.objects.filter(pk=key).exists()
    assert TOO_OLD in client.get("/accounts/login/").content.decode()


def test_use_keeps_a_session_but_not_beyond_its_life(client, user, settings):
    post_login(client, "ada")
    age(client, SEEN, timedelta(seconds=NOTED_EVERY + 5))
    seen, since = client.session[SEEN], client.session[SINCE]
    assert is_signed_in(client)
    assert client.session[SEEN] > seen
    assert client.session[SINCE] == since


def test_a_request_soon_after_writes_nothing(client, user):
    post_login(client, "ada")
    assert writes_of(client) == []
    age(client, SEEN, timedelta(seconds=NOTED_EVERY + 5))
    (only,) = writes_of(client)
    assert "django_session" in only


def writes_of(client: Client) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        client.get("/cases/")
    writing = ("UPDATE ", "INSERT INTO", "DELETE FROM")
    return [row["sql"] for row in queries if any(word in row["sql"] for word in writing)]


def test_all_other_sessions_are_ended_by_their_owner(client, user):
    stranger = Client()
    post_login(stranger, make_user(username="berta").username)
    other = Client(headers={"User-Agent": "An old telephone"})
    post_login(client, "ada")
    post_login(other, "ada")
    page = client.get("/accounts/sessions/").content.decode()
    assert "An old telephone" in page
    assert page.count("this one") == 1
    client.post("/accounts/sessions/")
    assert is_signed_in(client)
    assert not is_signed_in(other)
    assert is_signed_in(stranger)


def test_a_closed_account_is_out_at_once(client, user):
    post_login(client, "ada")
    user.is_active = False
    user.save()
    assert not is_signed_in(client)


def test_a_tab_of_a_session_that_ended_is_asked_to_sign_in(client, user):
    case = make_case()
    post_login(client, "ada")
    path = f"/cases/{case.accession}/edit/"
    assert client.get(path).status_code == 200
    client.post("/accounts/logout/")
    for answer in (client.get(path), client.post("/cases/new/", {"title": "x"})):
        assert answer.status_code == 302
        assert answer.url.startswith("/accounts/login/?next=")


@pytest.mark.parametrize("cookie", ["", "x", "a" * 32, "\u00e9" * 8, "a" * 5000])
def test_a_made_up_session_is_nobody(client, cookie):
    client.cookies["sessionid"] = cookie
    assert not is_signed_in(client)
    assert client.get("/cases/").status_code == 200


def test_only_safe_places_are_led_to_after_signing_in(user):
    for wanted in (
        "https://elsewhere.test/",
        "//elsewhere.test",
        "javascript:alert(1)",
        "\\\\elsewhere.test",
    ):
        assert post_login(Client(), "ada", next=wanted).url == "/"
    assert post_login(Client(), "ada", next="/cases/?q=x").url == "/cases/?q=x"
