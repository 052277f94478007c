"""Every record is watched; what is not says why. The database agrees with the code."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from literature.history import watched as of_the_library
from literature.history.operations import TRIGGERS, Watch
from literature.models import Change
from patients.history import watched as of_cases
from tests.make import make_reference

pytestmark = pytest.mark.django_db
WATCHED = {watch.table: watch for watch in [*of_the_library.WATCHED, *of_cases.WATCHED]}
NOT_RECORDS = of_the_library.NOT_RECORDS | of_cases.NOT_RECORDS


def test_every_model_is_watched_or_says_why_not() -> None:
    tables = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in ("literature", "patients", "auth")
    }
    assert WATCHED.keys() | NOT_RECORDS.keys() == tables
    assert not WATCHED.keys() & NOT_RECORDS.keys()


def test_the_database_has_the_triggers_that_the_code_names() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname, encode(tgargs, 'escape') FROM pg_trigger "
            "WHERE tgname LIKE 'history_%' AND tgenabled = 'O'"
        )
        found = {(table, name, arguments) for table, name, arguments in cursor.fetchall()}
    assert found == {
        (table, f"history_{name}", "".join(f"{each}\\000" for each in watch.arguments()))
        for table, watch in WATCHED.items()
        for name in TRIGGERS
    }


def test_the_columns_that_are_named_are_there() -> None:
    with connection.cursor() as cursor:
        for table, watch in WATCHED.items():
            columns = {
                column.name
                for column in connection.introspection.get_table_description(cursor, table)
            }
            named = {
                *watch.leave_out,
                *(name for names in watch.part_of.values() for name in names),
            }
            assert named <= columns, table
            assert set(watch.part_of) <= WATCHED.keys()


def test_a_column_that_comes_later_is_recorded_without_further_ado() -> None:
    reference = make_reference()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE literature_reference ADD added_later text")
        cursor.execute("UPDATE literature_reference SET added_later = 'here'")
    assert Change.objects.filter(row=reference.pk)[0].after == {"added_later": "here"}


def test_a_table_that_is_emptied_leaves_what_it_held() -> None:
    reference = make_reference()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE literature_reference CASCADE")
    change = Change.objects.filter(table="literature_reference")[0]
    assert (change.kind, change.row) == ("removed", reference.pk)
    assert change.before is not None
    assert change.before["csl"] == reference.csl


def test_watching_again_says_it_anew() -> None:
    with connection.schema_editor() as editor:
        Watch("literature_studyfact", leave_out=["note"]).database_forwards("", editor, None, None)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'history_%' "
            "AND tgrelid = 'literature_studyfact'::regclass AND tgargs LIKE '%note%'::bytea"
        )
        assert cursor.fetchone() == (len(TRIGGERS),)
