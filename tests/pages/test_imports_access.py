"""Who may bring references in, and that nobody else learns of an import."""

import re

import pytest
from django.test import Client

from literature.models import Reference
from tests import make
from tests.pages.importing import ADD, LIST, begin, ris

pytestmark = pytest.mark.django_db
ROLES = ("researcher", "curator", "admin")
OTHERS = ("", "clinician")
GETS = ["", "original/", "report.csv", "report.json"]
POSTS = ["decide/", "decide-all/", "rows/1/", "cancel/", "undo/"]


def addresses(imported):
    own = imported.get_absolute_url()
    reads = [ADD, LIST, *(own + tail for tail in GETS)]
    writes = [ADD, f"{ADD}by-hand/", *(own + tail for tail in POSTS)]
    return reads, writes


@pytest.mark.parametrize("role", OTHERS)
def test_those_who_may_not_add_get_a_404_everywhere(client, role):
    reads, writes = addresses(begin(ris("A study")))
    client.force_login(make.make_user(role))
    assert {client.get(url).status_code for url in reads} == {404}
    assert {client.post(url, {"text": ris("B")}).status_code for url in writes} == {404}


def test_who_is_not_signed_in_is_asked_to(client):
    reads, writes = addresses(begin(ris("A study")))
    answers = [client.get(url) for url in reads] + [client.post(url) for url in writes]
    assert {answer.status_code for answer in answers} == {302}
    assert all(answer.url.startswith("/accounts/login/?next=") for answer in answers)


@pytest.mark.parametrize("role", ROLES)
def test_those_who_may_see_their_own(client, role):
    user = make.make_user(role)
    imported = begin(ris("A study"), user)
    reads, _ = addresses(imported)
    client.force_login(user)
    assert {client.get(url).status_code for url in reads} == {200}
    assert "list.ris" in client.get(LIST).content.decode()


@pytest.mark.parametrize(("role", "status"), [("researcher", 404), ("curator", 200)])
def test_the_import_of_somebody_else(client, role, status):
    imported = begin(ris("A study"), name="theirs.ris")
    client.force_login(make.make_user(role))
    own = imported.get_absolute_url()
    assert {client.get(own + tail).status_code for tail in GETS} == {status}
    assert ("theirs.ris" in client.get(LIST).content.decode()) is (status == 200)
    answers = {client.post(own + tail).status_code for tail in POSTS}
    assert (answers == {404}) is (status == 404)


def test_hidden_and_unknown_imports_look_alike(client):
    imported = begin(ris("A study"))
    client.force_login(make.make_user("researcher"))
    hidden = client.get(imported.get_absolute_url())
    unknown = client.get(f"{LIST}0000000000/")
    assert (hidden.status_code, unknown.status_code) == (404, 404)
    pages = [re.sub('value="[^"]*"', "", page.content.decode()) for page in (hidden, unknown)]
    assert pages[0].replace(imported.public_id, "0000000000") == pages[1]


@pytest.mark.parametrize("tail", POSTS)
def test_writes_are_posted(client, tail):
    user = make.make_user("researcher")
    imported = begin(ris("A study"), user)
    client.force_login(user)
    assert client.get(imported.get_absolute_url() + tail).status_code == 405


def test_a_form_without_its_token_is_refused():
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make.make_user("researcher"))
    assert strict.post(ADD, {"text": ris("A study")}).status_code == 403
    assert strict.post(f"{ADD}by-hand/", {"title": "T"}).status_code == 403


@pytest.mark.parametrize(("role", "shown"), [("", False), ("clinician", False),
                                             ("researcher", True), ("curator", True)])  # fmt: skip
def test_the_way_in_is_shown_to_those_who_may(client, role, shown):
    reference = make.make_reference()
    if role:
        client.force_login(make.make_user(role))
    listed = client.get("/references/").content.decode()
    page = client.get(reference.get_absolute_url()).content.decode()
    case = make.make_published_case()
    report = Reference.objects.get(pk=case.citations.get(role="source").reference_id)
    assert (ADD in listed) is shown
    shown_on_case = client.get(case.get_absolute_url()).content.decode()
    assert (f"{ADD}?attach={report.public_id}" in shown_on_case) is shown
    assert (f"{ADD}?attach={reference.public_id}" in page) is shown


def test_the_empty_library_names_the_way_in(client):
    assert "once they are" in client.get("/references/").content.decode()
    client.force_login(make.make_user("researcher"))
    assert "paste a list, or choose a file" in client.get("/references/").content.decode()
