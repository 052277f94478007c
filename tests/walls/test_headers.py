"""The headers of what answers where no view does, and nonces. Every route's own answers are held
to the same by `tests/matrix/test_every_route.py`."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from patients.actions import prepared_answers
from tests import make
from tests.walls.answers import faults, page_faults
from tests.walls.pages import Page, policy_of

pytestmark = pytest.mark.django_db


# -- what answers where no view does ------------------------------------------------------------


def plain(path: str = "/", **asked: Any) -> Any:
    response = Client(raise_request_exception=False).get(path, **asked)
    if response.streaming:
        b"".join(response.streaming_content)
        for close in response._resource_closers:
            close()
    return response


def of_static(settings: Any) -> Any:
    return plain("/static/css/casebase.css")


def of_bad_host(settings: Any) -> Any:
    return plain(headers={"Host": "elsewhere.example.org"})


def of_tls(settings: Any) -> Any:
    settings.SECURE_SSL_REDIRECT = True
    return plain("/cases/")


def of_tls_below_the_api(settings: Any) -> Any:
    settings.SECURE_SSL_REDIRECT = True
    return plain("/api/v1/cases/")


def of_no_token(settings: Any) -> Any:
    return Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x"})


def of_too_many(settings: Any) -> Any:
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {
        "DEFAULT_THROTTLE_RATES": dict.fromkeys(
            settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "0/min"
        )
    }
    return plain("/")


def of_too_many_below_the_api(settings: Any) -> Any:
    of_too_many(settings)
    return plain("/api/v1/cases/")


def of_too_much(settings: Any) -> Any:
    user = make.make_user("curator")
    client = Client()
    client.force_login(user)
    body = b'{"title": "' + b"x" * 1_000_001 + b'"}'
    return client.post("/api/v1/cases/", body, content_type="application/json")


def of_an_error(settings: Any) -> Any:
    settings.ROOT_URLCONF = "tests.casebase.log_urls"
    return plain("/fails-twice")


def of_no_database(settings: Any) -> Any:
    def down(*asked: Any) -> Any:
        raise OperationalError("down")

    with connection.execute_wrapper(down):
        return plain("/healthz")


def of_the_fast_lane(settings: Any) -> Any:
    case = make.make_published_case()
    settings.SITE_ORIGIN = "http://testserver"
    prepared_answers.prepare_after(0)
    return plain(f"/cases/{case.accession}/")


def of_a_trace(settings: Any) -> Any:
    return Client().trace("/cases/")


ELSEWHERE = [
    (of_static, 200),
    (of_bad_host, 400),
    (of_tls, 301),
    (of_tls_below_the_api, 403),
    (of_no_token, 403),
    (of_too_many, 429),
    (of_too_many_below_the_api, 429),
    (of_too_much, 413),
    (of_an_error, 500),
    (of_no_database, 503),
    (of_the_fast_lane, 200),
    (of_a_trace, 405),
    (lambda settings: plain("/nothing/"), 404),
    (lambda settings: plain("/api/nothing/"), 404),
    (lambda settings: plain("/static/nothing.css"), 404),
    (lambda settings: plain("/cases"), 301),
]


@pytest.mark.parametrize(("asked", "status"), ELSEWHERE)
def test_answers_without_a_view_have_them_too(asked, status, settings):
    response = asked(settings)
    assert response.status_code == status
    is_file = asked is of_static
    found = faults("", response, personal=False)
    found += [] if is_file else page_faults("", response, personal=False)
    kept = [each for each in found if is_file and each.startswith(("is kept", "is a script"))]
    assert [each for each in found if each not in kept] == []


def test_transport_security_is_for_a_year_and_all_hosts_below(settings):
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    for path in ("/", "/api/v1/", "/static/css/casebase.css", "/nothing/"):
        sent = plain(path, secure=True)["Strict-Transport-Security"]
        assert sent.startswith("max-age=31536000; includeSubDomains")


def test_each_page_for_somebody_has_a_nonce_of_its_own():
    client, case = Client(), make.make_published_case()
    client.force_login(make.make_user())
    seen = []
    for _ in range(3):
        answer = client.get(f"/cases/{case.accession}/")
        nonces = set(Page(answer.content.decode()).nonces)
        assert policy_of(answer)["script-src"] == [f"'nonce-{nonces.pop()}'"]
        assert nonces == set(), "One for all scripts of a page"
        seen.append(policy_of(answer)["script-src"][0])
    assert len(set(seen)) == 3


def test_a_page_that_is_kept_for_everybody_has_none():
    case = make.make_published_case()
    answer = Client().get(f"/cases/{case.accession}/")
    assert set(Page(answer.content.decode()).nonces) == {None}
    assert policy_of(answer)["script-src"] == ["'self'"]
