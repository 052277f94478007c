"""Backups by the owner that docs/running.md tells to make: no superuser, and seldom allowed to make
databases."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from psycopg2 import sql

from casebase.backups import BackupError
from casebase.backups.restoring import restore
from casebase.backups.taking import take
from casebase.postgres.roles import WEB_ROLE
from literature.history.web_role import powers
from tests import make
from tests.survival.databases import ask, empty_database, parameters

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def owned() -> Iterator[dict[str, Any]]:
    """An empty database and its owner; the role of the web process is there."""
    with empty_database() as database:
        owner = database["dbname"]
        statements = ["CREATE ROLE {} LOGIN", "ALTER DATABASE {} OWNER TO {}"]
        for statement in statements:
            names = [sql.Identifier(owner)] * statement.count("{}")
            ask(database, sql.SQL(statement).format(*names))
        with contextlib.suppress(psycopg2.errors.DuplicateObject):
            ask(database, f"CREATE ROLE {WEB_ROLE} LOGIN")
        yield {**database, "user": owner}
    # After the databases that it owns.
    ask(parameters("postgres"), sql.SQL("DROP ROLE {}").format(sql.Identifier(owner)))


def test_the_owner_restores_what_only_the_web_role_may_write_to(owned, tmp_path: Path):
    make.make_published_case(title="A course")
    saved = take(parameters(), tmp_path / "none", tmp_path / "backups")
    with pytest.raises(BackupError, match=f"ALTER ROLE {owned['user']} CREATEDB"):
        restore(saved, owned, tmp_path / "media", web_role=WEB_ROLE)
    assert ask(owned, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
    superuser = parameters("postgres")
    ask(superuser, sql.SQL("ALTER ROLE {} CREATEDB").format(sql.Identifier(owned["user"])))
    with pytest.raises(BackupError, match="There is no role nobody_at_all"):
        restore(saved, owned, tmp_path / "media", web_role="nobody_at_all")
    done = restore(saved, owned, tmp_path / "media", web_role=WEB_ROLE)
    owners = ask(owned, "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")
    assert owners == [(owned["user"],)]
    with contextlib.closing(psycopg2.connect(**{**owned, "user": WEB_ROLE})) as web:
        assert powers(web) == []
        with web.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM literature_change")
            assert cursor.fetchone() == (done.manifest.tables["literature_change"].rows,)
    again = take(owned, tmp_path / "none", tmp_path / "backups")
    superusers = take({**owned, "user": superuser["user"]}, tmp_path / "none", tmp_path / "backups")
    assert again != superusers
    over = {**owned, "user": superuser["user"]}
    restore(again, over, tmp_path / "media", web_role=WEB_ROLE, over=True)
    assert ask(owned, "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'") == [
        (owned["user"],)
    ]
