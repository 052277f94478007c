import io
import json
import logging

import pytest
from structlog.stdlib import ProcessorFormatter

from tests.casebase.log_urls import SECRET


@pytest.fixture
def log(settings):
    """Reads the lines that the site logged, through the formatter that production uses."""
    settings.ROOT_URLCONF = "tests.casebase.log_urls"
    formatters = (handler.formatter for handler in logging.root.handlers)
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(next(f for f in formatters if isinstance(f, ProcessorFormatter)))
    logging.root.addHandler(handler)
    yield lambda: [json.loads(line) for line in handler.stream.getvalue().splitlines()]
    logging.root.removeHandler(handler)


@pytest.fixture
def visitor(client):
    client.raise_request_exception = False
    return client


def test_one_line_a_request_with_the_id_of_its_response(visitor, db, log):
    response = visitor.get("/healthz")
    (line,) = log()
    assert line["event"] == "request_finished"
    assert line["request"] == "GET /healthz"
    assert line["code"] == 200
    assert line["request_id"] == response["X-Request-ID"]
    assert line["timestamp"].endswith("Z")
    assert "user_id" not in line
    assert "ip" not in line


def test_requests_have_ids_of_their_own(visitor, db):
    first, second = (visitor.get("/healthz")["X-Request-ID"] for _ in range(2))
    assert first != second


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("0123456789abcdef", True),
        ("short", False),
        ("x" * 65, False),
        ("carcinoid of the pancreas", False),
        ('a"}{"event": "forged', False),
    ],
)
def test_only_a_plain_id_is_taken_over(visitor, db, log, sent, kept):
    response = visitor.get("/healthz", headers={"X-Request-ID": sent})
    assert (response["X-Request-ID"] == sent) is kept
    assert log()[0]["request_id"] == response["X-Request-ID"]


def test_neither_query_nor_body_is_logged(visitor, db, log):
    visitor.get("/cases/", {"q": SECRET})
    visitor.post("/accounts/login/", {"login": SECRET, "password": SECRET})
    visitor.post("/healthz", data=SECRET, content_type="text/plain")
    assert {line["request"] for line in log() if line["event"] == "request_finished"} == {
        "GET /cases/",
        "POST /accounts/login/",
        "POST /healthz",
    }
    assert "carcinoid" not in json.dumps(log())


def test_a_broken_constraint_is_logged_without_its_row(visitor, transactional_db, log):
    response = visitor.get("/breaks-a-constraint")
    assert response.status_code == 500
    (line,) = log()
    assert line["event"] == "request_failed"
    assert line["request_id"] == response["X-Request-ID"]
    kinds = [part["type"] for part in line["exception"]]
    assert kinds == ["django.db.utils.IntegrityError", "psycopg2.errors.CheckViolation"]
    frames = line["exception"][0]["frames"]
    assert any(frame.startswith("tests/casebase/log_urls.py:") for frame in frames)
    assert "carcinoid" not in json.dumps(line)


def test_a_chain_of_exceptions_is_logged_by_types_alone(visitor, db, log):
    visitor.get("/fails-twice")
    (line,) = log()
    assert [part["type"] for part in line["exception"]] == [
        "builtins.RuntimeError",
        "builtins.ValueError",
    ]
    assert "carcinoid" not in json.dumps(line)


def test_a_suspicious_request_is_logged_by_its_kind_alone(visitor, db, log):
    assert visitor.get("/is-suspicious").status_code == 400
    assert "SuspiciousOperation" in [line["event"] for line in log()]
    assert "carcinoid" not in json.dumps(log())


def test_a_strange_host_is_logged_by_its_kind_alone(visitor, db, log):
    assert visitor.get("/cases/", headers={"Host": "carcinoid.example"}).status_code == 400
    assert "DisallowedHost" in [line["event"] for line in log()]
    assert "carcinoid" not in json.dumps(log())


def test_a_librarys_message_is_logged_by_its_template(visitor, db, log):
    visitor.get("/warns")
    assert log()[0]["event"] == "could not read %s"
    assert log()[0]["logger"] == "some.library"
    assert "carcinoid" not in json.dumps(log())
