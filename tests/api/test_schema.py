"""The OpenAPI schema and its pages."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from drf_spectacular.validation import validate_schema

from casebase.api import router, schema

pytestmark = pytest.mark.django_db
ALWAYS = {"400", "401", "406", "429"}


@pytest.fixture(scope="module")
def operations():
    return {
        (path, method): operation
        for path, methods in schema()["paths"].items()
        for method, operation in methods.items()
    }


def test_schema_is_valid_and_without_warnings():
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=StringIO())


def test_schema_is_served(api):
    response = api().get("schema/", Accept="application/json")
    assert response.status_code == 200
    validate_schema(response.json())
    assert response.json()["openapi"].startswith("3.")


def test_every_route_is_documented(operations):
    routed = {
        (pattern.callback.cls, method)
        for pattern in router.urls
        for method in pattern.callback.actions
        if method != "head"  # added once a view was called
    }
    tags = {prefix: viewset for prefix, viewset, _ in router.registry}
    documented = {
        (tags[path.split("/")[3]], method)
        for path, method in operations
        if path.split("/")[3] in tags
    }
    assert documented == routed
    assert all(operation.get("description") for operation in operations.values())


def test_every_operation_says_in_words_what_it_does(operations):
    for place, operation in operations.items():
        words = operation["summary"]
        assert "_" not in words, place
        assert not re.search(r"\b(a [aeiou]|an [^aeiou])", words), (place, words)
        assert operation["tags"], place


def test_every_operation_tells_its_errors(operations):
    for (path, method), operation in operations.items():
        answers = operation["responses"]
        assert set(answers) >= ALWAYS, path
        for status in answers:
            if status >= "400":
                assert list(answers[status]["content"]) == ["application/problem+json"]
        if method != "get":
            assert set(answers) >= {"413", "415"}, path


def test_changes_need_a_precondition(operations):
    for (path, method), operation in operations.items():
        names = {row["name"]: row for row in operation.get("parameters", [])}
        if method in ("put", "patch", "delete"):
            assert names["If-Match"]["required"]
            assert set(operation["responses"]) >= {"403", "404", "412", "428"}
        if method == "get" and path.endswith("}/"):
            assert "If-None-Match" in names
            assert "ETag" in operation["responses"]["200"]["headers"]


def test_time_is_shown_by_example(operations):
    body = operations["/api/v1/events/", "post"]["requestBody"]
    examples = body["content"]["application/json"]["examples"]
    assert len(examples) == 3
    assert any("start_reported_as" in row["value"] for row in examples.values())


def test_docs_come_from_here(client):
    response = client.get("/api/docs/")
    assert response.status_code == 200
    body = response.content.decode()
    assert "https://" not in body
    assert "<script>" not in body
    policy = dict(
        part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";")
    )
    assert policy["style-src"] == "'self'"
    assert policy["style-src-attr"] == "'unsafe-inline'"
    assert policy.get("script-src", policy["default-src"]) == "'self'"
    script = client.get("/api/docs/?script=")
    assert script["Content-Type"].startswith("application/javascript")
    assert "/api/v1/schema/" in script.content.decode()
    assert '"validatorUrl": null' in script.content.decode()
