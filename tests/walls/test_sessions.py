"""Sessions that nobody can guess, plant or carry away."""

from __future__ import annotations

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from tests import make
from tests.accounts.signing_in import give_app

pytestmark = pytest.mark.django_db
PASSWORD = "a long passphrase of many words"


@pytest.fixture
def user():
    user = make.make_user("clinician")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, user) -> None:
    answer = client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    assert answer.status_code == 302


def test_a_session_cannot_be_guessed():
    """32 of 36 signs: 165 bits."""
    keys = {SessionStore()._get_new_session_key() for _ in range(50)}
    assert len(keys) == 50
    assert all(len(key) == 32 and key.isalnum() for key in keys)


def test_a_session_that_was_put_there_is_not_taken_over(user):
    """Neither a made-up key nor one that an attacker began."""
    planted = SessionStore()
    planted["theirs"] = "kept"
    planted.create()
    for key in ("f" * 32, planted.session_key):
        client = Client()
        client.cookies["sessionid"] = key
        sign_in(client, user)
        mine = client.cookies["sessionid"].value
        assert mine != key
        assert not Session.objects.filter(session_key=key).exists()
        thief = Client()
        thief.cookies["sessionid"] = key
        assert SESSION_KEY not in thief.session
        assert client.get("/accounts/").status_code == 200


def test_a_session_that_was_signed_out_is_gone_for_whoever_kept_it(user):
    client = Client()
    sign_in(client, user)
    kept = client.cookies["sessionid"].value
    client.post("/accounts/logout/")
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert thief.get("/accounts/").status_code == 302
    assert not Session.objects.filter(session_key=kept).exists()


def test_signing_out_clears_what_the_browser_kept(user):
    client = Client()
    sign_in(client, user)
    answer = client.post("/accounts/logout/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in client.get("/accounts/login/")


def test_signing_out_is_on_every_page(user):
    client = Client()
    sign_in(client, user)
    for path in ("/", "/cases/", "/references/", "/accounts/", "/comparisons/", "/nothing/"):
        page = client.get(path).content.decode()
        assert "/accounts/logout/" in page, path


def test_a_session_writes_no_name_into_its_cookie(user):
    client = Client()
    sign_in(client, user)
    for cookie in client.cookies.values():
        assert user.username not in cookie.value
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert not cookie["domain"]
        assert cookie["path"] == "/"


def test_no_secret_is_taken_from_an_address(user):
    """A token or a session in a query opens nothing."""
    client = Client()
    sign_in(client, user)
    key = client.cookies["sessionid"].value
    for name in ("sessionid", "session", "token", "access_token", "Authorization", "api_key"):
        assert Client().get(f"/accounts/?{name}={key}").status_code == 302
        answer = Client().get(f"/api/v1/tokens/?{name}={key}")
        assert answer.status_code in (400, 401)


def test_a_new_password_by_mail_does_not_go_round_the_second_factor(settings):
    settings.MAIL_ON = True
    user = make.make_user("curator", email="ada@example.org")
    give_app(user)
    client = Client()
    client.post("/accounts/password/reset/", {"email": user.email})
    path = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    where = client.get(path.partition("testserver")[2], follow=True).redirect_chain[-1][0]
    client.post(where, {"password1": PASSWORD, "password2": PASSWORD})
    assert SESSION_KEY not in client.session
    other = Client()
    answer = other.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/2fa/authenticate/")
    assert SESSION_KEY not in other.session
