"""The pages of proposals: written in the editor, handed in, decided, and hidden from others."""

from __future__ import annotations

import pytest
from django.urls import reverse

from patients.actions import edits, revisions
from patients.models import Case, CaseEdit, Event, Notification, Revision
from patients.revisions.units import Units
from tests import make
from tests.pages.rendering import text_of
from tests.patients.revising import change_event, make_proposal, submit

pytestmark = pytest.mark.django_db


def propose_url(revision, suffix=""):
    return f"/cases/{revision.case.accession}/propose/{revision.public_id}/{suffix}"


def event_form(client, revision, event):
    """The fields of an event's form in the proposal, as a browser would send them."""
    page = client.get(
        propose_url(revision, f"event/{event.public_id}/"), headers={"HX-Request": "true"}
    )
    assert page.status_code == 200
    form = page.context["opened"].form
    fields = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in fields.items() if value not in (None, False)}
    return {**sent, "token": page.context["opened"].token}


@pytest.fixture
def case():
    return make.make_published_case()


@pytest.fixture
def researcher(client):
    user = make.make_user("researcher")
    client.force_login(user)
    return user


def test_a_researcher_writes_in_the_editor_and_the_case_stays(client, researcher, case):
    begun = client.post(reverse("patients:revision-begin", args=[case.accession]), {"key": "K1"})
    revision = Revision.objects.get(author=researcher)
    assert begun.url == propose_url(revision)
    event = case.events.first()
    fields = event_form(client, revision, event)
    answer = client.post(
        propose_url(revision, f"event/{event.public_id}/"), {**fields, "label": "Another scan"}
    )
    assert answer.url.startswith(propose_url(revision))
    page = text_of(client.get(propose_url(revision)).content.decode())
    assert "Another scan" in page
    assert "Changed event “Another scan”" in page or "Changed event" in page
    assert Event.objects.get(pk=event.pk).label == event.label
    assert not CaseEdit.objects.exists()
    revision.refresh_from_db()
    assert [(one["before"], one["after"]) for one in revision.changes] == [
        ({"label": event.label}, {"label": "Another scan"})
    ]


def test_every_address_of_the_proposals_page_stays_below_it(client, researcher, case):
    revision = make_proposal(case, researcher)
    event = case.events.first()
    page = client.get(propose_url(revision) + f"?open=event-{event.public_id}").content.decode()
    assert f"/cases/{case.accession}/edit/" not in page
    assert propose_url(revision, f"event/{event.public_id}/") in page


def test_undo_in_a_proposal_takes_back_its_own_edit_alone(client, researcher, case):
    edits.save_rows(case=case, rows=[case], words="By a curator", by=None)
    revision = change_event(make_proposal(case, researcher), label="Another scan")
    page = client.get(propose_url(revision)).content.decode()
    assert "By a curator" not in page
    client.post(propose_url(revision, "undo/"))
    revision.refresh_from_db()
    assert revision.changes == []
    client.post(propose_url(revision, "redo/"))
    revision.refresh_from_db()
    assert len(revision.changes) == 1


def test_the_curators_page_shows_old_new_and_two_figures(client, case):
    revision = submit(change_event(make_proposal(case), label="Another scan"))
    old = case.events.first().label
    client.force_login(make.make_user("curator"))
    answer = client.get(reverse("curation:revision", args=[revision.public_id]))
    page = text_of(answer.content.decode())
    assert f"was {old} proposed Another scan" in page
    assert answer.content.decode().count("<svg") == 2


def decide(client, revision, do="accept", **sent):
    return client.post(reverse("curation:decide", args=[revision.public_id]), {"do": do, **sent})


def test_one_field_is_accepted_and_another_rejected(client, case):
    revision = submit(change_event(make_proposal(case), label="Another scan", detail="More."))
    event = case.events.first()
    client.force_login(make.make_user("curator"))
    units = Units(revision)
    label = next(unit.name for unit in units.all if unit.name.endswith(".label"))
    refused = decide(client, revision, parts=label, seen=units.token)
    assert refused.status_code == 422
    assert "Say why the other parts are not accepted." in refused.content.decode()
    done = decide(client, revision, parts=label, seen=units.token, reason="It says less.")
    assert done.status_code == 302
    event.refresh_from_db()
    assert (event.label, event.detail) == ("Another scan", "")
    revision.refresh_from_db()
    assert (revision.state, revision.accepted) == ("partly_accepted", [label])
    told = Notification.objects.get(user=revision.author)
    assert "accepted in part" in told.words
    assert "It says less." in told.words


@pytest.mark.parametrize("role", ["curator", "admin"])
def test_nobody_decides_their_own(client, case, role):
    author = make.make_user(role)
    revision = submit(change_event(make_proposal(case, author), label="Another scan"))
    client.force_login(author)
    page = client.get(reverse("curation:revision", args=[revision.public_id])).content.decode()
    assert 'id="accept"' not in page
    for do in ("accept", "reject", "ask"):
        answer = decide(client, revision, do, reason="Mine.", parts="x")
        assert answer.status_code == 403
        assert "your own proposal" in answer.content.decode()
    client.post(
        reverse("curation:accept-many"),
        {"seen": f"{revision.public_id} {revision.updated_at.isoformat()}"},
    )
    revision.refresh_from_db()
    assert revision.state == "submitted"


