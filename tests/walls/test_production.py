"""The settings that a site is run with for real; the tests run with some of them undone."""

from __future__ import annotations

import json

import pytest

from tests.casebase.test_settings import run

SHOW = """
import json, casebase.settings as s
names = ["SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_SAMESITE",
         "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE", "CSRF_COOKIE_SAMESITE", "CSRF_COOKIE_HTTPONLY",
         "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS",
         "DEBUG", "REQUEST_TIMEOUT", "STATEMENT_TIMEOUT", "MESSAGE_STORAGE"]
print(json.dumps({name: getattr(s, name, None) for name in names}
    | {"hashers": getattr(s, "PASSWORD_HASHERS", None),
       "upgrade": s.CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"],
       "http_only": getattr(s, "SESSION_COOKIE_HTTPONLY", True)}))
"""
MESSAGES = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "casebase.settings"
from django.test import RequestFactory
from django.http import HttpResponse
from casebase.messages import MessageStorage
request, response = RequestFactory().get("/"), HttpResponse()
request.session = {}
storage = MessageStorage(request)
storage.add(20, "Saved.")
storage.update(response)
print(response.cookies.output())
"""


@pytest.fixture(scope="module")
def production():
    done = run("-c", SHOW)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_cookies_are_for_this_host_by_tls_alone(production):
    for kind in ("SESSION", "CSRF"):
        assert production[f"{kind}_COOKIE_NAME"].startswith("__Host-")
        assert production[f"{kind}_COOKIE_SECURE"] is True
        assert production[f"{kind}_COOKIE_SAMESITE"] == "Lax"
    assert production["CSRF_COOKIE_HTTPONLY"] is True
    assert production["http_only"] is True
    sent = run("-c", MESSAGES).stdout
    assert sent.startswith("Set-Cookie: __Host-messages=")
    for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert word in sent
    assert "Domain=" not in sent


def test_a_developers_server_does_without(production):
    done = run("-c", SHOW, CASEBASE_DEBUG="1", CASEBASE_HOSTS="")
    found = json.loads(done.stdout)
    assert found["SESSION_COOKIE_NAME"] is None, "Django's own name"
    assert not found["SESSION_COOKIE_SECURE"]
    assert not found["upgrade"]


def test_transport_is_by_tls_alone(production):
    assert production["SECURE_SSL_REDIRECT"] is True
    assert production["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert production["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    assert production["upgrade"] is True
    assert production["DEBUG"] is False


def test_everything_has_a_time(production):
    assert 0 < production["STATEMENT_TIMEOUT"] <= production["REQUEST_TIMEOUT"] <= 60


def test_passwords_are_stretched(production):
    from django.conf.global_settings import PASSWORD_HASHERS
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    assert production["hashers"] is None, "Django's own"
    assert PASSWORD_HASHERS[0].endswith(".PBKDF2PasswordHasher")
    assert PBKDF2PasswordHasher.iterations >= 600_000  # OWASP, Password Storage Cheat Sheet


@pytest.mark.django_db
def test_there_are_no_accounts_to_begin_with():
    """Migrations make roles and nobody in them."""
    from django.contrib.auth.models import Group, User

    assert Group.objects.count() >= 4
    assert User.objects.count() == 0
