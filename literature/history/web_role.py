"""The database role of the web process: it writes records, and reads history.

It owns nothing, so it can switch no trigger off; of the history it has SELECT alone, so what stands
there was written by the triggers, whose function is the owner's.
"""

from __future__ import annotations

from typing import Any

from psycopg2 import sql

READ_ONLY = ("literature_change", "literature_purge", "django_migrations")
_TABLES = """
    SELECT relname, relkind FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'S')
    ORDER BY relname
"""
_ATTRIBUTES = """
    SELECT rolsuper, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles
    WHERE rolname = current_user
"""
_OWNED = """
    SELECT relname FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'S')
        AND pg_has_role(current_user, relowner, 'MEMBER')
    UNION ALL
    SELECT proname FROM pg_proc
    WHERE proname = 'history_record' AND pg_has_role(current_user, proowner, 'MEMBER')
    ORDER BY 1
"""
_MAY_WRITE = """
    SELECT relname FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relname = ANY (%s)
        AND has_table_privilege(oid, 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER')
    ORDER BY 1
"""


class NoRoleError(Exception):
    """The role that the web process should connect as is not there."""


def grant(connection: Any, role: str) -> None:
    """Gives `role` what the web process needs and takes all else away; may be repeated.

    The connection is the owner's, in a transaction. Raises NoRoleError.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            raise NoRoleError(
                f"There is no role {role} in the database: make it (createuser --pwprompt "
                f"{role}), or correct DATABASE_URL, and try again."
            )
        cursor.execute("SELECT current_database(), current_schema()")
        database, schema = cursor.fetchone()
        cursor.execute(_TABLES)
        relations = cursor.fetchall()
        web = sql.Identifier(role)
        names = {"web": web, "schema": sql.Identifier(schema), "db": sql.Identifier(database)}
        for statement in (
            "REVOKE ALL ON DATABASE {db} FROM PUBLIC, {web}",
            "GRANT CONNECT ON DATABASE {db} TO {web}",
            "REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {web}",
            "GRANT USAGE ON SCHEMA {schema} TO {web}",
            "REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM PUBLIC, {web}",
            "REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM PUBLIC, {web}",
        ):
            cursor.execute(sql.SQL(statement).format(**names))
        for relation, kind in relations:
            cursor.execute(
                sql.SQL("GRANT {} ON {}.{} TO {}").format(
                    sql.SQL(_rights(relation, kind)), sql.Identifier(schema),
                    sql.Identifier(relation), web,
                )
            )  # fmt: skip


def _rights(relation: str, kind: str) -> str:
    if kind == "S":
        return "SELECT" if relation.startswith(READ_ONLY) else "USAGE, SELECT"
    return "SELECT" if relation in READ_ONLY else "SELECT, INSERT, UPDATE, DELETE"


def powers(connection: Any) -> list[str]:
    """What the role of `connection` may do that the web process must not, in words; empty where
    history is safe from it."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(_ATTRIBUTES)
        words = ("is a superuser", "may make roles", "may replicate", "passes row security")
        found += [word for word, has in zip(words, cursor.fetchone(), strict=True) if has]
        cursor.execute(_OWNED)
        if owned := [name for (name,) in cursor.fetchall()]:
            found.append(f"owns {owned[0]}" + (f" and {len(owned) - 1} more" * (len(owned) > 1)))
        cursor.execute(_MAY_WRITE, [list(READ_ONLY[:2])])
        found += [f"may write {name}" for (name,) in cursor.fetchall()]
        cursor.execute("SELECT has_parameter_privilege('session_replication_role', 'SET')")
        if cursor.fetchone()[0]:
            found.append("may switch triggers off")
        cursor.execute("SELECT has_schema_privilege(current_schema(), 'CREATE')")
        if cursor.fetchone()[0]:
            found.append("may make tables and functions")
    return found
