"""App, recovery codes, and who must have a second factor before anything else."""

from __future__ import annotations

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.test import Client

from casebase.accounts import second_factor
from patients.roles import ADMIN, CLINICIAN, CURATOR, RESEARCHER
from tests.accounts.signing_in import (
    code_for,
    code_of,
    confirm,
    give_app,
    post_login,
    signed_in_with_app,
    wrong_code,
)
from tests.api.client import problem
from tests.make import make_case, make_user

pytestmark = pytest.mark.django_db
ASKED = "/accounts/2fa/authenticate/"


@pytest.fixture(autouse=True)
def _required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def curator():
    return make_user(CURATOR, username="berta")


def set_up_app(client: Client):
    """Through the pages; gives the answer to the right code."""
    confirm(client)
    page = client.get("/accounts/2fa/totp/activate/")
    return client.post(
        "/accounts/2fa/totp/activate/", {"code": code_for(page.context["form"].secret)}
    )


def test_a_curator_reaches_nothing_but_the_set_up_until_it_is_done(client, curator):
    case = make_case()
    assert post_login(client, "berta").status_code == 302
    for path in ("/", "/cases/", f"/cases/{case.accession}/edit/", "/admin/", "/accounts/tokens/",
                 "/accounts/roles/", "/cases/new/"):  # fmt: skip
        answer = client.get(path)
        assert (answer.status_code, answer.get("Location")) == (302, "/accounts/2fa/"), path
    assert client.post("/cases/new/", {"title": "x"}).url == "/accounts/2fa/"
    assert "second factor" in str(problem(client.get("/api/v1/cases/"), 403))
    assert client.get("/accounts/2fa/").status_code == 200
    assert client.get("/healthz").status_code == 200

    assert set_up_app(client).url == "/accounts/2fa/recovery-codes/"
    shown = client.get("/accounts/2fa/recovery-codes/")
    assert len(shown.context["unused_codes"]) == 10
    assert "****" in client.get("/accounts/2fa/recovery-codes/").context["unused_codes"]
    assert client.get("/cases/").status_code == 200
    assert client.get("/admin/").status_code == 200
    assert client.get("/api/v1/cases/").status_code == 200


@pytest.mark.parametrize("role", ["", CLINICIAN, RESEARCHER])
def test_others_need_none(client, role):
    user = make_user(role)
    assert not second_factor.needed_by(user)
    post_login(client, user.username)
    assert client.get("/cases/").status_code == 200


def test_curators_admins_staff_and_superusers_need_one():
    for user in (make_user(CURATOR), make_user(ADMIN), make_user(is_staff=True),
                 make_user(is_superuser=True)):  # fmt: skip
        assert second_factor.needed_by(user)


