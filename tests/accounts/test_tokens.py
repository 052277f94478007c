"""Tokens on the pages and by API: shown once, hashed, scoped, expiring, ended by their owner."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from knox.models import AuthToken

from casebase.accounts import tokens
from casebase.accounts.models import ApiToken
from casebase.authentication import READS_ONLY
from patients.roles import CURATOR
from tests.accounts.signing_in import confirm, give_app, post_login, signed_in_with_app
from tests.api.client import Api, problem
from tests.make import PASSWORD, make_user

pytestmark = pytest.mark.django_db
FORM = {"name": "Weekly export", "scope": "read", "days": "30"}


@pytest.fixture
def user():
    return make_user(CURATOR, username="ada")


@pytest.fixture
def page(client, user):
    post_login(client, "ada")
    confirm(client)
    return client


def made(client: Client, **changes: str) -> str:
    """The text of a token made on the page."""
    answer = client.post("/accounts/tokens/add/", {**FORM, **changes})
    assert answer.status_code == 200
    return str(answer.context["text"])


def signed(text: str) -> dict[str, str]:
    return {"Authorization": f"Token {text}"}


def test_a_token_is_shown_once_and_only_its_hash_is_kept(page):
    text = made(page)
    row = ApiToken.objects.get()
    assert (row.name, row.scope, row.from_sign_in) == ("Weekly export", "read", False)
    assert timedelta(days=29) < row.expiry - timezone.now() <= timedelta(days=30)
    kept = f"{row.digest} {row.token_key} {row.public_id}"
    assert text not in kept
    listed = page.get("/accounts/tokens/")
    assert "Weekly export" in listed.content.decode()
    assert text not in listed.content.decode()
    assert "no-store" in listed["Cache-Control"]


def test_a_reading_token_reads_and_writes_nothing(page):
    text = made(page)
    assert Api().get("cases/", **signed(text)).status_code == 200
    answer = Api().post("patients/", {}, **signed(text))
    assert problem(answer, 403)["detail"] == READS_ONLY
    assert Api().post("auth/logout/", **signed(text)).status_code == 204
    problem(Api().get("cases/", **signed(text)), 401)


def test_a_writing_token_may_what_its_owner_may(page, user):
    text = made(page, scope="write")
    assert Api().post("patients/", {}, **signed(text)).status_code == 201
    user.groups.clear()
    problem(Api().post("patients/", {}, **signed(text)), 403)


def test_a_token_ends_by_itself(page):
    text = made(page)
    AuthToken.objects.update(expiry=timezone.now() - timedelta(seconds=1))
    problem(Api().get("cases/", **signed(text)), 401)
    assert "You have none." in page.get("/accounts/tokens/").content.decode()
    made(page)
    assert ApiToken.objects.count() == 1, "what has ended is forgotten when another is made"


def test_the_owner_ends_it_on_the_page_and_nobody_else(page):
    text = made(page)
    public_id = ApiToken.objects.get().public_id
    stranger = Client()
    stranger.force_login(make_user(CURATOR))
    assert stranger.post(f"/accounts/tokens/{public_id}/end/").status_code == 404
    assert page.get(f"/accounts/tokens/{public_id}/end/").status_code == 405
    assert Api().get("cases/", **signed(text)).status_code == 200
    assert page.post(f"/accounts/tokens/{public_id}/end/").url == "/accounts/tokens/"
    problem(Api().get("cases/", **signed(text)), 401)
    assert page.post(f"/accounts/tokens/{public_id}/end/").status_code == 404


def test_tokens_are_listed_and_ended_by_api(page):
    reads, writes = made(page), made(page, scope="write", name="Loader")
    listed = Api().get("tokens/", **signed(reads))
    assert listed["Cache-Control"] == "no-store"
    rows = {row["name"]: row for row in listed.json()["results"]}
    assert listed.json()["count"] == 2
    assert [rows[name]["is_this"] for name in ("Weekly export", "Loader")] == [True, False]
    assert reads not in listed.content.decode()
    path = f"tokens/{rows['Weekly export']['id']}/end/"
    problem(Api().post(path, **signed(reads)), 403)
    problem(Api(CURATOR).post(path), 404)
    problem(Api().post(path), 401)
    assert Api().post(path, **signed(writes)).status_code == 204
    problem(Api().get("cases/", **signed(reads)), 401)
    problem(Api().post(path, **signed(writes)), 404)


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "x" * 81), ("name", "a\x00b"), ("scope", "admin"), ("scope", ""),
     ("days", "0"), ("days", "36500"), ("days", "x")],
)  # fmt: skip
def test_a_bad_field_is_named_and_nothing_is_lost(page, field, value):
    answer = page.post("/accounts/tokens/add/", {**FORM, field: value})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert not ApiToken.objects.exists()


def test_a_token_needs_the_password_once_more(client, user):
    post_login(client, "ada")
    answer = client.post("/accounts/tokens/add/", FORM)
    assert answer.url.startswith("/accounts/reauthenticate/")
    assert not ApiToken.objects.exists()


def test_tokens_of_one_user_are_bounded(page):
    for number in range(tokens.MAX_TOKENS):
        made(page, name=f"Token {number}")
    answer = page.post("/accounts/tokens/add/", FORM)
    assert answer.status_code == 422
    assert "End one first" in answer.content.decode()
    # what programs are given has bounds of its own
    assert Api().post("auth/login/", {"username": "ada", "password": PASSWORD}).status_code == 201
    assert ApiToken.objects.count() == tokens.MAX_TOKENS + 1


def test_a_row_of_the_library_alone_opens_nothing(user):
    _, text = AuthToken.objects.create(user=user)
    problem(Api().get("cases/", **signed(text)), 401)


def test_a_closed_account_has_no_tokens(page, user):
    text = made(page)
    user.is_active = False
    user.save()
    problem(Api().get("cases/", **signed(text)), 401)


def test_the_api_does_not_go_round_a_second_factor(user, settings):
    give_app(user)
    send = {"username": "ada", "password": PASSWORD}
    assert "second factor" in problem(Api().post("auth/login/", send), 403)["detail"]
    problem(Api().post("auth/login/", send | {"password": "wrong"}), 401)
    settings.SECOND_FACTOR_REQUIRED = True
    other = make_user(CURATOR)
    problem(Api().post("auth/login/", {**send, "username": other.username}), 403)
    assert not ApiToken.objects.exists()


def test_a_token_from_before_the_second_factor_no_longer_works_for_a_curator(settings):
    user = make_user("researcher")
    _, old = tokens.make(
        by=user, name="old", scope="write", life=timedelta(days=1), second_factor=False
    )
    settings.SECOND_FACTOR_REQUIRED = True
    assert Api().get("cases/", **signed(old)).status_code == 200
    user.groups.set([*user.groups.all(), *make_user(CURATOR).groups.all()])
    problem(Api().get("cases/", **signed(old)), 403)
    client = signed_in_with_app(user)
    confirm(client)
    new = made(client, scope="write")
    assert ApiToken.objects.get(name="Weekly export").second_factor
    problem(Api().get("cases/", **signed(old)), 403)
    assert Api().post("patients/", {}, **signed(new)).status_code == 201


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [({"scope": "admin"}, "api_token_scope_is_known"), ({"name": ""}, "api_token_has_a_name")],
)
def test_the_database_refuses(user, changes, constraint):
    fields = {"name": "x", "scope": "read", **changes}
    with pytest.raises((IntegrityError, ValidationError), match=constraint), transaction.atomic():
        ApiToken.objects.create(user=user, **fields)
