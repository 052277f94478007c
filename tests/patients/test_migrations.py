"""Migrations run forward, back to nothing, and forward again; they leave the groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection, transaction

from literature.models import Reference
from patients.actions import records
from patients.models import Case, ListedItem
from patients.roles import ADMIN, CLINICIAN, CURATOR, RESEARCHER, ROLES
from tests.constraints import composite_foreign_keys
from tests.make import make_published_case


def tables() -> set[str]:
    names = connection.introspection.table_names()
    return {name for name in names if name.startswith(("patients_", "literature_"))}


def migrate(*target: str) -> None:
    call_command("migrate", *target, verbosity=0)


@pytest.fixture
def bare_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database without a transaction around the test, whole again after it.

    The mark for that would empty all tables in the end, and take the groups from later tests.
    """
    with django_db_blocker.unblock():
        yield
        migrate()


@pytest.mark.usefixtures("bare_database")
def test_back_to_nothing_and_forward_again() -> None:
    before, ties = tables(), composite_foreign_keys("patients_")
    migrate("patients", "zero")
    migrate("literature", "zero")
    assert tables() == set()
    assert not Group.objects.filter(name__in=ROLES).exists()
    migrate()
    assert tables() == before
    assert composite_foreign_keys("patients_") == ties
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)
    with transaction.atomic():
        assert make_published_case().status == "published"
        transaction.set_rollback(True)


@pytest.fixture
def committed_case(bare_database: None) -> Iterator[Case]:
    case = make_published_case(events=1, findings=0)
    yield case
    migrate()
    case.versions.all().delete()
    records.remove_draft(case=case, by=None)
    case.patient.delete()
    Reference.objects.all().delete()


def test_what_was_listed_before_results_gets_its_new_fields_and_versions_stay(
    committed_case: Case,
) -> None:
    case, version = committed_case, committed_case.versions.get()
    Group.objects.get_or_create(name=CURATOR)  # a test before may have emptied the database
    migrate("patients", "0004")
    assert not any({"results", "label_zh"} & set(data) for data in listed_events(case))
    migrate("patients")
    found = listed_events(case)
    assert len(found) == 2  # the public one and the working one
    assert all((data["results"], data["label_zh"]) == ([], "") for data in found)
    assert case.versions.get().document == version.document
    assert "patients.change_laboratoryresult" in permissions_of(CURATOR)


def listed_events(case: Case) -> list[dict[str, Any]]:
    items = ListedItem.objects.filter(listing__case=case, kind="event")
    return list(items.values_list("data", flat=True))


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", "literature", "patients", check=True, dry_run=True, verbosity=0)


def permissions_of(role: str) -> set[str]:
    rows = Permission.objects.filter(group__name=role).select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}" for row in rows}


@pytest.mark.django_db
def test_a_clinician_may_propose_a_case_and_write_nothing() -> None:
    assert permissions_of(CLINICIAN) == {"patients.propose_case"}


@pytest.mark.django_db
def test_a_researcher_adds_references_and_citations() -> None:
    writes = {name for name in permissions_of(RESEARCHER) if ".view_" not in name}
    assert writes == {
        "literature.add_reference", "literature.add_referencelistitem",
        "literature.add_sourcetext", "literature.add_studyfact", "literature.add_import",
        "literature.add_importrow", "literature.add_origin", "patients.add_citation",
        "patients.propose_case", "patients.propose_revision",
    }  # fmt: skip


@pytest.mark.django_db
def test_a_curator_does_everything_to_records_but_touches_no_version() -> None:
    granted = permissions_of(CURATOR)
    for model in ("case", "event", "imagingfinding", "lesion", "measurement",
                  "laboratoryresult", "citation", "patient", "term"):  # fmt: skip
        assert {f"patients.{verb}_{model}" for verb in ("add", "change", "delete")} <= granted
    assert {"patients.publish_case", "patients.view_unpublished"} <= granted
    writes = {name for name in granted if ".view_" not in name}
    assert not {name for name in writes if name.endswith(("caseversion", "listing"))}
    assert not {name for name in granted if name.startswith("auth.")}


@pytest.mark.django_db
def test_an_admin_may_do_what_a_curator_may_and_keeps_the_users() -> None:
    assert permissions_of(ADMIN) - permissions_of(CURATOR) == {
        f"auth.{verb}_{model}"
        for verb in ("add", "change", "delete", "view")
        for model in ("user", "group")
    } | {
        f"{model}.{verb}_{what}"
        for verb in ("view", "delete")
        for model, what in (("mfa", "authenticator"), ("axes", "accessattempt"))
    }
