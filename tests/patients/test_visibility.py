"""Who sees what: `visible_to` for every role, every status and every kind of row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from patients.actions import cases
from patients.models import (
    Case,
    CaseVersion,
    Citation,
    Event,
    ImagingFinding,
    LaboratoryResult,
    Lesion,
    ListedItem,
    Listing,
    Measurement,
    Patient,
)
from patients.reading import read_case
from patients.roles import ADMIN, CLINICIAN, CURATOR, RESEARCHER
from tests.constraints import update
from tests.make import (
    make_case,
    make_event,
    make_published_case,
    make_result,
    make_source,
    make_timeline,
    make_user,
)

pytestmark = pytest.mark.django_db

READERS, WORKERS = ("", "no role", CLINICIAN, RESEARCHER), (CURATOR, ADMIN)
STATUSES = ("draft", "in_review", "published", "withdrawn")
WORKING_ROWS: dict[type, Callable[[Case], QuerySet[Any]]] = {
    Case: lambda case: Case.objects.filter(pk=case.pk),
    Patient: lambda case: Patient.objects.filter(pk=case.patient_id),
    Event: lambda case: Event.objects.filter(case=case),
    ImagingFinding: lambda case: ImagingFinding.objects.filter(case=case),
    Lesion: lambda case: Lesion.objects.filter(case=case),
    Measurement: lambda case: Measurement.objects.filter(case=case),
    LaboratoryResult: lambda case: LaboratoryResult.objects.filter(case=case),
    Citation: lambda case: Citation.objects.filter(case=case),
}


def user_of(role: str) -> Any:
    if not role:
        return AnonymousUser()
    return make_user("" if role == "no role" else role)


def case_with_status(status: str) -> Case:
    """A case as the actions leave it; drafts and reviews were never published."""
    if status in ("draft", "in_review"):
        case = make_case(status=status)
        make_source(case)
        make_timeline(case, events=1)
        cases.refresh(case=case)
        return case
    case = make_published_case(events=1)
    if status == "withdrawn":
        cases.withdraw(case=case, by=None)
    return case


def case_with_every_row(status: str) -> Case:
    case = case_with_status(status)
    make_result(make_event(case, category="laboratory"))
    return case


def seen(queryset: QuerySet[Any], user: Any) -> int:
    return queryset.visible_to(user).count()


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("model", WORKING_ROWS, ids=lambda model: model.__name__)
def test_readers_see_rows_of_published_cases_alone(model: type, role: str, status: str) -> None:
    rows = WORKING_ROWS[model](case_with_every_row(status))
    assert rows.exists()
    assert seen(rows, user_of(role)) == (rows.count() if status == "published" else 0)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("role", WORKERS)
@pytest.mark.parametrize("model", WORKING_ROWS, ids=lambda model: model.__name__)
def test_curators_and_admins_see_all_rows(model: type, role: str, status: str) -> None:
    rows = WORKING_ROWS[model](case_with_every_row(status))
    assert seen(rows, user_of(role)) == rows.count() > 0


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("role", [*READERS, *WORKERS])
def test_listings_and_items_are_those_of_the_user_s_audience(role: str, status: str) -> None:
    case, user = case_with_status(status), user_of(role)
    audience = "working" if role in WORKERS else "public"
    shown = audience == "working" or status == "published"
    listings = Listing.objects.filter(case=case).visible_to(user)
    assert list(listings.values_list("audience", flat=True)) == ([audience] if shown else [])
    kinds = ListedItem.objects.filter(listing__case=case).visible_to(user)
    assert dict.fromkeys(kinds.values_list("listing__audience", flat=True)) == (
        {audience: None} if shown else {}
    )
    assert kinds.filter(kind="event").count() == (1 if shown else 0)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("role", [*READERS, *WORKERS])
def test_versions_of_published_cases_are_for_everybody_and_withdrawn_ones_for_curators(
    role: str, status: str
) -> None:
    case = case_with_status(status)
    found = seen(CaseVersion.objects.filter(case=case), user_of(role))
    shown = status == "published" or (status == "withdrawn" and role in WORKERS)
    assert found == (1 if shown else 0)


def test_an_old_version_is_not_the_one_to_read() -> None:
    case = make_published_case(events=1)
    update(case, title="A new title")
    second = cases.publish(case=case, by=None)
    found = CaseVersion.objects.filter(case=case).visible_to(AnonymousUser())
    assert list(found.current()) == [second]
    assert found.count() == 2


@pytest.mark.parametrize("status", ["draft", "in_review", "withdrawn"])
def test_a_status_changed_behind_the_action_s_back_hides_everything(status: str) -> None:
    case, reader = make_published_case(), AnonymousUser()
    Case.objects.filter(pk=case.pk).update(status=status)
    for model in (Case, Event, ImagingFinding, Citation, Patient, Listing, ListedItem, CaseVersion):
        assert seen(model.objects.all(), reader) == 0, model
    with pytest.raises(Case.DoesNotExist):
        read_case(case.accession, reader)


def test_a_patient_is_seen_through_any_published_case() -> None:
    case = make_published_case()
    make_case(patient=case.patient)
    assert list(Patient.objects.visible_to(AnonymousUser())) == [case.patient]


def test_a_curator_who_was_shut_out_sees_what_readers_see() -> None:
    case_with_status("draft")
    curator = make_user(CURATOR, is_active=False)
    assert not Case.objects.visible_to(curator).exists()
    assert not Listing.objects.visible_to(curator).exists()


@pytest.mark.parametrize("accession", ["CB-0000000", "nonsense"])
@pytest.mark.parametrize("role", [*READERS, *WORKERS])
def test_unknown_accession_is_the_same_as_a_hidden_one(role: str, accession: str) -> None:
    with pytest.raises(Case.DoesNotExist):
        read_case(accession, user_of(role))


@pytest.mark.parametrize("role", WORKERS)
def test_curators_read_the_record_as_it_stands_now(role: str) -> None:
    case = make_published_case(events=1)
    update(case, title="A new title")
    reading = read_case(case.accession, user_of(role))
    assert (reading.document.title, reading.version, reading.published_at) == (
        "A new title", None, None,
    )  # fmt: skip


def test_readers_need_one_query_for_a_case(django_assert_num_queries: Any) -> None:
    case = make_published_case()
    with django_assert_num_queries(1):
        read_case(case.accession, AnonymousUser())
