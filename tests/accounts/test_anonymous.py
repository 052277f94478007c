"""Reading without an account can be switched off; then nothing but the entrance is open."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from casebase.accounts import tokens
from casebase.accounts.middleware import SIGN_IN_FIRST
from tests.accounts.signing_in import post_login
from tests.api.client import problem
from tests.make import PASSWORD, make_published_case, make_user

pytestmark = pytest.mark.django_db
OPEN = ("/accounts/login/", "/accounts/password/reset/", "/healthz")


@pytest.fixture
def case():
    return make_published_case()


@pytest.fixture
def _closed(settings):
    settings.ANONYMOUS_READING = False


def pages_of(case) -> list[str]:
    at = f"/cases/{case.accession}/"
    return ["/", "/cases/", "/cases/?q=x", at, f"{at}timeline.svg", "/references/", "/accounts/",
            "/admin/", "/accounts/roles/", "/accounts/2fa/"]  # fmt: skip


API = ("/api/v1/", "/api/v1/cases/", "/api/v1/schema/", "/api/docs/", "/api/v1/references/",
       "/api/nothing/here")  # fmt: skip


@pytest.mark.usefixtures("_closed")
def test_every_page_asks_to_sign_in(case):
    for path in pages_of(case):
        answer = Client().get(path)
        assert answer.status_code == 302, path
        assert answer.url.startswith(("/accounts/login/?next=", "/admin/login/")), path
    for path in OPEN:
        assert Client().get(path).status_code == 200, path


@pytest.mark.usefixtures("_closed")
@pytest.mark.parametrize(
    "header", [{}, {"Authorization": "Token nonsense"}, {"Authorization": "Basic x"}]
)
def test_the_api_answers_nobody(case, header):
    for path in API:
        for method in ("get", "post", "options"):
            answer = getattr(Client(), method)(path, headers=header)
            assert problem(answer, 401)["detail"] == SIGN_IN_FIRST, path


@pytest.mark.usefixtures("_closed")
def test_a_session_and_a_token_are_let_in(case):
    user = make_user(username="ada")
    client = Client()
    assert post_login(client, "ada", next="/cases/").url == "/cases/"
    for path in (f"/cases/{case.accession}/", "/api/v1/cases/", "/api/docs/"):
        assert client.get(path).status_code == 200, path
    _, text = tokens.make_for_program(by=user, life=timedelta(hours=1))
    header = {"Authorization": f"Token {text}"}
    assert Client().get("/api/v1/cases/", headers=header).status_code == 200
    # a token is for the API alone
    assert Client().get("/cases/", headers=header).status_code == 302
    signing_in = {"username": "ada", "password": PASSWORD}
    answer = Client().post("/api/v1/auth/login/", signing_in, content_type="application/json")
    assert answer.status_code == 201


def test_reading_is_open_by_default(case):
    for path in (f"/cases/{case.accession}/", "/api/v1/cases/", "/api/docs/"):
        assert Client().get(path).status_code == 200
