"""How often one may ask: every route has a limit, and what costs more has a lower one."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from rest_framework.views import APIView

from casebase import limits
from tests import make
from tests.matrix.routes import routes
from tests.matrix.table import ROWS
from tests.walls.resolving import views

pytestmark = pytest.mark.django_db
FREE = {"healthz", "metrics"}


@pytest.fixture
def rates(settings):
    """`rates(page="2/min")`: all others as high as ever."""

    def set_rates(**changes: str) -> None:
        rest = settings.REST_FRAMEWORK
        known = rest["DEFAULT_THROTTLE_RATES"]
        assert set(changes) <= set(known)
        settings.REST_FRAMEWORK = rest | {"DEFAULT_THROTTLE_RATES": known | changes}

    return set_rates


def test_every_page_route_is_counted(rates):
    """One address asked of each; the API's views are looked at below."""
    rates(page="0/min")
    without = set()
    client = Client()
    for row in {row.name: row for row in ROWS}.values():
        path = row.path.partition("?")[0]
        if path.startswith("/api/"):
            continue
        for start, end in (("{", "}"),):
            while start in path:
                before, _, rest = path.partition(start)
                name, _, after = rest.partition(end)
                path = before + stand_in(name) + after
        answer = client.get(path)
        if answer.status_code != 429:
            without.add(row.name)
        else:
            assert int(answer["Retry-After"]) >= 1
            assert "Wait a minute" in answer.content.decode()
    assert without == FREE


def stand_in(name: str) -> str:
    """Something of the shape that stands in an address; nothing is looked up."""
    if name.endswith("_pk"):
        return "1"
    if name in ("case", "draft", "withdrawn", "free_case"):
        return "CB-0000000"
    return "0000000000"


def test_every_view_of_the_api_is_counted():
    without = {
        name
        for name, view in views(get_resolver())
        if name.startswith("api:") and not getattr(view, "cls", APIView).throttle_classes
    }
    assert without == set()


def test_the_lists_name_routes():
    names = set(routes())
    for listed in (limits.SEARCHES, limits.FILES, limits.BRINGS_IN):
        assert listed <= names


def test_each_has_a_count_of_its_own(rates):
    rates(page="2/min")
    one, other, signed_in = Client(), Client(REMOTE_ADDR="10.0.0.2"), Client()
    signed_in.force_login(make.make_user())
    for client in (one, other, signed_in):
        assert [client.get("/").status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize(
    ("scope", "path"),
    [
        ("search", "/cases/?q=mass"),
        ("search", "/references/?q=mass"),
        ("search", "/references/suggest/?q=mass"),
        ("file", "/references/export/?ids=0000000000"),
        ("file", "/cases/results.csv"),
        ("file", "/cases/CB-0000000/timeline.pdf"),
    ],
)
def test_what_costs_more_is_limited_sooner(rates, scope, path):
    rates(**{scope: "1/min"})
    client = Client()
    assert client.get(path).status_code != 429
    assert client.get(path).status_code == 429
    assert client.get("/").status_code == 200


def test_bringing_in_is_limited_when_posted(rates):
    rates(**{"import": "1/min"})
    client = Client()
    client.force_login(make.make_user("researcher"))
    sent = {"text": "TY  - BOOK\nTI  - A book\nER  - \n"}
    answers = [client.post("/references/add/", sent).status_code for _ in range(2)]
    assert answers[0] != 429
    assert answers[1] == 429
    assert client.get("/references/add/").status_code == 200


def test_files_of_the_api_are_limited_with_those_of_pages(rates):
    rates(file="1/min")
    reference = make.make_reference()
    path = f"/api/v1/references/export/?ids={reference.public_id}"
    assert [Client().get(path).status_code for _ in range(2)] == [200, 429]


def test_a_made_up_proxy_is_no_other_visitor(rates):
    rates(page="1/min")
    statuses = [
        Client().get("/", headers={"X-Forwarded-For": f"10.0.0.{number}"}).status_code
        for number in range(3)
    ]
    assert statuses == [200, 429, 429]


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/accounts/login/", {"login": "nobody", "password": "wrong words here"}),
        ("/accounts/password/reset/", {"email": "somebody@example.org"}),
    ],
)
def test_signing_in_and_asking_for_a_password_are_limited(settings, path, sent):
    from allauth.account import app_settings

    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/ip", "reset_password": "3/m/ip"}
    settings.MAIL_ON = True
    settings.AXES_FAILURE_LIMIT = 100
    assert app_settings.RATE_LIMITS["reset_password"] == "3/m/ip"
    answers: list[Any] = [Client().post(path, sent) for _ in range(6)]
    assert answers[0].status_code in (200, 302)
    last = answers[-1]
    assert (
        last.status_code == 429
        or "too often" in last.content.decode().lower()
        or ("too many" in last.content.decode().lower())
    )


def test_production_has_a_limit_for_asking_for_a_password():
    """allauth's own stay where the project sets none."""
    from allauth.account.app_settings import AppSettings

    from casebase.accounts.settings import ACCOUNT_RATE_LIMITS

    class Settings(AppSettings):
        def _setting(self, name: str, dflt: Any) -> Any:
            return ACCOUNT_RATE_LIMITS if name == "RATE_LIMITS" else dflt

    found = Settings("ACCOUNT_").RATE_LIMITS
    assert found["reset_password"]
    assert found["signup"]
    assert found["login_failed"] == ACCOUNT_RATE_LIMITS["login_failed"]
