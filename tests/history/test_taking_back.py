"""A curator takes changes back; that checks for conflicts and is on record itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from literature.actions.notices import add_notice
from literature.history import acting
from literature.models import Change, Notice, OtherIdentifier, Reference, StudyFact
from patients.actions import cases, edits
from patients.models import Case, CaseEdit, Event, Listing, Term
from tests.admin.browsing import client_of, signed_in
from tests.make import (
    make_case,
    make_citation,
    make_event,
    make_finding,
    make_measurement,
    make_published_case,
    make_reference,
    make_result,
    make_term,
    make_user,
)

pytestmark = pytest.mark.django_db
_NUMBERS = iter(range(1000))


@pytest.fixture(autouse=True)
def _no_older_history(db) -> None:
    """Emptying the tables after an earlier test is written down too, and where their numbers begin
    anew it may look like something that came later."""
    Change.objects.all().delete()


@contextmanager
def noted() -> Iterator[Callable[[], Change]]:
    """What is done inside is an entry of its own; gives its last change."""
    reason = f"Change {next(_NUMBERS)}"
    with acting(reason=reason):
        yield lambda: Change.objects.filter(reason=reason)[0]


def take_back(address: str, change: Change, role: str = "curator", reason: str = "Wrong") -> Any:
    return signed_in(role).post(f"{address}history/{change.pk}/take-back/", {"reason": reason})


def case_page(case: Case) -> str:
    return case.get_absolute_url()


def test_a_field_of_an_event_comes_back_and_the_listing_follows() -> None:
    case = make_case()
    event = make_event(case, 3, label="The right name")
    cases.refresh(case=case)
    with noted() as last:
        event.label = "A wrong name"
        cases.save(row=event, by=None)
    curator = make_user("curator")
    answer = client_of(curator).post(
        f"{case_page(case)}history/{last().pk}/take-back/", {"reason": "It was a slip"}
    )
    assert (answer.status_code, answer["Location"]) == (302, f"{case_page(case)}history/")
    event.refresh_from_db()
    assert event.label == "The right name"
    listing = Listing.objects.get(case=case, audience="working")
    assert listing.items.get(kind="event").label == "The right name"
    newest = Change.objects.filter(table="patients_event")[0]
    assert (newest.after, newest.user_id) == ({"label": "The right name"}, curator.pk)
    assert newest.reason == "Taken back: It was a slip"
    edit = CaseEdit.objects.get(case=case)
    assert (edit.words, edit.by_id) == ("Taken back: It was a slip", curator.pk)


def test_taking_back_can_be_undone_in_the_editor() -> None:
    case = make_case()
    with noted() as last:
        Case.objects.filter(pk=case.pk).update(title="A slip")
    assert take_back(case_page(case), last()).status_code == 302
    edits.undo(case=case, by=None)
    case.refresh_from_db()
    assert case.title == "A slip"


def test_a_row_that_was_removed_comes_back_with_its_parts_and_exact_numbers() -> None:
    case = make_case()
    event = make_event(case, 3, category="imaging")
    finding = make_finding(event)
    measurement = make_measurement(finding, low_mm="21.5", high_mm="22")
    result = make_result(make_event(case, 4, category="laboratory"), value="250.125")
    citation = make_citation(finding)
    with noted() as last:
        edits.remove_part(row=event, words="Removed", by=None)
        edits.remove_part(row=result.event, words="Removed", by=None)
    assert not Event.objects.filter(case=case).exists()
    assert take_back(case_page(case), last()).status_code == 302
    for row in (event, finding, measurement, result, citation):
        again = type(row).objects.get(pk=row.pk)
        assert again.public_id == row.public_id
    measurement.refresh_from_db()
    result.refresh_from_db()
    assert (str(measurement.low_mm), str(result.value)) == ("21.5", "250.1250")


def test_a_row_that_was_added_goes() -> None:
    case = make_case()
    with noted() as last:
        event = make_event(case, 3)
    assert take_back(case_page(case), last()).status_code == 302
    assert not Event.objects.filter(pk=event.pk).exists()


def test_several_changes_of_a_row_at_once_are_one() -> None:
    case = make_case(title="One", summary="First")
    with noted() as last:
        Case.objects.filter(pk=case.pk).update(title="Two")
        Case.objects.filter(pk=case.pk).update(title="Three", summary="Second")
    assert take_back(case_page(case), last()).status_code == 302
    case.refresh_from_db()
    assert (case.title, case.summary) == ("One", "First")


def test_what_was_changed_since_is_a_conflict_that_says_so() -> None:
    case = make_case(title="One")
    with noted() as last:
        Case.objects.filter(pk=case.pk).update(title="Two")
    Case.objects.filter(pk=case.pk).update(title="Three")
    answer = take_back(case_page(case), last())
    assert answer.status_code == 400
    assert "has been changed since" in answer.content.decode()
    case.refresh_from_db()
    assert case.title == "Three"
    assert not CaseEdit.objects.exists()


def test_a_row_that_something_rests_on_by_now_stays() -> None:
    case = make_case()
    with noted() as last:
        event = make_event(case, 3, category="imaging")
    make_finding(event)
    answer = take_back(case_page(case), last())
    assert answer.status_code == 400
    assert Event.objects.filter(pk=event.pk).exists()


def test_publishing_is_not_taken_back_here() -> None:
    with noted() as last:
        case = make_published_case()
    with noted() as published:
        event = case.events.get(is_index=True) if case.events.filter(is_index=True) else None
        Case.objects.filter(pk=case.pk).update(status="withdrawn")
    assert event is None or event.pk
    answer = take_back(case_page(case), published())
    assert "page of publishing" in answer.content.decode()
    change = Change.objects.filter(table="patients_case", row=case.pk).last()
    assert change is not None
    assert change.reason == last().reason
    assert "whole case" in take_back(case_page(case), change).content.decode()
    case.refresh_from_db()
    assert case.status == "withdrawn"


@pytest.mark.parametrize(("role", "status"), [
    ("", 404), ("clinician", 404), ("researcher", 404), ("curator", 200), ("admin", 200),
])  # fmt: skip
def test_curators_and_admins_alone_may(role: str, status: int) -> None:
    case = make_case(title="One")
    with noted() as last:
        Case.objects.filter(pk=case.pk).update(title="Two")
    page = signed_in(role).get(f"{case_page(case)}history/{last().pk}/take-back/")
    assert page.status_code == status
    if status == 404:
        assert take_back(case_page(case), last(), role).status_code == 404
        case.refresh_from_db()
        assert case.title == "Two"


@pytest.mark.parametrize("reason", ["", "   ", "x" * 151, "a\0b"])
def test_a_reason_is_asked_for(reason: str) -> None:
    case = make_case(title="One")
    with noted() as last:
        Case.objects.filter(pk=case.pk).update(title="Two")
    answer = take_back(case_page(case), last(), reason=reason)
    assert answer.status_code == 400
    assert "Not taken back" in answer.content.decode()


def test_a_change_of_another_record_is_not_found() -> None:
    case, other = make_case(), make_case()
    with noted() as last:
        Case.objects.filter(pk=other.pk).update(title="Two")
    assert take_back(case_page(case), last()).status_code == 404
    for number in (0, 10**30):
        address = f"{case_page(case)}history/{number}/take-back/"
        assert signed_in().get(address).status_code == 404


def test_a_reference_comes_back_with_its_facts_and_cases_follow() -> None:
    reference = make_reference({"title": "The right title"})
    case = make_published_case()
    make_citation(case, reference)
    fact = StudyFact.objects.create(reference=reference, label="Deaths", count=3)
    with noted() as last:
        Reference.objects.filter(pk=reference.pk).update(csl={**reference.csl, "title": "Wrong"})
        fact.delete()
        StudyFact.objects.create(reference=reference, label="Added by mistake")
    before = Reference.objects.get(pk=reference.pk).updated_at
    assert take_back(reference.get_absolute_url(), last()).status_code == 302
    reference.refresh_from_db()
    assert reference.title == "The right title"
    assert reference.updated_at > before
    assert [(row.label, row.count) for row in reference.facts.all()] == [("Deaths", 3)]
    working = Listing.objects.get(case=case, audience="working")
    assert working.listed_at > before
    newest = Change.objects.filter(table="literature_reference", row=reference.pk)[0]
    assert newest.reason == "Taken back: Wrong"


def test_a_reference_that_was_changed_since_stays() -> None:
    reference = make_reference({"title": "One"})
    with noted() as last:
        Reference.objects.filter(pk=reference.pk).update(csl={**reference.csl, "title": "Two"})
    Reference.objects.filter(pk=reference.pk).update(csl={**reference.csl, "title": "Three"})
    answer = take_back(reference.get_absolute_url(), last())
    assert answer.status_code == 400
    assert "has been changed since" in answer.content.decode()


def test_what_another_record_has_by_now_does_not_come_back() -> None:
    reference = make_reference()
    row = OtherIdentifier.objects.create(reference=reference, kind="DOI", value="10.5555/1")
    with noted() as last:
        row.delete()
    OtherIdentifier.objects.create(reference=make_reference(), kind="DOI", value="10.5555/1")
    answer = take_back(reference.get_absolute_url(), last())
    assert answer.status_code == 400
    assert "contradicts the library" in answer.content.decode()


def test_a_part_that_was_removed_since_is_said() -> None:
    reference = make_reference()
    with noted() as last:
        fact = StudyFact.objects.create(reference=reference, label="Deaths")
    fact.delete()
    answer = take_back(reference.get_absolute_url(), last())
    assert "has been removed since" in answer.content.decode()


def test_a_notice_put_right_shows_in_what_is_published() -> None:
    reference = make_reference()
    case = make_published_case()
    make_citation(case, reference)
    cases.publish(case=case, by=None)
    said = case.versions.get(is_current=True).document["references"]
    with noted() as last:
        add_notice(notice=Notice(reference=reference, kind="retraction"), by=make_user("curator"))
    assert case.versions.get(is_current=True).document["references"] != said
    change = Change.objects.filter(table="literature_notice", reason=last().reason)[0]
    assert take_back(reference.get_absolute_url(), change).status_code == 302
    assert not reference.notices.exists()
    assert case.versions.get(is_current=True).document["references"] == said


def test_a_time_that_ends_in_zeros_is_the_same_time() -> None:
    reference = make_reference()
    with noted() as last:
        add_notice(notice=Notice(reference=reference, kind="retraction"), by=make_user("curator"))
        at = datetime(2026, 1, 2, 3, 4, 5, 600_000, tzinfo=UTC)
        reference.notices.update(first_seen_at=at)
    change = Change.objects.filter(table="literature_notice", reason=last().reason)[0]
    assert take_back(reference.get_absolute_url(), change).status_code == 302
    assert not reference.notices.exists()


def test_a_whole_reference_is_not_taken_back() -> None:
    with noted() as last:
        reference = make_reference()
    answer = take_back(reference.get_absolute_url(), last())
    assert answer.status_code == 400
    assert Reference.objects.filter(pk=reference.pk).exists()


def test_a_term_comes_back_and_the_cases_that_use_it_follow() -> None:
    term = make_term(display="Insulinoma")
    case = make_case(diagnosis=term)
    cases.refresh(case=case)
    with noted() as last:
        Term.objects.filter(pk=term.pk).update(display="Glucagonoma")
    address = f"/history/terms/{term.slug}/"
    answer = signed_in().post(f"{address}{last().pk}/take-back/", {"reason": "Wrong"})
    assert answer.status_code == 302
    term.refresh_from_db()
    assert term.display == "Insulinoma"
    assert signed_in().post(f"{address}{last().pk}/take-back/", {"reason": "x"}).status_code == 400
