"""Publishing freezes the document as a numbered version; withdrawing takes it out of sight."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from patients.actions import cases
from patients.document import build_document, from_builtins
from patients.models import Case, CaseVersion, Event, Listing
from patients.reading import read_case
from tests.constraints import update
from tests.make import make_case, make_event, make_published_case, make_source, make_user

pytestmark = pytest.mark.django_db
READER = AnonymousUser()


def publishable() -> Case:
    case = make_source(make_case()).case
    make_event(case, 0, label="First words")
    return case


def reword(case: Case, label: str) -> None:
    update(case.events.first(), label=label)


def read_label(case: Case) -> str:
    return read_case(case.accession, READER).document.events[0].label


def test_first_publishing_makes_version_one() -> None:
    case, curator = publishable(), make_user("curator")
    version = cases.publish(case=case, by=curator)
    case.refresh_from_db()
    assert (case.status, version.number, version.is_current) == ("published", 1, True)
    assert version.published_by == curator
    assert from_builtins(version.document) == build_document(case)
    reading = read_case(case.accession, READER)
    assert (reading.version, reading.checksum, reading.status) == (1, version.checksum, "published")


def test_publishing_again_unchanged_gives_the_same_version() -> None:
    case = publishable()
    first = cases.publish(case=case, by=None)
    again = cases.publish(case=case, by=make_user("curator"))
    assert (again.pk, again.published_at, again.published_by) == (
        first.pk, first.published_at, None,
    )  # fmt: skip
    assert case.versions.count() == 1


def test_publishing_a_change_makes_version_two_and_readers_see_it() -> None:
    case = publishable()
    first = cases.publish(case=case, by=None)
    reword(case, "Second words")
    assert read_label(case) == "First words"
    second = cases.publish(case=case, by=None)
    assert (second.number, read_label(case)) == (2, "Second words")
    assert list(case.versions.filter(is_current=True)) == [second]
    first.refresh_from_db()
    assert from_builtins(first.document).events[0].label == "First words"


def test_going_back_to_earlier_words_is_a_new_version() -> None:
    case = publishable()
    for label in ("First words", "Second words", "First words"):
        reword(case, label)
        cases.publish(case=case, by=None)
    assert [row.number for row in case.versions.order_by("number")] == [1, 2, 3]
    assert read_label(case) == "First words"


def without_source() -> Case:
    return make_event(day=0).case


def without_events() -> Case:
    return make_source(make_case()).case


def with_a_circle() -> Case:
    case = publishable()
    first = case.events.get()
    second = make_event(case, 1, anchor=first)
    update(first, anchor=second)
    return case


@pytest.mark.parametrize(
    ("make_unpublishable", "reason"),
    [(without_source, "its source"), (without_events, "at least one event"),
     (with_a_circle, "circle of anchors")],
)  # fmt: skip
def test_refused(make_unpublishable: Any, reason: str) -> None:
    case = make_unpublishable()
    with pytest.raises(ValidationError, match=reason):
        cases.publish(case=case, by=None)
    case.refresh_from_db()
    assert case.status == "draft"
    assert not CaseVersion.objects.exists()
    assert not Listing.objects.exists()


def test_all_reasons_are_given_at_once() -> None:
    with pytest.raises(ValidationError) as caught:
        cases.publish(case=make_case(), by=None)
    assert len(caught.value.messages) == 2


class Broken(Exception):
    pass


def break_after(monkeypatch: pytest.MonkeyPatch, calls: int) -> None:
    """`write_listing` works `calls` times and then fails."""
    real, made = cases.write_listing, []

    def fail_later(**arguments: Any) -> Any:
        if len(made) == calls:
            raise Broken
        made.append(1)
        return real(**arguments)

    monkeypatch.setattr(cases, "write_listing", fail_later)


@pytest.mark.parametrize("calls", [0, 1])
def test_a_failure_on_the_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch, calls: int) -> None:
    case = publishable()
    break_after(monkeypatch, calls)
    with pytest.raises(Broken):
        cases.publish(case=case, by=None)
    case.refresh_from_db()
    assert case.status == "draft"
    assert not CaseVersion.objects.exists()
    assert not Listing.objects.exists()


def test_a_failure_on_the_way_leaves_the_last_version_in_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = publishable()
    first = cases.publish(case=case, by=None)
    reword(case, "Second words")
    break_after(monkeypatch, 1)
    with pytest.raises(Broken):
        cases.publish(case=case, by=None)
    assert list(case.versions.filter(is_current=True)) == [first]
    assert read_label(case) == "First words"
    assert Listing.objects.get(case=case, audience="public").items.get(kind="event").label == (
        "First words"
    )


def test_withdrawn_is_hidden_and_its_versions_are_kept() -> None:
    case = make_published_case()
    assert cases.withdraw(case=case, by=make_user("curator")).status == "withdrawn"
    case.refresh_from_db()
    assert (case.status, case.versions.count()) == ("withdrawn", 1)
    assert list(case.listings.values_list("audience", flat=True)) == ["working"]
    with pytest.raises(Case.DoesNotExist):
        read_case(case.accession, READER)


def test_withdrawn_can_be_published_again() -> None:
    case = make_published_case()
    cases.withdraw(case=case, by=None)
    assert cases.publish(case=case, by=None).number == 1
    assert read_case(case.accession, READER).version == 1
    assert case.listings.count() == 2


@pytest.mark.parametrize("status", ["draft", "in_review", "withdrawn"])
def test_only_the_published_can_be_withdrawn(status: str) -> None:
    case = make_case(status=status)
    with pytest.raises(ValidationError, match="Only a published case"):
        cases.withdraw(case=case, by=None)
    case.refresh_from_db()
    assert case.status == status


def test_a_published_case_cannot_be_deleted() -> None:
    case = make_published_case()
    with pytest.raises(ProtectedError):
        case.delete()
    assert Event.objects.filter(case=case).count() == 3
