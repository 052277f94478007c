"""Where a case stands, and deleting, in the admin."""

from __future__ import annotations

import pytest
from django.test import Client

from patients.actions import cases
from patients.models import Case, Event
from tests.admin.browsing import (
    change_url,
    delete_url,
    list_url,
    messages_of,
    signed_in,
)
from tests.make import (
    make_case,
    make_citation,
    make_event,
    make_patient,
    make_published_case,
    make_timeline,
)

pytestmark = pytest.mark.django_db


def run(client: Client, action: str, *rows: Case, **more: str) -> list[str]:
    """The messages after an action on the list."""
    data = {"action": action, "_selected_action": [row.pk for row in rows], **more}
    return messages_of(client.post(list_url(type(rows[0])), data, follow=True))


def test_publishing_has_a_page_of_its_own_and_no_action_on_the_list() -> None:
    case = make_published_case()
    client = signed_in()
    review = f'href="{case.get_absolute_url()}publish/"'
    assert review in client.get(change_url(case)).content.decode()
    for action in ("publish", "withdraw"):
        run(client, action, case)
        assert f'value="{action}"' not in client.get(list_url(Case)).content.decode()
    case.refresh_from_db()
    assert (case.status, case.versions.count()) == ("published", 1)
    cases.withdraw(case=case, by=None)
    assert "version 1 is withdrawn" in client.get(change_url(case)).content.decode()


def test_the_page_says_where_a_case_stands() -> None:
    case = make_case()
    client = signed_in()
    assert "never published" in client.get(change_url(case)).content.decode()
    published = make_published_case()
    page = client.get(change_url(published)).content.decode()
    assert "readers see version 1" in page
    assert f'href="{published.get_absolute_url()}"' in page


def test_a_case_that_was_published_is_not_deleted_and_the_page_says_why() -> None:
    case = make_published_case()
    client = signed_in()
    page = client.get(delete_url(case)).content.decode()
    assert "Withdraw it instead" in page
    client.post(delete_url(case), {"post": "yes"})
    client.post(
        list_url(Case),
        {"action": "delete_selected", "_selected_action": [case.pk], "post": "yes"},
    )
    assert Case.objects.filter(pk=case.pk).exists()


def draft_with_rows_that_protect_each_other() -> Case:
    case = make_case()
    make_timeline(case)
    make_event(case, anchor=case.events.first())
    return case


def test_a_draft_is_deleted_with_all_its_rows() -> None:
    case = draft_with_rows_that_protect_each_other()
    client = signed_in()
    assert "4 events" in client.get(delete_url(case)).content.decode()
    assert client.post(delete_url(case), {"post": "yes"}).status_code == 302
    case = draft_with_rows_that_protect_each_other()
    run(client, "delete_selected", case, post="yes")
    assert not Case.objects.exists()
    assert not Event.objects.exists()


def test_rows_removed_from_their_own_lists_leave_the_listing_too() -> None:
    case = make_published_case(events=3)
    client = signed_in()
    first, second, last = case.events.order_by("position")
    assert client.post(delete_url(last), {"post": "yes"}).status_code == 302
    working = case.listings.get(audience="working")
    assert working.event_count == 2
    run(client, "delete_selected", second, post="yes")
    working.refresh_from_db()
    assert working.event_count == 1
    assert case.listings.get(audience="public").event_count == 3
    make_event(case, anchor=first)
    assert "protected" in client.get(delete_url(first)).content.decode()
    client.post(delete_url(first), {"post": "yes"})
    assert Event.objects.filter(pk=first.pk).exists()


def test_what_records_rest_on_is_not_deleted() -> None:
    patient = make_patient()
    case = make_case(patient=patient)
    citation = make_citation(case)
    client = signed_in()
    for row in (patient, citation.reference):
        client.post(delete_url(row), {"post": "yes"})
        row.refresh_from_db()