@pytest.mark.parametrize("role", ["", "clinician", "researcher", "curator", "admin"])
def test_a_draft_is_its_authors_alone(client, case, role):
    revision = change_event(make_proposal(case), label="A scan nobody knows")
    if role:
        client.force_login(make.make_user(role))
    wanted = 404 if role else 302
    assert client.get(reverse("curation:revision", args=[revision.public_id])).status_code == wanted
    assert client.get(propose_url(revision)).status_code == wanted
    for url in (case.get_absolute_url(), "/cases/", "/", "/curation/", "/curation/mine/"):
        assert "A scan nobody knows" not in client.get(url).content.decode()
        assert revision.public_id not in client.get(url).content.decode()


@pytest.mark.parametrize("role", ["", "clinician", "researcher"])
def test_a_submitted_one_is_seen_by_its_author_and_curators(client, case, role):
    revision = submit(change_event(make_proposal(case), label="A scan nobody knows"))
    if role:
        client.force_login(make.make_user(role))
    wanted = 404 if role else 302
    assert client.get(reverse("curation:revision", args=[revision.public_id])).status_code == wanted
    assert decide(client, revision, "reject", reason="No.").status_code == wanted
    queue = client.get("/curation/")
    assert queue.status_code == wanted


def test_unpublished_edits_of_curators_do_not_leak(client, researcher, case):
    changed, other = list(case.events.all())[:2]
    secret = make.make_event(case, 77, label="A secret event")
    changed.label = "A secret label"
    edits.save_rows(case=case, rows=[changed, secret], words="A secret edit", by=None)
    published = case.versions.get().document["events"][0]["label"]
    revision = make_proposal(case, researcher)
    page = client.get(propose_url(revision)).content.decode()
    assert "secret" not in page
    assert published in page
    fields = event_form(client, revision, changed)
    assert fields["label"] == published
    refused = client.post(
        propose_url(revision, f"event/{changed.public_id}/"),
        {**fields, "label": "Mine"},
        headers={"HX-Request": "true"},
    )
    assert refused.status_code == 409
    assert "once the next version is published" in refused.content.decode()
    fields = event_form(client, revision, other)
    client.post(propose_url(revision, f"event/{other.public_id}/"), {**fields, "label": "Mine"})
    revision.refresh_from_db()
    assert [one["pk"] for one in revision.changes] == [other.pk]
    own = client.get(reverse("curation:revision", args=[revision.public_id])).content.decode()
    assert "secret" not in own
    changed.refresh_from_db()
    assert changed.label == "A secret label"


def test_a_clinician_proposes_a_whole_case(client, case):
    clinician = make.make_user("clinician")
    client.force_login(clinician)
    sent = {"title": "A new case", "summary": "What happened.", "key": "K1"}
    made = client.post("/cases/new/", sent)
    assert client.post("/cases/new/", sent).url == made.url
    draft = Case.objects.get(title="A new case")
    assert made.url == f"/cases/{draft.accession}/edit/"
    assert client.get(made.url).status_code == 200
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert "A new case" not in client.get("/cases/").content.decode()
    revision = Revision.objects.get(case=draft)
    answer = client.post(
        reverse("curation:submit", args=[revision.public_id]), {"comment": "From our clinic."}
    )
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.status == "in_review"
    assert client.get(made.url).status_code == 404
    make.make_event(draft, 0, label="Added by a curator")
    own = client.get(reverse("curation:revision", args=[revision.public_id]))
    assert "Added by a curator" not in own.content.decode()
    client.force_login(make.make_user("clinician"))
    assert client.get(made.url).status_code == 404
    client.force_login(make.make_user("curator"))
    assert "A new case" in client.get("/curation/").content.decode()
    asked = decide(client, revision, "ask", reason="Which report?")
    assert asked.status_code == 302
    client.force_login(clinician)
    assert client.get(made.url).status_code == 200


def test_a_clinician_proposes_no_change(client, case):
    client.force_login(make.make_user("clinician"))
    url = reverse("patients:revision-begin", args=[case.accession])
    assert client.get(url).status_code == 404
    assert client.post(url, {"key": "K"}).status_code == 404


def test_small_ones_are_accepted_together_from_the_queue(client):
    proposals = [
        submit(change_event(make_proposal(make.make_published_case()), label=f"Scan {number}"))
        for number in range(3)
    ]
    client.force_login(make.make_user("curator"))
    page = client.get("/curation/")
    assert "Scan 1" in page.content.decode()
    ticked = [row.seen for row in page.context["rows"]]
    assert len(ticked) == 3
    proposals[1].case.events.update(label="Changed by another way")
    answer = client.post(reverse("curation:accept-many"), {"seen": ticked}, follow=True)
    page = text_of(answer.content.decode())
    assert "Accepted: 2 proposals." in page
    assert "the record says something else by now" in page
    assert [Revision.objects.get(pk=row.pk).state for row in proposals] == [
        "accepted", "submitted", "accepted",
    ]  # fmt: skip


