"""Saving and removing rows keeps the working listing true, and the public one still."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from patients.actions import cases
from patients.models import Case, Event, Listing
from tests.make import (
    make_case,
    make_event,
    make_published_case,
    make_user,
)

pytestmark = pytest.mark.django_db


def event_labels(case: Case, audience: str) -> list[str]:
    listing = Listing.objects.get(case=case, audience=audience)
    events = listing.items.filter(kind="event").order_by("position")
    labels = list(events.values_list("label", flat=True))
    assert listing.event_count == len(labels)
    return labels


def new_event(case: Case, **changes: object) -> Event:
    fields = {"category": "diagnosis", "label": "New", "start_precision": "unknown"}
    return Event(case=case, position=99, **{**fields, **changes})


def test_saving_a_row_of_a_draft_lists_it_for_curators_alone() -> None:
    case = make_case()
    cases.save(row=new_event(case), by=make_user("curator"))
    assert event_labels(case, "working") == ["New"]
    assert not case.listings.filter(audience="public").exists()


def test_saving_a_case_renames_its_working_listing() -> None:
    case = make_case()
    case.title = "A new title"
    cases.save(row=case, by=None)
    assert Listing.objects.get(case=case).title == "A new title"


def test_edits_after_publishing_stay_out_of_the_public_listing() -> None:
    case = make_published_case(title="Published title")
    public = event_labels(case, "public")
    cases.save(row=new_event(case), by=None)
    case.title = "A new title"
    cases.save(row=case, by=None)
    cases.remove(row=case.events.first(), by=None)
    assert event_labels(case, "public") == public
    assert event_labels(case, "working") == [*public[1:], "New"]
    titles = dict(case.listings.values_list("audience", "title"))
    assert titles == {"public": "Published title", "working": "A new title"}


def test_publishing_brings_the_edits_into_the_public_listing() -> None:
    case = make_published_case()
    cases.save(row=new_event(case), by=None)
    cases.publish(case=case, by=None)
    assert event_labels(case, "public") == event_labels(case, "working")
    assert "New" in event_labels(case, "public")


def test_a_row_that_is_wrong_is_refused_by_name_and_nothing_is_kept() -> None:
    case = make_case()
    wrong = {"label": "", "category": "rumour"}
    with pytest.raises(ValidationError) as caught:
        cases.save(row=new_event(case, **wrong), by=None)
    assert set(caught.value.message_dict) == set(wrong)
    assert not case.events.exists()
    assert not case.listings.exists()


def test_a_constraint_speaks_in_words() -> None:
    case = make_case()
    row = new_event(case, start_low=5, start_high=5, start_precision="day", end_precision="day",
                    end_low=3, end_high=3)  # fmt: skip
    with pytest.raises(ValidationError, match="The event ends before it starts"):
        cases.save(row=row, by=None)


def test_a_row_that_others_rest_on_is_kept() -> None:
    anchor = make_event(day=0)
    make_event(anchor.case, 3, anchor=anchor)
    with pytest.raises(ProtectedError):
        cases.remove(row=anchor, by=None)
    assert anchor.case.events.count() == 2


def test_a_copy_read_before_publishing_does_not_unpublish_when_saved() -> None:
    case = make_published_case()
    stale = Case.objects.get(pk=case.pk)
    stale.status = "draft"  # as it stood when the copy was read
    stale.title = "A new title"
    cases.save(row=stale, by=None)
    case.refresh_from_db()
    assert (case.status, case.title) == ("published", "A new title")


def test_refresh_gives_the_document_of_the_rows_as_they_are() -> None:
    case = make_case()
    make_event(case, 0, label="Behind the back")
    assert [event.label for event in cases.refresh(case=case).events] == ["Behind the back"]
    assert event_labels(case, "working") == ["Behind the back"]
