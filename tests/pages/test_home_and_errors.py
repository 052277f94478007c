"""The home page, and the pages shown when something is wrong."""

import pytest
from django.test import Client

from casebase import pages
from patients.actions import cases
from tests import make
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db


def home_text(client):
    return text_of(client.get("/").content.decode())


def test_empty_home_names_the_next_step(client):
    assert "No case is published yet" in home_text(client)


def test_home_counts_what_is_published(client):
    case = make.make_published_case(title="Shown", events=3, findings=1)
    draft = make.make_case(title="Not shown")
    make.make_timeline(draft)
    cases.refresh(case=draft)
    text = home_text(client)
    assert f"1 case 3 events on their timelines {case.citations.count()} citations" in text
    assert "Shown" in text
    assert "Not shown" not in text


def test_home_runs_the_same_queries_when_rows_are_added(client, django_assert_max_num_queries):
    def count():
        with django_assert_max_num_queries(10) as counted:
            client.get("/")
        return len(counted)

    make.make_published_case()
    before = count()
    for _ in range(4):
        make.make_published_case()
    assert count() == before


def test_404_leads_on(client):
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "There is nothing at this address" in response.content.decode()


def test_500_asks_nothing_of_the_database(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = pages.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "Nothing was saved half-way" in response.content.decode()


def test_an_error_in_a_view_is_answered_with_the_500_page(monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("clinical words that must not show")

    monkeypatch.setattr("patients.views.read_case", broken)
    response = Client(raise_request_exception=False).get("/cases/CB-0000000/")
    assert response.status_code == 500
    assert "clinical words" not in response.content.decode()


def test_a_post_without_csrf_token_is_refused_in_words():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/accounts/login/", {"login": "x", "password": "y"})
    assert response.status_code == 403
    assert "This is not open to you" in response.content.decode()


@pytest.mark.parametrize("url", ["/", "/cases/", "/references/"])
def test_pages_refuse_to_be_written_to(client, url):
    assert client.post(url, {"title": "x"}).status_code == 405


def test_sign_in_and_out(client):
    user = make.make_user("curator")
    response = client.post(
        "/accounts/login/", {"login": user.username, "password": make.PASSWORD, "next": "/"}
    )
    assert response.status_code == 302
    assert "Sign out" in home_text(client)
    client.post("/accounts/logout/")
    assert "Sign in" in home_text(client)


def test_wrong_password_is_said_in_words(client):
    make.make_user("curator", username="somebody")
    response = client.post("/accounts/login/", {"login": "somebody", "password": "wrong"})
    assert "You are not signed in" in response.content.decode()


def test_sign_in_does_not_lead_to_another_host(client):
    user = make.make_user()
    form = {"login": user.username, "password": make.PASSWORD, "next": "https://elsewhere.test"}
    assert client.post("/accounts/login/", form)["Location"] == "/"


def test_icon_is_found_where_browsers_look_for_it(client):
    assert client.get("/favicon.ico")["Location"].endswith("img/mark.svg")