def test_a_conflict_is_shown_and_accepted_only_when_seen(client, case):
    revision = submit(change_event(make_proposal(case), label="Another scan"))
    event = case.events.first()
    was = event.label
    event.label = "Changed meanwhile"
    edits.save_rows(case=case, rows=[event], words="Changed", by=None)
    client.force_login(make.make_user("curator"))
    url = reverse("curation:revision", args=[revision.public_id])
    page = client.get(url)
    told = text_of(page.content.decode())
    assert f"was {was} is now Changed meanwhile proposed Another scan" in told
    unit = page.context["page"].units[0]
    assert unit.name not in page.context["page"].ticked
    assert decide(client, revision, parts=unit.name).status_code == 422
    event.label = "Changed once more"
    edits.save_rows(case=case, rows=[event], words="Changed", by=None)
    stale = decide(client, revision, parts=unit.name, seen=page.context["page"].token)
    assert stale.status_code == 409
    again = client.get(url).context["page"].token
    assert decide(client, revision, parts=unit.name, seen=again).status_code == 302
    event.refresh_from_db()
    assert event.label == "Another scan"


def test_a_withdrawn_case_takes_nothing(client, case):
    revision = submit(change_event(make_proposal(case), label="Another scan"))
    Case.objects.filter(pk=case.pk).update(status="withdrawn")
    client.force_login(make.make_user("curator"))
    page = client.get(reverse("curation:revision", args=[revision.public_id]))
    assert "The case has been withdrawn." in page.content.decode()
    answer = decide(client, revision, parts=page.context["page"].units[0].name)
    assert answer.status_code == 422
    assert "withdrawn meanwhile" in answer.content.decode()


def test_comments_notify_and_reading_is_a_post(client, researcher, case):
    revision = submit(change_event(make_proposal(case, researcher), label="Another scan"))
    curator = make.make_user("curator")
    revisions.comment(revision=revision, text="Which page?", by=curator)
    row = Notification.objects.get(user=researcher)
    page = client.get("/curation/notifications/").content.decode()
    assert "Which page?" in page
    assert "1 new" in text_of(page)
    row.refresh_from_db()
    assert row.read_at is None
    url = reverse("curation:notification-open", args=[row.public_id])
    assert client.get(url).status_code == 405
    assert client.post(url).url == reverse("curation:revision", args=[revision.public_id])
    row.refresh_from_db()
    assert row.read_at is not None


def test_the_queue_filters_and_says_when_it_is_empty(client, case):
    curator = make.make_user("curator")
    client.force_login(curator)
    assert "Every proposal has been decided." in client.get("/curation/").content.decode()
    revision = submit(change_event(make_proposal(case), label="Another scan"))
    client.post(reverse("curation:assign", args=[revision.public_id]), {"assignee": "me"})
    for query, count in (("who=mine", 1), ("who=unassigned", 0), ("kind=citation", 0)):
        page = client.get(f"/curation/?{query}")
        assert page.context["page"].count == count
    assert client.get("/curation/?who=x").status_code == 400


def test_an_acceptance_is_taken_back(client, case):
    revision = submit(change_event(make_proposal(case), label="Another scan"))
    old = case.events.first().label
    curator = make.make_user("curator")
    client.force_login(curator)
    units = Units(revision)
    decide(client, revision, parts=[unit.name for unit in units.all], seen=units.token)
    client.post(reverse("curation:undo", args=[revision.public_id]))
    assert case.events.first().label == old
    revision.refresh_from_db()
    assert (revision.state, revision.edit) == ("submitted", None)


def test_a_role_taken_away_hands_nothing_in(client, researcher, case):
    revision = change_event(make_proposal(case, researcher), label="Another scan")
    researcher.groups.clear()
    assert client.get(propose_url(revision)).status_code == 404
    answer = client.post(
        reverse("curation:submit", args=[revision.public_id]), {"comment": "All the same."}
    )
    assert answer.status_code == 403
    assert "does not propose this any more" in answer.content.decode()
    revision.refresh_from_db()
    assert revision.state == "draft"


def test_a_tab_that_is_signed_out_is_told_so(client, researcher, case):
    revision = make_proposal(case, researcher)
    client.logout()
    url = propose_url(revision, "summary/")
    assert client.post(url, {}, headers={"HX-Request": "true"}).status_code == 401
    assert client.post(url, {}).url.startswith("/accounts/login/")


def test_a_case_withdrawn_meanwhile_takes_no_more_writing(client, researcher, case):
    revision = make_proposal(case, researcher)
    event = case.events.first()
    fields = event_form(client, revision, event)
    Case.objects.filter(pk=case.pk).update(status="withdrawn")
    answer = client.post(
        propose_url(revision, f"event/{event.public_id}/"),
        {**fields, "label": "Mine"},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 409
    assert "not published any more" in answer.content.decode()
