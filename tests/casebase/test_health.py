import pytest
from django.db import connections
from django.db.utils import ConnectionHandler

from casebase import views


@pytest.fixture
def dead_database(db, monkeypatch):
    """The view's connection leads to a port where nothing listens."""
    nowhere = connections["default"].settings_dict | {"HOST": "127.0.0.1", "PORT": "1"}
    monkeypatch.setattr(views, "connection", ConnectionHandler({"default": nowhere})["default"])


def test_healthy(client, db, django_assert_num_queries):
    with django_assert_num_queries(1):  # SELECT 1
        response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}
    assert "no-store" in response["Cache-Control"]


def test_unhealthy_without_a_database(client, dead_database):
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["status"] == "unavailable"


def test_a_session_cookie_changes_nothing(client, dead_database, settings):
    """The session is in the database too: asking for it would fail before the answer."""
    client.cookies[settings.SESSION_COOKIE_NAME] = "of-a-visitor"
    assert client.get("/healthz").status_code == 503


def test_answers_without_tls(client, db, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200
    assert client.get("/cases/").status_code == 301


def test_reading_only(client, db):
    assert client.post("/healthz").status_code == 405
