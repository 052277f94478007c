"""All that the site does, it can do as the web role; what starts refuses an owner."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client

from casebase.postgres.roles import WEB_ROLE
from literature.history import checks
from literature.models import Change, ReferenceListItem
from patients.actions import cases, edits
from patients.models import Event
from tests.admin.browsing import change_url, read_form
from tests.make import make_case, make_event, make_published_case, make_reference, make_user

TEXT = "1. Doe J. A study of tests. J Tests. 2016;12:34-56. doi:10.5555/12345\n"


@pytest.mark.usefixtures("as_web_role")
def test_cases_are_written_published_and_withdrawn() -> None:
    user = make_user("curator")
    case = make_published_case()
    event = Event.objects.filter(case=case).first()
    assert event is not None
    event.label = "Another name"
    edits.save_rows(case=case, rows=[event], words="Renamed", by=user)
    edits.undo(case=case, by=user)
    cases.withdraw(case=case, by=user)
    assert {change.database_user for change in Change.objects.filter(table="patients_case")} == {
        WEB_ROLE
    }


@pytest.mark.usefixtures("as_web_role")
def test_references_are_brought_in_and_forms_are_sent() -> None:
    user = make_user("curator")
    client = Client()
    client.force_login(user)
    reference = make_reference()
    assert client.get(reference.get_absolute_url()).status_code == 200
    assert client.get("/references/").status_code == 200
    answer = client.post("/references/add/", {"text": TEXT})
    assert answer.status_code in (200, 302)
    fields = read_form(client, change_url(reference))
    assert client.post(change_url(reference), fields).status_code == 302
    ReferenceListItem.objects.create(work=reference, number=1, raw="As printed")
    assert client.get(f"{reference.get_absolute_url()}history/").status_code == 200


@pytest.mark.usefixtures("as_web_role")
def test_the_web_role_passes_the_check() -> None:
    make_event(make_case())
    assert checks.history_is_safe(None, databases=["default"]) == []


@pytest.mark.django_db
def test_a_site_that_connects_as_the_owner_does_not_start() -> None:
    (error,) = checks.history_is_safe(None, databases=["default"])
    assert "owns " in error.msg
    assert "CASEBASE_OWNER_DATABASE_URL" in error.hint


@pytest.mark.django_db
def test_starting_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import connection

    # The test's own connection stays open.
    monkeypatch.setattr(connection, "close", lambda: None)
    with pytest.raises(ImproperlyConfigured, match="could change the history"):
        checks.refuse_unsafe_history()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["DEMO", "DEBUG", "AS_OWNER"])
def test_the_demo_and_the_owners_commands_are_not_refused(settings: Any, name: str) -> None:
    setattr(settings, name, True)
    assert checks.history_is_safe(None, databases=["default"]) == []


@pytest.mark.django_db
def test_no_database_no_check() -> None:
    assert checks.history_is_safe(None) == []


@pytest.mark.django_db
def test_migrating_grants_or_says_that_there_is_no_role(settings: Any) -> None:
    settings.WEB_ROLE = "nobody_of_ours"
    with pytest.raises(CommandError, match="There is no role nobody_of_ours"):
        call_command("migrate", verbosity=0)
