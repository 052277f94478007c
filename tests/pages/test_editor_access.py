"""Who may edit, and that others learn nothing."""

import re

import pytest

from patients.models import Event, Revision
from tests import make
from tests.pages.editing import HTMX, edit_url

pytestmark = pytest.mark.django_db
GETS = ["", "summary/", "new/?kind=event&category=drug", "terms/?q=a", "references/?q=a"]
POSTS = ["undo/", "redo/", "summary/"]


def addresses(case, event):
    own = [f"event/{event.public_id}/{verb}" for verb in ("", "move/", "remove/", "preview/")]
    return [edit_url(case) + tail for tail in (*POSTS, *own)]


@pytest.mark.parametrize("role", ["", "clinician", "researcher"])
@pytest.mark.parametrize("published", [True, False])
def test_others_get_a_404_for_every_address(client, role, published):
    case = make.make_published_case() if published else make.make_case()
    event = case.events.first() or make.make_event(case)
    client.force_login(make.make_user(role))
    seen = set()
    for tail in GETS:
        seen.add(client.get(edit_url(case) + tail).status_code)
    for url in addresses(case, event):
        seen.add(client.post(url, {"label": "Changed"}).status_code)
    assert seen == {404}
    assert Event.objects.get(pk=event.pk).label == event.label


@pytest.mark.parametrize(
    ("role", "status"), [("", 404), ("clinician", 302), ("researcher", 302), ("curator", 302)]
)
def test_who_may_propose_or_write_a_case_begins_one(client, role, status):
    client.force_login(make.make_user(role))
    assert client.get("/cases/new/").status_code == (404 if status == 404 else 200)
    answer = client.post("/cases/new/", {"title": "T", "summary": "S"})
    assert answer.status_code == status
    is_proposal = role in ("clinician", "researcher")
    assert Revision.objects.filter(kind="case").exists() == is_proposal


def test_who_is_not_signed_in_is_asked_to_alike_for_hidden_and_unknown_cases(client):
    case = make.make_case()
    unknown = edit_url(case).replace(case.accession, "CB-0000000")
    for url in (edit_url(case), unknown, "/cases/new/"):
        answer = client.get(url)
        assert answer.status_code == 302
        assert answer.url == f"/accounts/login/?next={url}"
    assert client.post(f"{edit_url(case)}undo/").status_code == 302


def test_a_session_that_ended_does_not_swap_the_sign_in_page_into_the_editor(client):
    case = make.make_case()
    answer = client.post(f"{edit_url(case)}summary/", {"title": "T"}, headers=HTMX)
    assert answer.status_code == 401
    assert "<form" not in answer.content.decode()


def test_hidden_and_unknown_cases_look_alike_to_others(client):
    case = make.make_case(title="Sternberg sign")
    client.force_login(make.make_user("researcher"))
    hidden = client.get(edit_url(case))
    unknown = client.get(edit_url(case).replace(case.accession, "CB-0000000"))
    texts = [
        re.sub('value="[^"]*"', "", answer.content.decode()).replace(case.accession, "CB-0000000")
        for answer in (hidden, unknown)
    ]
    assert texts[0] == texts[1]
    assert "Sternberg" not in texts[0]


@pytest.mark.parametrize("role", ["curator", "admin"])
def test_curators_and_admins_edit(client, role):
    case = make.make_case()
    client.force_login(make.make_user(role))
    assert client.get(edit_url(case)).status_code == 200
    assert client.get("/cases/new/").status_code == 200


@pytest.mark.parametrize("tail", ["undo/", "redo/"])
def test_writes_are_posted(client, tail):
    case = make.make_case()
    client.force_login(make.make_user("curator"))
    assert client.get(edit_url(case) + tail).status_code == 405


def test_writes_need_the_token_of_the_page():
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(make.make_user("curator"))
    case = make.make_case(title="As it was")
    answer = client.post(f"{edit_url(case)}summary/", {"title": "T", "summary": "S"})
    assert answer.status_code == 403
    case.refresh_from_db()
    assert case.title == "As it was"


def test_a_row_of_another_case_is_not_reached(client):
    client.force_login(make.make_user("curator"))
    case, other = make.make_case(), make.make_event(label="Elsewhere")
    url = f"{edit_url(case)}event/{other.public_id}/"
    assert client.get(url, headers=HTMX).status_code == 404
    assert client.post(f"{url}remove/").status_code == 302
    assert client.post(f"{url}move/", {"to": "up"}).status_code == 404
    answer = client.post(url, {"category": "drug", "label": "Taken over"}, headers=HTMX)
    assert answer.status_code == 422
    other.refresh_from_db()
    assert (other.label, other.case_id == case.pk) == ("Elsewhere", False)


@pytest.mark.parametrize(
    "tail", ["event/nonsense/", "nonsense/0123456789/", "event/0123456789/", "new/?kind=nonsense",
             "new/?kind=finding&on=event-0123456789", "new/?kind=event&category=nonsense",
             "?new=nonsense"]
)  # fmt: skip
def test_addresses_that_are_nothing_are_a_404(client, tail):
    case = make.make_case()
    client.force_login(make.make_user("curator"))
    assert client.get(edit_url(case) + tail, headers=HTMX).status_code == 404
