"""The page on roles says what the database holds, and the code asks for no role by name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission

from casebase.accounts import roles_page
from patients.roles import DUTIES, PRIVILEGED, ROLES, permissions_of
from tests.make import make_user

ROOT = Path(__file__).parents[2]


def in_database(role: str) -> set[str]:
    rows = Permission.objects.filter(group__name=role).select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}" for row in rows}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_the_table_is_what_the_database_holds(role):
    assert permissions_of(role) == in_database(role)


@pytest.mark.django_db
def test_there_are_no_other_groups():
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)


def test_no_permission_stands_twice_and_no_duty_is_nobodys():
    named = [permission for duty in DUTIES for permission in duty.permissions]
    assert len(named) == len(set(named))
    assert all(duty.roles and duty.permissions for duty in DUTIES)


def test_each_role_may_all_that_the_one_before_may():
    steps = [permissions_of(role) for role in ROLES]
    assert all(less < more for less, more in zip(steps, steps[1:], strict=False))
    assert "patients.publish_case" in PRIVILEGED
    assert "literature.add_reference" not in PRIVILEGED


@pytest.mark.django_db
def test_the_page_shows_every_duty_and_ones_own_roles(client):
    assert client.get("/accounts/roles/").status_code == 302
    client.force_login(make_user("researcher"))
    answer = client.get("/accounts/roles/")
    page = answer.content.decode()
    assert "You are: <strong>researcher</strong>" in page
    table = answer.context["table"]
    assert table.roles == ("reader", *ROLES)
    assert [line.words for line in table.lines] == [roles_page.READS, *(d.words for d in DUTIES)]
    shown = {line.words: dict(zip(table.roles, line.may, strict=True)) for line in table.lines}
    publishing = shown["Publish a case that others wrote"]
    assert [role for role, may in publishing.items() if may] == ["curator", "admin"]
    assert page.count(">yes<") == sum(sum(line.may) for line in table.lines)


def test_code_asks_for_permissions_and_not_for_groups():
    asking = re.compile(r"groups\.filter|groups__name|\.name in ROLES|in_group")
    found = [
        str(path.relative_to(ROOT))
        for app in ("casebase", "literature", "patients")
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts and asking.search(path.read_text())
    ]
    assert found == []
