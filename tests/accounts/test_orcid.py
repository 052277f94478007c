"""ORCID, where it is set up: it signs in to connected accounts and never makes anybody a curator.

What ORCID would answer is given to the same steps that its callback takes; nothing is asked of it.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from allauth.core import context
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.orcid.provider import OrcidProvider
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from casebase.accounts.adapters import UNKNOWN_ORCID
from tests.accounts.signing_in import give_app
from tests.casebase.test_settings import PRODUCTION, ROOT
from tests.make import make_user

IID = "0000-0002-1825-0097"
RECORD = {
    "orcid-identifier": {"path": IID, "uri": f"https://orcid.org/{IID}"},
    "person": {"name": {"given-names": {"value": "J"}, "family-name": {"value": "C"}}},
}


@pytest.fixture
def asked(db):
    """A request as the callback has it once ORCID has answered, and what came of it."""

    def ask(record=RECORD):
        request = RequestFactory().get("/accounts/orcid/login/callback/")
        request.session, request.user = SessionStore(), AnonymousUser()
        request._messages = FallbackStorage(request)
        with context.request_context(request):
            provider = OrcidProvider(request, SocialApp(provider="orcid", client_id="x"))
            login = provider.sociallogin_from_response(request, record)
            login.state = {"process": "login"}
            return request, complete_social_login(request, login)

    return ask


def connect(user):
    return SocialAccount.objects.create(user=user, provider="orcid", uid=IID, extra_data=RECORD)


def test_an_unknown_id_makes_no_account(asked):
    request, answer = asked()
    assert answer.url == "/accounts/login/"
    assert [str(message) for message in request._messages] == [UNKNOWN_ORCID]
    assert not User.objects.exists()
    assert request.user.is_anonymous


def test_an_id_with_the_address_of_a_curator_does_not_become_the_curator(asked):
    make_user("curator", email="ada@example.org")
    person = {**RECORD["person"], "emails": {"email": [{"email": "ada@example.org"}]}}
    request, answer = asked({**RECORD, "person": person})
    assert answer.url == "/accounts/login/"
    assert request.user.is_anonymous


def test_a_connected_id_signs_in(asked):
    user = make_user("researcher")
    connect(user)
    request, answer = asked()
    assert (answer.status_code, answer.url) == (302, "/")
    assert request.user == user


def test_a_connected_id_does_not_go_round_the_second_factor(asked, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    user = make_user("curator")
    connect(user)
    give_app(user)
    request, answer = asked()
    assert answer.url == "/accounts/2fa/authenticate/"
    assert request.user.is_anonymous


@pytest.mark.urls("tests.accounts.orcid_urls")
def test_where_sign_up_is_open_a_form_comes_first(asked, settings):
    settings.SIGN_UP_OPEN = True
    request, answer = asked()
    assert "signup" in answer.url
    assert not User.objects.exists()


SHOW = """
import django; django.setup()
from django.conf import settings
from django.urls import reverse
print(reverse('orcid_login'), reverse('orcid_callback'), reverse('socialaccount_signup'))
print(settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])
"""


def in_production(**changes: str) -> subprocess.CompletedProcess[str]:
    keep = {name: value for name, value in os.environ.items() if not name.startswith("CASEBASE_")}
    env = keep | PRODUCTION | {"DJANGO_SETTINGS_MODULE": "casebase.settings"} | changes
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SHOW], cwd=ROOT, env=env, capture_output=True,
        text=True, timeout=60,
    )  # fmt: skip


def test_its_addresses_are_there_only_where_it_is_set_up():
    on = in_production(CASEBASE_ORCID_ID="APP-1", CASEBASE_ORCID_SECRET="secret")
    assert on.returncode == 0, on.stderr
    assert "/accounts/orcid/login/callback/" in on.stdout
    assert "https://orcid.org" in on.stdout
    assert in_production().returncode == 1
    half = in_production(CASEBASE_ORCID_ID="APP-1")
    assert "Set both CASEBASE_ORCID_ID and CASEBASE_ORCID_SECRET" in half.stderr
