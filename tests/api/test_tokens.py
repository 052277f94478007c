"""Signing in: tokens, sessions with CSRF, throttles."""

import base64
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from casebase.accounts.models import ApiToken
from casebase.accounts.tokens import MAX_TOKENS
from tests import make
from tests.api.client import Api, fields, problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(db):
    return make.make_user("curator", username="ada")


@pytest.fixture
def throttled(settings):
    """Rates of the tests' own, counted from nothing."""

    def set_rates(**rates):
        settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": rates}

    cache.clear()
    yield set_rates
    cache.clear()


def basic(text):
    return {"Authorization": "Basic " + base64.b64encode(text.encode()).decode()}


def login(username="ada", password=make.PASSWORD):
    return Api().post("auth/login/", {"username": username, "password": password})


def test_token_signs_requests(user):
    answer = login()
    assert answer.status_code == 201
    assert answer["Cache-Control"] == "no-store"
    assert set(answer.json()) == {"token", "expiry"}
    signed = {"Authorization": f"Token {answer.json()['token']}"}
    assert Api().post("patients/", {}, **signed).status_code == 201
    user.refresh_from_db()
    assert user.last_login is not None
    assert ApiToken.objects.get().digest != answer.json()["token"]

    assert Api().post("auth/logout/", **signed).status_code == 204
    problem(Api().post("patients/", {}, **signed), 401)


def test_basic_authentication_is_for_signing_in_alone(user):
    header = basic(f"ada:{make.PASSWORD}")
    assert Api().post("auth/login/", **header).status_code == 201
    problem(Api().post("patients/", {}, **header), 401)


@pytest.mark.parametrize(
    "header",
    [
        basic("ada:wrong"), basic("nobody:x"), basic("ada"), basic("a\x00a:x"), basic(":"),
        {"Authorization": "Basic"}, {"Authorization": "Basic %%%"}, {"Authorization": "Basic /w=="},
    ],
)  # fmt: skip
def test_wrong_basic_credentials(user, header):
    response = Api().post("auth/login/", **header)
    problem(response, 401)
    assert response["WWW-Authenticate"].startswith("Basic")


def test_wrong_credentials_do_not_tell_who_is_here(user):
    assert problem(login(password="wrong"), 401) == problem(login(username="nobody"), 401)
    user.is_active = False
    user.save()
    assert problem(login(), 401) == problem(login(username="nobody"), 401)


def test_bad_credentials_are_named(user):
    client = Api()
    problem(client.post("auth/login/"), 401)
    assert fields(client.post("auth/login/", {"username": 5, "password": "x"})) == {"username"}
    assert fields(client.post("auth/login/", {"username": "ada"})) == {"password"}
    body = {"username": "ada", "password": "x", "otp": "1"}
    assert fields(client.post("auth/login/", body)) == {"otp"}
    assert fields(client.post("auth/login/", b'{"username": "\\u0000"}')) == {"username"}


@pytest.mark.parametrize(
    "header", ["Token", "Token a b", "Token nonsense", "Token \xff\xfe", "Token " + "a" * 9000]
)
def test_wrong_token_is_refused_even_for_reading(header):
    response = Api().get("cases/", Authorization=header)
    problem(response, 401)
    assert response["WWW-Authenticate"] == "Token"


def test_token_expires(user):
    token = login().json()["token"]
    ApiToken.objects.update(expiry=timezone.now() - timedelta(seconds=1))
    problem(Api().get("cases/", Authorization=f"Token {token}"), 401)


def test_tokens_of_one_user_are_bounded(user):
    for _ in range(MAX_TOKENS + 3):
        login()
    assert ApiToken.objects.filter(user=user).count() == MAX_TOKENS


def test_logout_ends_tokens_alone(user):
    problem(Api().post("auth/logout/"), 401)
    problem(Api("curator").post("auth/logout/"), 400)


def test_session_needs_the_csrf_token(user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    send = {"path": "/api/v1/patients/", "data": "{}", "content_type": "application/json"}
    problem(client.post(**send), 403)
    client.get("/accounts/login/")
    client.cookies["csrftoken"] = "a" * 32
    assert client.post(**send, headers={"X-CSRFToken": "a" * 32}).status_code == 201


def test_signing_in_is_throttled(user, throttled):
    throttled(login="3/min")
    assert [login(password="wrong").status_code for _ in range(3)] == [401, 401, 401]
    response = login()
    problem(response, 429)
    assert int(response["Retry-After"]) > 0
    # a made-up address of a proxy does not help
    problem(Api().post("auth/login/", **{"X-Forwarded-For": "203.0.113.9"}), 429)


def test_requests_are_throttled(user, throttled):
    throttled(anon="2/min", user="3/min")
    assert [Api().get("cases/").status_code for _ in range(3)] == [200, 200, 429]
    client = Api("clinician")
    assert [client.get("cases/").status_code for _ in range(4)] == [200, 200, 200, 429]
