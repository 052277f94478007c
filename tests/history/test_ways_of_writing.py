"""Whatever way a record is changed, the database writes one row, with who did it."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from literature.actions import imports
from literature.history import acting
from literature.importing.working import Worker
from literature.models import Change, Reference, StudyFact
from patients.models import Term
from tests.admin.browsing import change_url, read_form
from tests.make import PASSWORD, make_reference, make_term, make_user

pytestmark = pytest.mark.django_db
NEW = {"type": "book", "title": "Another title"}


def new_changes(table: str, write: Callable[[], object]) -> list[Change]:
    last = Change.objects.first()
    write()
    return list(Change.objects.filter(pk__gt=last.pk if last else 0, table=table).order_by("pk"))


def by_save(reference: Reference) -> None:
    reference.csl = NEW
    reference.save()


def by_update(reference: Reference) -> None:
    Reference.objects.filter(pk=reference.pk).update(csl=NEW)


def by_bulk_update(reference: Reference) -> None:
    reference.csl = NEW
    Reference.objects.bulk_update([reference], ["csl"])


def by_upsert(reference: Reference) -> None:
    row = Reference(public_id=reference.public_id, csl=NEW)
    Reference.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["public_id"], update_fields=["csl"]
    )


def by_raw_sql(reference: Reference) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE literature_reference SET csl = %s WHERE id = %s",
            [json.dumps(NEW), reference.pk],
        )


def by_sql_with_a_query_first(reference: Reference) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH found AS (SELECT id FROM literature_reference WHERE public_id = %s) "
            "UPDATE literature_reference r SET csl = %s FROM found WHERE r.id = found.id",
            [reference.public_id, json.dumps(NEW)],
        )


def by_many_at_once(reference: Reference) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE literature_reference SET csl = %s WHERE id = %s",
            [(json.dumps(NEW), reference.pk)],
        )


@pytest.mark.parametrize(
    "write",
    [
        by_save, by_update, by_bulk_update, by_upsert, by_raw_sql, by_sql_with_a_query_first,
        by_many_at_once,
    ],
)  # fmt: skip
def test_a_change(write: Callable[[Reference], None]) -> None:
    user, reference = make_user(), make_reference()
    was = reference.csl

    def told() -> None:
        with acting(by=user, reason="The title was wrong.", way="a test"):
            write(reference)

    (change,) = new_changes("literature_reference", told)
    assert (change.kind, change.row) == ("changed", reference.pk)
    assert (change.before, change.after) == ({"csl": was}, {"csl": NEW})
    assert (change.user_id, change.username) == (user.pk, user.get_username())
    assert (change.reason, change.way) == ("The title was wrong.", "a test")
    assert change.database_user == connection.settings_dict["USER"]


def test_a_row_that_is_added_and_removed_in_bulk() -> None:
    user, reference = make_user(), make_reference()

    def add() -> None:
        with acting(by=user):
            StudyFact.objects.bulk_create([StudyFact(reference=reference, label="Deaths", note="")])

    (added,) = new_changes("literature_studyfact", add)
    assert (added.kind, added.before, added.username) == ("added", None, user.get_username())
    assert added.after is not None
    assert added.after["label"] == "Deaths"
    assert added.part_of == [f"literature_reference:{reference.pk}"]

    def remove() -> None:
        with acting(by=user):
            StudyFact.objects.all().delete()

    (removed,) = new_changes("literature_studyfact", remove)
    assert (removed.kind, removed.after, removed.username) == (
        "removed", None, user.get_username(),
    )  # fmt: skip
    assert removed.before == added.after


def test_rows_that_were_copied_in_by_the_driver_itself() -> None:
    row = f"AAAAAAAAAA\t{json.dumps(NEW)}\tcohort\t2020-01-01\t2020-01-01\n"

    def copy() -> None:
        with connection.cursor() as cursor:
            cursor.cursor.copy_expert(
                "COPY literature_reference (public_id, csl, study_design, created_at, updated_at) "
                "FROM STDIN",
                io.StringIO(row),
            )

    (change,) = new_changes("literature_reference", copy)
    assert (change.kind, change.username) == ("added", "")
    assert change.database_user == connection.settings_dict["USER"]


def test_a_form_of_the_admin() -> None:
    user, term = make_user("admin"), make_term(display="Insulinoma")
    client = Client()
    client.force_login(user)
    fields = {**read_form(client, change_url(term)), "display": "Malignant insulinoma"}

    def post() -> None:
        assert client.post(change_url(term), fields).status_code == 302

    (change,) = new_changes("patients_term", post)
    assert (change.user_id, change.way) == (user.pk, f"POST {change_url(term)}")
    assert change.after == {"display": "Malignant insulinoma"}


def test_the_api_with_a_token() -> None:
    """Its user is known only once REST framework has read the token."""
    user, term = make_user("curator"), make_term()
    address = f"/api/v1/terms/{term.slug}/"
    login = base64.b64encode(f"{user.get_username()}:{PASSWORD}".encode()).decode()
    client = Client()
    signed_in = client.post("/api/v1/auth/login/", headers={"Authorization": f"Basic {login}"})
    headers = {"Authorization": f"Token {signed_in.json()['token']}"}
    headers["If-Match"] = client.get(address)["ETag"]

    def patch() -> None:
        answer = client.patch(
            address, json.dumps({"display": "Gastrinoma"}), "application/json", headers=headers
        )
        assert answer.status_code == 200, answer.content

    (change,) = new_changes("patients_term", patch)
    assert (change.user_id, change.way) == (user.pk, f"PATCH {address}")


def test_a_command() -> None:
    def load() -> None:
        with acting(way="manage.py load_demo"):
            call_command("load_demo", stdout=io.StringIO())

    changes = new_changes("patients_term", load)
    assert len(changes) == Term.objects.count()
    assert {(change.way, change.user_id) for change in changes} == {("manage.py load_demo", None)}


def test_what_an_earlier_write_was_told_does_not_pass_to_a_later_one() -> None:
    reference = make_reference()
    with acting(by=make_user()):
        by_update(reference)
    (change,) = new_changes("literature_reference", lambda: by_save(make_reference()))[1:]
    assert (change.user_id, change.username, change.way) == (None, "", "")


def test_an_inner_reason_keeps_the_outer_actor() -> None:
    user, reference = make_user(), make_reference()

    def write() -> None:
        with acting(by=user, way="outside"), acting(reason="100% sure; it's “right”\\\n"):
            by_update(reference)

    (change,) = new_changes("literature_reference", write)
    assert (change.user_id, change.way) == (user.pk, "outside")
    assert change.reason == "100% sure; it's “right”\\\n"


def test_a_change_of_the_key_is_a_row_that_went_and_one_that_came() -> None:
    reference = make_reference()

    def write() -> None:
        Reference.objects.filter(pk=reference.pk).update(id=reference.pk + 1000)

    kinds = [(change.kind, change.row) for change in new_changes("literature_reference", write)]
    assert sorted(kinds) == [("added", reference.pk + 1000), ("removed", reference.pk)]


def test_what_says_the_same_leaves_no_row() -> None:
    reference = make_reference()
    assert new_changes("literature_reference", reference.save) == []


def test_a_password_is_never_in_the_history() -> None:
    user = make_user()

    def write() -> None:
        user.set_password("another password")
        user.first_name = "A"
        user.save()

    (change,) = new_changes("auth_user", write)
    assert (change.before, change.after) == ({"first_name": ""}, {"first_name": "A"})


def test_roles_given_and_taken() -> None:
    user = make_user()
    group = make_user("curator").groups.get()
    changes = new_changes("auth_user_groups", lambda: user.groups.set([group]))
    changes += new_changes("auth_user_groups", lambda: user.groups.clear())
    assert [change.kind for change in changes] == ["added", "removed"]
    assert f"auth_user:{user.pk}" in changes[0].part_of


def test_an_import_by_a_worker_acts_for_whoever_brought_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(imports, "AT_ONCE_ROWS", 0)
    user = make_user("researcher")
    text = "TY  - JOUR\r\nTI  - A study of tests\r\nPY  - 2016\r\nER  - \r\n"
    imported = imports.begin(source=io.BytesIO(text.encode()), name="list.ris", by=user)

    def work() -> None:
        Worker().run_this(imported)
        imported.refresh_from_db()
        imports.save(imported=imported, by=user)
        Worker().run_this(imported)

    (change,) = new_changes("literature_reference", work)
    assert (change.kind, change.user_id) == ("added", user.pk)
    assert {row.user_id for row in new_changes("literature_import", imported.delete)} == {None}
