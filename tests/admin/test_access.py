"""The admin is for staff, and what they may do comes from their group."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from literature.models import Reference, SourceText
from patients.models import Case, CaseVersion, Event, ImagingFinding, Lesion, Term
from patients.roles import ADMIN, CLINICIAN, CURATOR, RESEARCHER
from tests.admin.browsing import (
    add_url,
    change_url,
    choices_url,
    delete_url,
    list_url,
    signed_in,
)
from tests.make import (
    make_case,
    make_event,
    make_finding,
    make_lesion,
    make_published_case,
    make_reference,
    make_term,
    make_user,
)

pytestmark = pytest.mark.django_db
TERMS = {"app_label": "patients", "model_name": "event", "field_name": "term"}
ANCHORS = {**TERMS, "field_name": "anchor"}


@pytest.mark.parametrize("role", ["", CLINICIAN, RESEARCHER])
def test_who_is_not_staff_is_asked_to_sign_in(role: str) -> None:
    client = signed_in(role) if role else Client()
    case = make_case()
    for url in (list_url(Case), change_url(case), choices_url(Term), "/admin/autocomplete/"):
        response = client.get(url, TERMS)
        assert response.status_code == 302
        assert response["Location"].startswith("/admin/login/")
    assert client.post(change_url(case), {"title": "Taken over"}).status_code == 302
    case.refresh_from_db()
    assert case.title != "Taken over"


def test_staff_without_a_group_may_do_nothing() -> None:
    client = Client()
    client.force_login(make_user(is_staff=True))
    case = make_case()
    for url in (list_url(Case), change_url(case), add_url(Case), delete_url(case)):
        assert client.get(url).status_code == 403
    assert client.get(choices_url(Term), TERMS).status_code == 403


def test_curators_curate_records_and_admins_users_too() -> None:
    assert signed_in(CURATOR).get(list_url(Case)).status_code == 200
    assert signed_in(CURATOR).get(list_url(User)).status_code == 403
    assert signed_in(ADMIN).get(list_url(Case)).status_code == 200
    assert signed_in(ADMIN).get(list_url(User)).status_code == 200


def test_versions_and_texts_do_not_change() -> None:
    case, client = make_published_case(), signed_in()
    version = case.versions.get()
    page = client.get(change_url(version))
    assert page.status_code == 200
    assert case.accession in page.content.decode()
    assert client.post(change_url(version), {"number": "7"}).status_code == 403
    assert client.get(add_url(CaseVersion)).status_code == 403
    assert client.get(delete_url(version)).status_code == 403

    text = SourceText.objects.create(
        reference=make_reference(), language="en", depth="abstract", text="As it was."
    )
    assert "As it was." in client.get(change_url(text)).content.decode()
    assert client.post(change_url(text), {"text": "Not so."}).status_code == 403
    assert client.get(delete_url(text)).status_code == 200


@pytest.mark.parametrize(
    ("field", "model", "words"),
    [
        ("term", Term, "gastrin"),
        ("anchor", Event, "first"),
    ],
)
def test_choices_are_found_by_words(field: str, model: type, words: str) -> None:
    make_event(term=make_term(display="Gastrinoma"), label="First scan", start_reported_as="2016")
    make_term(display="Other")
    query = {**TERMS, "field_name": field, "term": words}
    found = signed_in().get(choices_url(model), query).json()["results"]
    assert [row["text"] for row in found] in (["Gastrinoma (diagnosis)"], ["First scan (2016)"])


def test_choices_on_a_case_page_are_of_this_case() -> None:
    case, other = make_case(), make_case()
    event, _ = make_event(case, label="Ours"), make_event(other, label="Theirs")
    client = signed_in()
    found = client.get(choices_url(Event), {**ANCHORS, "case": case.pk}).json()["results"]
    assert found == [{"id": str(event.pk), "text": "Ours"}]
    for no_case in ("0", "x", "9" * 30):
        query = {**ANCHORS, "case": no_case}
        assert client.get(choices_url(Event), query).json()["results"] == []
    page = client.get(change_url(case)).content.decode()
    assert f"{choices_url(Event)}?case={case.pk}" in page


def test_findings_and_references_are_named_so_that_they_can_be_told_apart() -> None:
    event = make_event(label="Second scan", category="imaging")
    make_finding(event, modality="mri", lesion=make_lesion(event.case, label="Segment 4"))
    make_reference({"title": "On shunts"})
    client, citation = signed_in(), {"app_label": "patients", "model_name": "citation"}
    found = client.get(choices_url(ImagingFinding), {**citation, "field_name": "finding"}).json()
    assert found["results"][0]["text"] == "MRI, Second scan: Segment 4"
    query = {**citation, "field_name": "reference", "term": "shunts"}
    found = client.get(choices_url(Reference), query).json()
    assert found["results"][0]["text"] == "Doe 2016: On shunts"
    assert client.get(choices_url(Lesion), {"app_label": "x"}).status_code == 403