def test_the_demo_asks_for_none(client, curator, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    post_login(client, "berta")
    assert client.get("/cases/new/").status_code == 200


def test_the_password_alone_does_not_sign_in(client, curator):
    app = give_app(curator)
    assert post_login(client, "berta").url == ASKED
    assert client.get("/accounts/").status_code == 302
    assert "not right" in client.post(ASKED, {"code": wrong_code(app)}).content.decode()
    assert client.post(ASKED, {"code": ""}).status_code == 200
    assert client.get("/accounts/").status_code == 302
    assert client.post(ASKED, {"code": code_of(app)}).status_code == 302
    assert client.get("/cases/new/").status_code == 200


def test_a_code_is_taken_once(curator):
    app = give_app(curator)
    code = code_of(app)
    first, second = Client(), Client()
    for client in (first, second):
        post_login(client, "berta")
    assert first.post(ASKED, {"code": code}).status_code == 302
    assert "used before" in second.post(ASKED, {"code": code}).content.decode()
    assert second.get("/accounts/").status_code == 302
    assert second.post(ASKED, {"code": code_of(app, steps=1)}).status_code == 302


def test_a_recovery_code_signs_in_once(curator):
    give_app(curator)
    codes = Authenticator.objects.get(user=curator, type="recovery_codes").wrap()
    code = codes.get_unused_codes()[0]
    answers = []
    for _ in range(2):
        client = Client()
        post_login(client, "berta")
        answers.append(client.post(ASKED, {"code": code}).status_code)
    assert answers == [302, 200]


def test_a_session_from_before_the_set_up_ends(curator):
    old, new = Client(), Client()
    for client in (old, new):
        post_login(client, "berta")
    set_up_app(new)
    assert new.get("/cases/").status_code == 200
    assert old.get("/cases/").url.startswith("/accounts/login/")
    assert old.get("/accounts/").status_code == 302


def test_a_new_role_counts_at_the_next_request_and_a_lost_one_too(client):
    user = make_user(RESEARCHER)
    post_login(client, user.username)
    assert client.get("/cases/").status_code == 200
    user.groups.add(Group.objects.get(name=CURATOR))
    assert client.get("/cases/").url == "/accounts/2fa/"
    user.groups.remove(Group.objects.get(name=CURATOR))
    assert client.get("/cases/").status_code == 200


def test_a_role_taken_away_closes_its_pages_at_once(curator):
    case = make_case()
    client = signed_in_with_app(curator)
    assert client.get(f"/cases/{case.accession}/edit/").status_code == 200
    curator.groups.clear()
    curator.is_staff = False
    curator.save()
    assert client.get(f"/cases/{case.accession}/edit/").status_code == 404
    assert client.get("/admin/").status_code == 302


def test_the_last_factor_stays_while_the_role_needs_one(curator):
    client = signed_in_with_app(curator)
    confirm(client)
    page = client.post("/accounts/2fa/totp/deactivate/")
    assert "this is the only one" in page.content.decode()
    assert second_factor.is_set_up(curator)
    curator.groups.clear()
    curator.is_staff = False
    curator.save()
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert not second_factor.is_set_up(curator)


def test_the_last_key_stays_while_the_role_needs_one(curator):
    key = Authenticator.objects.create(user=curator, type="webauthn", data={"name": "Key 1"})
    client = Client()
    client.force_login(curator)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "webauthn", "id": key.pk, "at": 9e9, "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(curator.pk)
    session.save()
    answer = client.post(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/")
    assert answer.url == "/accounts/2fa/webauthn/"
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_somebody_elses_key_is_not_there(client, curator):
    key = Authenticator.objects.create(user=make_user(), type="webauthn", data={"name": "Key 1"})
    client = signed_in_with_app(curator)
    confirm(client)
    for what in ("remove", "edit"):
        assert client.get(f"/accounts/2fa/webauthn/keys/{key.pk}/{what}/").status_code == 404


def test_secrets_are_kept_encrypted_and_lost_with_the_key(curator, settings):
    app = give_app(curator)
    code = code_of(app)
    assert get_adapter().decrypt(app.data["secret"]) not in str(app.data)
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "another secret that is long enough to pass the check of length"
    client = Client()
    post_login(client, "berta")
    assert client.post(ASKED, {"code": code}).status_code == 200
    for empty in ("", "A" * 32):
        assert client.post(ASKED, {"code": code_for(empty)}).status_code == 200
    settings.SECRET_KEY_FALLBACKS = [old]
    assert client.post(ASKED, {"code": code}).status_code == 302


@pytest.mark.parametrize(
    "sent", [{}, {"credential": "x"}, {"credential": "{}"}, {"credential": "[1]"}]
)
def test_a_broken_passkey_is_refused_in_words(client, curator, sent):
    answer = client.post("/accounts/2fa/webauthn/login/", sent, follow=True)
    assert answer.status_code == 200
    assert client.get("/accounts/").status_code == 302
    give_app(curator)
    post_login(client, "berta")
    assert client.post(ASKED, sent).status_code == 200
    assert client.get("/accounts/").status_code == 302
