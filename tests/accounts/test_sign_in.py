"""Signing in by pages and by API: names, addresses, lockout, passwords."""

from __future__ import annotations

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.test import Client

from casebase.accounts.adapters import WRONG
from casebase.accounts.lockout import TOO_MANY
from tests.accounts.signing_in import confirm, post_login
from tests.api.client import Api, problem
from tests.make import PASSWORD, make_user

pytestmark = pytest.mark.django_db
STRONG = "three green herons wade"


@pytest.fixture
def user():
    return make_user("researcher", username="ada", email="ada@example.org")


@pytest.mark.parametrize("login", ["ada", "ADA", "ada@example.org", "Ada@Example.org", " ada "])
def test_user_name_and_e_mail_both_sign_in(client, user, login):
    assert post_login(client, login).status_code == 302
    assert client.get("/accounts/").status_code == 200


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("ada", "wrong"),
        ("nobody", PASSWORD),
        ("", ""),
        ("ada", ""),
        ("a\x00", "x"),
        ("ada" * 999, "x"),
    ],
)
def test_wrong_credentials_sign_nobody_in(client, user, login, password):
    answer = post_login(client, login, password)
    assert answer.status_code == 200
    assert "You are not signed in" in answer.content.decode()
    assert client.get("/accounts/").status_code == 302


def test_the_same_words_for_a_wrong_name_and_a_wrong_password(client, user):
    for login in ("ada", "nobody", "nobody@example.org"):
        assert WRONG in post_login(client, login, "wrong").content.decode()


def test_a_closed_account_is_told_apart_only_with_its_password(client, user):
    user.is_active = False
    user.save()
    assert WRONG in post_login(client, "ada", "wrong").content.decode()
    assert post_login(client, "ada").url == "/accounts/inactive/"
    assert client.get("/accounts/").status_code == 302


def test_five_failures_lock_the_name_out_however_it_is_written(client, user):
    for login in ("ada", "ADA", "ada@example.org", "ADA@EXAMPLE.ORG"):
        assert post_login(client, login, "wrong").status_code == 200
    assert post_login(client, "ada", "wrong").status_code == 429
    answer = post_login(client, "ada")
    assert answer.status_code == 429
    assert TOO_MANY in answer.content.decode()
    assert client.get("/accounts/").status_code == 302
    # the API is another way to the same door
    assert problem(Api().post("auth/login/", {"username": "ada", "password": PASSWORD}), 429)
    # others, and the same user from elsewhere, are not held up
    assert post_login(Client(), make_user().username).status_code == 302
    assert post_login(Client(REMOTE_ADDR="198.51.100.7"), "ada").status_code == 302


def test_failures_at_the_api_count_for_the_pages(client, user):
    for _ in range(4):
        problem(Api().post("auth/login/", {"username": "ada", "password": "wrong"}), 401)
    problem(Api().post("auth/login/", {"username": "ada", "password": "wrong"}), 429)
    assert post_login(client, "ada").status_code == 429


def test_a_made_up_proxy_does_not_get_round_the_lockout(user):
    for number in range(5):
        post_login(Client(headers={"X-Forwarded-For": f"203.0.113.{number}"}), "ada", "wrong")
    assert post_login(Client(headers={"X-Forwarded-For": "203.0.113.99"}), "ada").status_code == 429


def test_signing_in_forgets_failures(client, user):
    for _ in range(4):
        post_login(client, "ada", "wrong")
    assert post_login(client, "ada").status_code == 302
    assert not AccessAttempt.objects.exists()


def test_unknown_names_lock_out_alike_and_are_not_kept(client):
    answers = [post_login(client, "my own password", "wrong").status_code for _ in range(6)]
    assert answers == [200, 200, 200, 200, 429, 429]
    row = AccessAttempt.objects.get()
    assert "my own password" not in f"{row.username} {row.post_data} {row.get_data}"
    assert "wrong" not in row.post_data


def test_many_names_from_one_address_are_slowed_down(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/ip"}
    cache.clear()
    try:
        answers = [post_login(client, f"name{n}", "x").content.decode() for n in range(4)]
    finally:
        cache.clear()
    assert [TOO_MANY in answer for answer in answers] == [False, False, False, True]


def test_the_admin_has_no_door_of_its_own(client, user):
    make_user("curator", username="berta")
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/?next=")
    assert (
        client.post("/admin/login/", {"username": "berta", "password": PASSWORD}).status_code == 302
    )
    assert client.get("/accounts/").status_code == 302
    assert post_login(client, "berta", next="/admin/").url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_password_is_changed_and_other_sessions_end(client, user):
    other = Client()
    post_login(client, "ada")
    post_login(other, "ada")
    form = {"oldpassword": PASSWORD, "password1": "12345", "password2": "12345"}
    assert "too short" in client.post("/accounts/password/change/", form).content.decode()
    form |= {"password1": STRONG, "password2": STRONG + "r"}
    assert client.post("/accounts/password/change/", form).status_code == 200
    form["password2"] = STRONG
    assert client.post("/accounts/password/change/", form).status_code == 302
    assert client.get("/accounts/").status_code == 200
    assert other.get("/accounts/").status_code == 302
    assert post_login(Client(), "ada", STRONG).status_code == 302


def test_without_mail_an_admin_is_asked_for_a_new_password(client, user):
    assert "Ask an admin" in client.get("/accounts/password/reset/").content.decode()
    assert client.post("/accounts/password/reset/", {"email": user.email}).status_code == 404
    assert mail.outbox == []


def test_with_mail_a_link_sets_a_new_password_once(client, user, settings):
    settings.MAIL_ON = True
    client.post("/accounts/password/reset/", {"email": "ADA@example.org"})
    (message,) = mail.outbox
    assert message.to == ["ada@example.org"]
    assert "!" not in message.body
    path = next(word for word in message.body.split() if "/password/reset/key/" in word)
    path = path.partition("testserver")[2]
    form_page = client.get(path, follow=True)
    where = form_page.redirect_chain[-1][0]
    answer = client.post(where, {"password1": STRONG, "password2": STRONG})
    assert answer.url == "/accounts/password/reset/key/done/"
    assert post_login(Client(), "ada", STRONG).status_code == 302
    assert "used before" in Client().get(path, follow=True).content.decode()


def test_an_unknown_address_gets_no_mail_and_the_same_answer(client, user, settings):
    settings.MAIL_ON = True
    known = client.post("/accounts/password/reset/", {"email": user.email})
    unknown = client.post("/accounts/password/reset/", {"email": "other@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert len(mail.outbox) == 1


def test_sign_up_is_closed_unless_a_setting_opens_it(client, settings):
    form = {"username": "new", "email": "new@example.org", "password1": STRONG, "password2": STRONG}
    assert "Sign-up is closed" in client.post("/accounts/signup/", form).content.decode()
    assert post_login(client, "new", STRONG).status_code == 200
    settings.SIGN_UP_OPEN = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    assert client.post("/accounts/signup/", {**form, "is_staff": "1"}).status_code == 302
    made = User.objects.get(username="new")
    assert (made.is_staff, made.is_superuser, made.groups.count()) == (False, False, 0)


def test_confirming_asks_for_the_right_password(client, user):
    post_login(client, "ada")
    assert (
        "2fa/totp/activate" not in client.get("/accounts/2fa/totp/activate/").url.partition("?")[0]
    )
    wrong = client.post("/accounts/reauthenticate/", {"password": "wrong"})
    assert "The password is wrong." in wrong.content.decode()
    confirm(client)
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
