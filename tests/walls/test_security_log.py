"""What the log says of attempts to get in, and what it does not say."""

from __future__ import annotations

import io
import json
import logging

import pytest
from django.test import Client
from structlog.stdlib import ProcessorFormatter

from tests import make

pytestmark = pytest.mark.django_db
SECRETS = ("a long passphrase of many words", "wrong words here", "somebody-by-name")


@pytest.fixture
def user():
    user = make.make_user("clinician", username="somebody-by-name")
    user.set_password(SECRETS[0])
    user.save()
    return user


@pytest.fixture
def lines():
    """Reads what the site logged, by the formatter that production uses; none of it is a secret."""
    formatters = (handler.formatter for handler in logging.root.handlers)
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(next(f for f in formatters if isinstance(f, ProcessorFormatter)))
    logging.root.addHandler(handler)
    yield lambda: [json.loads(line) for line in handler.stream.getvalue().splitlines()]
    logging.root.removeHandler(handler)
    assert not any(secret in handler.stream.getvalue() for secret in SECRETS)


@pytest.mark.parametrize("path", ["/accounts/login/", "/api/v1/auth/login/"])
def test_signing_in_is_logged_by_its_kind_alone(user, lines, path):
    name = "login" if path.startswith("/accounts") else "username"
    for password in SECRETS[:2]:
        sent = {name: user.username, "password": password}
        kind = {} if name == "login" else {"content_type": "application/json"}
        Client().post(path, sent, **kind)
    told = lines()
    events = [line["event"] for line in told]
    assert events.count("signed_in") == 1
    assert events.count("sign_in_failed") >= 1
    failed = next(line for line in told if line["event"] == "sign_in_failed")
    assert failed["level"] == "warning"
    assert failed["request_id"]
    assert failed["timestamp"].endswith("Z")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/api/v1/terms/", 401),
        ("GET", "/history/", 302),
        ("GET", "/cases/CB-0000000/", 404),
        ("POST", "/cases/", 405),
    ],
)
def test_refusals_are_logged(lines, method, path, status):
    Client().generic(method, path, b"{}", content_type="application/json")
    [line] = [line for line in lines() if line["event"] == "request_finished"]
    assert line["code"] == status
    assert line["request"] == f"{method} {path}"
    assert line["level"] == ("info" if status < 400 else "warning")
