"""Nothing that the web role can say to the database changes, removes or forges history."""

from typing import Any

import psycopg2
import pytest
from django.db import connection

from literature.history.web_role import READ_ONLY, NoRoleError, grant, powers
from literature.models import Change
from tests.make import make_reference

FORGED = (
    'INSERT INTO literature_change (at, transaction, "table", "row", kind, username, reason, '
    "way, database_user) VALUES (now(), 1, 'literature_reference', 1, 'changed', 'somebody', '', "
    "'', 'postgres')"
)
TAMPERING = [
    "UPDATE literature_change SET username = 'somebody'",
    "DELETE FROM literature_change",
    "TRUNCATE literature_change",
    FORGED,
    "COPY literature_change FROM PROGRAM 'true'",
    "MERGE INTO literature_change AS c USING (SELECT 1) AS x ON true WHEN MATCHED THEN DELETE",
    "WITH gone AS (DELETE FROM literature_change RETURNING *) SELECT * FROM gone",
    "SELECT * FROM literature_change FOR UPDATE",
    "LOCK TABLE literature_change IN ACCESS EXCLUSIVE MODE",
    "DROP TABLE literature_change CASCADE",
    "ALTER TABLE literature_change RENAME TO elsewhere",
    "ALTER TABLE literature_change ADD CHECK (false)",
    "CREATE RULE nothing AS ON INSERT TO literature_change DO INSTEAD NOTHING",
    "CREATE TRIGGER nothing BEFORE INSERT ON literature_change EXECUTE FUNCTION history_record()",
    "ALTER TABLE literature_reference DISABLE TRIGGER ALL",
    "ALTER TABLE literature_reference DISABLE TRIGGER USER",
    "DROP TRIGGER history_changed ON literature_reference",
    "TRUNCATE literature_reference CASCADE",
    "SET session_replication_role = replica",
    "SELECT set_config('session_replication_role', 'replica', false)",
    "ALTER ROLE casebase_web SET session_replication_role = replica",
    "ALTER ROLE casebase_web SUPERUSER",
    "SET ROLE postgres",
    "SET SESSION AUTHORIZATION postgres",
    "ALTER TABLE literature_change OWNER TO casebase_web",
    "DROP FUNCTION history_record() CASCADE",
    "ALTER FUNCTION history_record() SECURITY INVOKER",
    "CREATE OR REPLACE FUNCTION history_record() RETURNS trigger LANGUAGE plpgsql AS "
    "'BEGIN RETURN NULL; END'",
    "CREATE FUNCTION now() RETURNS timestamptz LANGUAGE sql AS 'SELECT NULL::timestamptz'",
    "CREATE TEMPORARY TABLE literature_change (id bigint)",
    "SELECT setval('literature_change_id_seq', 1)",
    "SELECT nextval('literature_change_id_seq')",
    "UPDATE pg_trigger SET tgenabled = 'D'",
    "DELETE FROM pg_catalog.pg_depend",
    "DROP SCHEMA public CASCADE",
    "DROP OWNED BY postgres",
    "CREATE EVENT TRIGGER nothing ON ddl_command_start EXECUTE FUNCTION history_record()",
    "DO $$ BEGIN DELETE FROM literature_change; END $$",
    "DELETE FROM literature_purge",
    "DELETE FROM django_migrations",
]


def history() -> list[Any]:
    return list(Change.objects.order_by("pk").values())


def is_refused(cursor: Any, statement: str) -> bool:
    try:
        cursor.execute(statement)
    except psycopg2.Error:
        return True
    return False


def safeguards() -> list[Any]:
    """The triggers, and who may do what to the history."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid, tgname, tgenabled, tgfoid FROM pg_trigger "
            "WHERE tgname LIKE 'history_%' ORDER BY 1, 2"
        )
        found = list(cursor.fetchall())
        cursor.execute(
            "SELECT relname, relacl::text FROM pg_class WHERE relname ~ '^literature_' ORDER BY 1"
        )
        return found + list(cursor.fetchall())


def test_none_of_the_ways_to_tamper_succeeds(web: Any) -> None:
    make_reference()
    before = history(), safeguards()
    with web.cursor() as cursor:
        assert [each for each in TAMPERING if not is_refused(cursor, each)] == []
        # PostgreSQL only warns of this one, and does nothing.
        cursor.execute("GRANT INSERT ON literature_change TO casebase_web")
    assert (history(), safeguards()) == before


def test_a_trigger_of_ones_own_cannot_call_the_function(web: Any) -> None:
    """On a table of one's own it would write whatever one likes into the history."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE lure (id bigint, public_id text)")
        cursor.execute("ALTER TABLE lure OWNER TO casebase_web")
    try:
        with web.cursor() as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute(
                "CREATE TRIGGER forged AFTER INSERT ON lure REFERENCING NEW TABLE AS new_rows "
                "FOR EACH STATEMENT EXECUTE FUNCTION history_record('{}', '{}')"
            )
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE lure")


def test_what_the_web_role_writes_is_recorded_whatever_it_says_of_itself(web: Any) -> None:
    reference = make_reference()
    Change.objects.all().delete()
    with web.cursor() as cursor:
        cursor.execute("SET search_path = pg_temp, public")
        cursor.execute('SET casebase.acting = \'{"database_user": "postgres"}\'')
        cursor.execute("UPDATE literature_reference SET study_design = 'cohort'")
    change = Change.objects.get()
    assert (change.row, change.kind, change.database_user) == (
        reference.pk, "changed", "casebase_web",
    )  # fmt: skip
    assert change.after == {"study_design": "cohort"}


def test_the_web_role_reads_and_writes_every_table_but_those_of_history(web: Any) -> None:
    names = connection.introspection.table_names()
    with web.cursor() as cursor:
        cursor.execute(
            "SELECT name, has_table_privilege(name, 'SELECT'), has_table_privilege(name, 'INSERT') "
            "AND has_table_privilege(name, 'UPDATE') AND has_table_privilege(name, 'DELETE') "
            "FROM unnest(%s) AS name",
            [names],
        )
        found = {name: (reads, writes) for name, reads, writes in cursor.fetchall()}
    assert found == {name: (True, name not in READ_ONLY) for name in names}


def test_powers_are_named_of_the_owner_and_there_are_none_of_the_web_role(web: Any) -> None:
    assert powers(web) == []
    found = powers(connection)
    assert any(each.startswith("owns ") for each in found)
    assert "may write literature_change" in found


def test_a_role_that_is_not_there_is_named(db: None) -> None:
    with pytest.raises(NoRoleError, match="There is no role nobody_of_ours"):
        grant(connection, "nobody_of_ours")
