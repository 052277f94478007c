"""The pages of history: who sees them, what they say, and how many queries they take."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from literature.history import acting
from literature.history.reading import AT_ONCE
from literature.models import Change, StudyFact
from tests.admin.browsing import change_url, signed_in
from tests.make import (
    make_case,
    make_citation,
    make_event,
    make_finding,
    make_measurement,
    make_reference,
    make_term,
    make_user,
)

pytestmark = pytest.mark.django_db


def pages() -> list[str]:
    case, reference, term = make_case(), make_reference(), make_term()
    return [
        f"{case.get_absolute_url()}history/",
        f"{reference.get_absolute_url()}history/",
        f"/history/terms/{term.slug}/",
        "/history/",
    ]


@pytest.mark.parametrize(("role", "status"), [
    ("", 404), ("clinician", 404), ("researcher", 404), ("curator", 200), ("admin", 200),
])  # fmt: skip
def test_curators_and_admins_alone_see_them(role: str, status: int) -> None:
    client = signed_in(role)
    assert [client.get(page).status_code for page in pages()] == [status] * 4


def test_who_is_not_signed_in_is_asked_to() -> None:
    for page in pages():
        answer = Client().get(page)
        assert answer.status_code == 302
        assert "/accounts/login/" in answer["Location"]


def test_accounts_are_for_admins() -> None:
    user = make_user(first_name="Ada")
    assert signed_in("curator").get(f"/history/users/{user.pk}/").status_code == 404
    assert "auth_user" not in signed_in("curator").get("/history/").content.decode()
    page = signed_in("admin").get(f"/history/users/{user.pk}/")
    assert "Ada" in page.content.decode()
    assert "pbkdf2" not in page.content.decode()
    assert signed_in("admin").get("/history/users/99999999999999999999/").status_code == 404


def test_an_account_that_was_removed_keeps_its_history() -> None:
    user = make_user(username="gone-since")
    pk = user.pk
    user.delete()
    page = signed_in("admin").get(f"/history/users/{pk}/").content.decode()
    assert "gone-since" in page
    assert "Removed" in page


def test_a_case_shows_what_changed_word_by_word_in_all_its_parts() -> None:
    user = make_user("curator", username="ada")
    case = make_case(title="An old title")
    event = make_event(case)
    term = make_term(display="Octreotide")
    with acting(by=user, reason="As the report says", way="POST /somewhere/"):
        type(event).objects.filter(pk=event.pk).update(label="A new name", term=term)
    type(case).objects.filter(pk=case.pk).update(title="A new title")
    page = signed_in().get(f"{case.get_absolute_url()}history/").content.decode()
    for told in ("ada", "As the report says", "POST /somewhere/", "A new name", "Octreotide",
                 "event", "from outside the site", "</span>old</del>"):  # fmt: skip
        assert told in page


def test_a_citation_is_called_by_what_it_cites() -> None:
    case = make_case()
    citation = make_citation(case, make_reference({"title": "A cited study"}))
    with acting(reason="Later"):
        type(citation).objects.filter(pk=citation.pk).update(note="As it says")
    page = signed_in().get(f"{case.get_absolute_url()}history/").content.decode()
    assert page.count("citation “Supports: ") == 2


def test_markup_in_what_was_written_stays_text() -> None:
    case = make_case(title="<script>alert(1)</script>")
    page = signed_in().get(f"{case.get_absolute_url()}history/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_reference_shows_its_record_field_by_field() -> None:
    reference = make_reference({"title": "Old"})
    StudyFact.objects.create(reference=reference, label="Deaths")
    reference.csl = {**reference.csl, "title": "New", "volume": "99"}
    reference.save()
    page = signed_in().get(f"{reference.get_absolute_url()}history/").content.decode()
    for told in ("CSL-JSON: title", "CSL-JSON: volume", "Deaths", "study fact"):
        assert told in page
    assert page.count("CSL-JSON: page") == 1  # only where it was added


def test_what_is_not_of_the_record_is_not_shown() -> None:
    case, other = make_case(), make_case(title="Another case altogether")
    make_event(other, label="Something of the other")
    page = signed_in().get(f"{case.get_absolute_url()}history/").content.decode()
    assert "Another case altogether" not in page
    assert "Something of the other" not in page


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def rich_case(rows: int) -> Any:
    case = make_case()
    for _ in range(rows):
        event = make_event(case, category="imaging")
        make_measurement(make_finding(event))
        make_citation(event)
    return case


def test_queries_do_not_grow_with_the_changes() -> None:
    client = signed_in()
    few = queries(client, f"{rich_case(2).get_absolute_url()}history/")
    assert queries(client, f"{rich_case(12).get_absolute_url()}history/") == few


def test_older_changes_are_on_the_next_page() -> None:
    reference = make_reference()
    StudyFact.objects.bulk_create(
        StudyFact(reference=reference, label=f"Fact {number}") for number in range(AT_ONCE + 20)
    )
    client, address = signed_in(), f"{reference.get_absolute_url()}history/"
    first = client.get(address).content.decode()
    assert f"Fact {AT_ONCE + 19}" in first
    assert "Fact 10”" not in first
    older = first.partition('href="?before=')[2].partition('"')[0]
    second = client.get(f"{address}?before={older}").content.decode()
    assert "Fact 10”" in second
    assert f"Fact {AT_ONCE + 19}" not in second
    assert 'rel="next"' not in second


def test_the_admin_leads_to_the_history_of_a_record() -> None:
    case, reference, term = make_case(), make_reference(), make_term()
    client = signed_in()
    for row, address in (
        (case, f"{case.get_absolute_url()}history/"),
        (reference, f"{reference.get_absolute_url()}history/"),
        (term, f"/history/terms/{term.slug}/"),
    ):
        answer = client.get(change_url(row).replace("/change/", "/history/"))
        assert (answer.status_code, answer["Location"]) == (302, address)
    missing = change_url(case).replace(f"/{case.pk}/change/", "/999999/history/")
    assert client.get(missing).status_code == 302  # to the list, as the admin does


def test_admins_get_from_a_change_to_the_account_that_made_it() -> None:
    user, case = make_user("curator", username="ada"), make_case()
    with acting(by=user):
        type(case).objects.filter(pk=case.pk).update(title="Another title")
    link = f'href="/history/users/{user.pk}/"'
    assert link in signed_in("admin").get(f"{case.get_absolute_url()}history/").content.decode()
    assert link not in signed_in().get(f"{case.get_absolute_url()}history/").content.decode()


@pytest.mark.parametrize("before", ["x", "-1", "0", "1.5", "٣", "9" * 30, "9223372036854775808"])
def test_a_page_that_is_none_is_not_found(before: str) -> None:
    case = make_case()
    answer = signed_in().get(f"{case.get_absolute_url()}history/", {"before": before})
    assert answer.status_code == 404


def test_history_is_changed_by_no_request() -> None:
    case = make_case()
    client = signed_in()
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(f"{case.get_absolute_url()}history/").status_code == 405


def test_a_record_of_a_kind_that_is_no_more_is_shown_all_the_same() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO literature_change (at, transaction, "table", "row", kind, after, '
            "username, reason, way, database_user) VALUES (now(), 1, 'patients_forgotten', 1, "
            "'added', %s, '', '', '', 'x')",
            [json.dumps({"some_words": "Told long ago"})],
        )
    assert Change.objects.filter(table="patients_forgotten").exists()
    page = signed_in().get("/history/").content.decode()
    assert "Told long ago" in page
    assert "Some words" in page
