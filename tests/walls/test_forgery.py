"""No other site makes a visitor's browser write: every unsafe request needs the page's token, and
no other site reads an answer or sends a visitor elsewhere through this one."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver
from rest_framework.authentication import SessionAuthentication

from casebase.authentication import TokenAuthentication
from tests import make
from tests.api.client import problem
from tests.matrix.routes import routes
from tests.walls.resolving import views

pytestmark = pytest.mark.django_db
NOTHING_TO_FORGE = {
    r"^[\s\S]*$": "it answers 404 to everything",
    "metrics": "it reads, and asks for a token of its own",
}
"""Exempt without a check → why."""
LOOKS_AT_THE_LENGTH_FIRST = {
    "image-attach": "/cases/{case}/edit/images/for/{finding}/",
    "reference-add": "/references/add/",
    "text-add": "/references/{reference}/texts/add/",
}
"""Exempt, because the check reads the body: they make it themselves, once they know its length."""
EVIL = (
    "https://evil.example.org/",
    "//evil.example.org/",
    "///evil.example.org/",
    "/\\evil.example.org/",
    "https:evil.example.org",
    "javascript:alert(1)",
    " https://evil.example.org/",
    "http://testserver@evil.example.org/",
)
NAMES = ("next", "redirect", "return_to", "url", "continue", "REDIRECT_URL")


def test_every_view_is_behind_the_check_or_checks_itself():
    """REST framework exempts its views; with a session it checks the token itself, and a request
    with a token of its own has none to forge."""
    assert "django.middleware.csrf.CsrfViewMiddleware" in settings.MIDDLEWARE
    unguarded = set()
    for name, view in views(get_resolver()):
        if not getattr(view, "csrf_exempt", False):
            continue
        kind = getattr(view, "cls", None)
        schemes = set(kind.authentication_classes) if kind else {None}
        if not schemes <= {SessionAuthentication, TokenAuthentication}:
            unguarded.add(name.rpartition(":")[2])
    assert unguarded == {*NOTHING_TO_FORGE, *LOOKS_AT_THE_LENGTH_FIRST}


def test_the_check_is_asked_before_any_view_that_is_not_exempt():
    """Whatever the address: the middleware refuses before the view is called."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.make_user("admin"))
    for path in ("/accounts/login/", "/accounts/tokens/add/", "/cases/new/",
                 "/curation/accept/", "/admin/auth/user/add/", "/accounts/logout/"):  # fmt: skip
        for method in ("post", "put", "patch", "delete"):
            assert getattr(client, method)(path).status_code == 403, f"{method} {path}"


@pytest.mark.parametrize("name", LOOKS_AT_THE_LENGTH_FIRST)
def test_those_that_take_large_files_make_the_check_themselves(records, name):
    names = {
        "case": records.case.accession,
        "finding": records.finding.public_id,
        "reference": records.reference.public_id,
    }
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.make_user("curator"))
    path = LOOKS_AT_THE_LENGTH_FIRST[name].format(**names)
    assert client.get(path).status_code == 200
    assert client.post(path, {"text": "x"}).status_code == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_session_writes_below_the_api_with_a_token_of_its_page_alone(method):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.make_user("curator"))
    term = make.make_term()
    path = "/api/v1/terms/" if method == "POST" else f"/api/v1/terms/{term.slug}/"
    answer = client.generic(method, path, b"{}", content_type="application/json")
    assert "CSRF" in problem(answer, 403)["detail"]


def test_a_form_of_another_site_cannot_speak_json():
    """Without a request that browsers ask leave for, which is never given."""
    client = Client()
    client.force_login(make.make_user("curator"))
    forms = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x")
    for kind in ("text/plain", *forms):
        answer = client.generic("POST", "/api/v1/terms/", b"{}", content_type=kind)
        problem(answer, 415)
    leave = Client().options(
        "/api/v1/terms/",
        headers={"Origin": "https://evil.example.org", "Access-Control-Request-Method": "POST"},
    )
    assert not [name for name in leave.headers if name.lower().startswith("access-control")]


def test_the_token_of_another_origin_is_refused():
    """By TLS the origin must be ours, whatever cookie a neighbour may have set."""
    client = Client(enforce_csrf_checks=True)
    page = client.get("/accounts/login/", secure=True)
    token = page.context["csrf_token"]
    sent = {"login": "x", "password": "y", "csrfmiddlewaretoken": str(token)}
    ours = client.post("/accounts/login/", sent, secure=True,
                       headers={"Origin": "https://testserver"})  # fmt: skip
    assert ours.status_code != 403
    for other in ("https://evil.example.org", "http://testserver", "null"):
        answer = client.post("/accounts/login/", sent, secure=True, headers={"Origin": other})
        assert answer.status_code == 403


def test_no_get_leads_elsewhere():
    """Every route without parts in its address, asked with what could send a browser away."""
    wrong = []
    clients = [Client(), Client()]
    clients[1].force_login(make.make_user("admin"))
    paths = [f"/{pattern}" for pattern in routes().values() if not set("<([") & set(pattern)]
    assert len(paths) > 60
    for client in clients:
        for path in paths:
            query = "&".join(f"{name}=https://evil.example.org/" for name in NAMES)
            to = client.get(f"{path}?{query}").get("Location", "")
            if "evil.example.org" in to.partition("?")[0]:
                wrong.append((path, to))
    assert wrong == []


@pytest.mark.parametrize("evil", EVIL)
@pytest.mark.parametrize("path", ["/accounts/login/", "/admin/login/"])
def test_signing_in_leads_to_no_other_site(evil, path):
    user = make.make_user("clinician")
    user.set_password("a long passphrase of many words")
    user.save()
    client = Client()
    sent = {"login": user.username, "password": "a long passphrase of many words", "next": evil}
    for address in (path, f"{path}?next={evil}"):
        answer = client.post(address, sent)
        assert answer.status_code == 302, answer.content[:500]
        assert "evil.example.org" not in urlsplit(answer["Location"]).netloc
        assert answer["Location"].startswith("/")
        assert not answer["Location"].startswith("//")
        client.logout()


@pytest.mark.parametrize("evil", EVIL)
def test_signing_out_leads_to_no_other_site(evil):
    client = Client()
    client.force_login(make.make_user("clinician"))
    assert client.post("/accounts/logout/", {"next": evil})["Location"] == "/"


def test_a_get_never_signs_anybody_out():
    client = Client()
    client.force_login(make.make_user("clinician"))
    client.get("/accounts/logout/")
    assert client.get("/accounts/").status_code == 200
