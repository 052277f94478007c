"""One error shape for everything under /api/."""

import pytest
from django.db import OperationalError

from patients.api.parts import EventViewSet
from tests.api.client import problem

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        "/api/", "/api/v2/", "/api/v1/nothing/", "/api/v1/cases", "/api/v1/cases/CB-1/",
        "/api/v1/cases/CB-7K3M2QU/", "/api/v1/cases/%00/", "/api/v1/cases/%ff%fe/",
        "/api/v1/events/0000000000", "/api/v1/events/000000000%0A/", "/api/v1/terms/a%00b/",
        "/api/v1/terms/%0A", "/api/%0A%0D", "/api/v1/cases/CB-0000000/",
        "/api/v1/events/0000000000/",
        "/api/v1/terms/nothing/", "/api/v1/references/0000000000/", "/api/v1/schema/x/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_unknown_address(api, path, method):
    response = api().client.generic(method, path)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    if method == "GET":
        problem(response, 404)


def test_unknown_address_by_any_method(api):
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
        problem(api("curator", enforce_csrf_checks=True).send(method, "nothing/"), 404)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "cases/", "GET, POST, HEAD, OPTIONS"),
        ("PATCH", "events/", "GET, POST, HEAD, OPTIONS"),
        ("TRACE", "events/", "GET, POST, HEAD, OPTIONS"),
        ("POST", "cases/CB-0000000/", "GET, PUT, PATCH, DELETE, HEAD, OPTIONS"),
        ("GET", "cases/CB-0000000/publish/", "POST, OPTIONS"),
        ("GET", "auth/login/", "POST, OPTIONS"),
        ("POST", "schema/", "GET, HEAD, OPTIONS"),
    ],
)
@pytest.mark.parametrize("role", ["", "curator"])
def test_method_that_is_not_here(api, method, path, allowed, role):
    response = api(role).send(method, path)
    problem(response, 405)
    assert response["Allow"] == allowed


@pytest.mark.parametrize("path", ["cases/", "cases/CB-0000000/", "terms/"])
def test_options(api, path):
    response = api().send("OPTIONS", path)
    assert (response.status_code, response.content) == (204, b"")
    assert "GET" in response["Allow"]


def test_head(api, records):
    for path in ("cases/", records.path("cases"), records.path("events")):
        head, get = api().client.head(f"/api/v1/{path}"), api().get(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.get("ETag") == get.get("ETag")


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "image/*", "nonsense"])
def test_other_media_types_are_not_served(api, accept):
    problem(api().get("cases/", Accept=accept), 406)


@pytest.mark.parametrize("accept", ["*/*", "application/*", "application/json; indent=2"])
def test_json_is_served(api, accept):
    assert api().get("cases/", Accept=accept)["Content-Type"].startswith("application/json")


def test_fault_of_ours_tells_nothing(api, monkeypatch, caplog):
    def fail(*args):
        raise RuntimeError("secret of a patient")

    monkeypatch.setattr(EventViewSet, "found", fail)
    response = api().get("events/")
    problem(response, 500)
    assert b"secret" not in response.content
    assert "api_error" in caplog.text
    (record,) = [row for row in caplog.records if "api_error" in str(row.msg)]
    assert record.exc_info[0] is RuntimeError


def test_database_that_gives_up(api, monkeypatch):
    def fail(*args):
        raise OperationalError("canceling statement due to statement timeout: a patient")

    monkeypatch.setattr(EventViewSet, "found", fail)
    assert "patient" not in problem(api().get("events/"), 503)["detail"]


def test_bad_host_is_a_problem_too(api):
    problem(api().client.get("/api/v1/cases/", headers={"Host": "elsewhere.example"}), 400)


def test_pages_keep_their_errors(client):
    response = client.get("/nothing/")
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/html")
