"""How the databases are named in the environment."""

from __future__ import annotations

from typing import Any

import psycopg2
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql.base import DatabaseWrapper

from casebase.database_settings import parsed
from tests.casebase.test_settings import run

SHOW = "import json, casebase.settings as s; print(json.dumps([{}]))"
TWO = "postgres://web:p%40ss@10.0.0.1,10.0.0.2:6432/casebase?target_session_attrs=read-write"


def libpq(url: str) -> dict[str, Any]:
    made = DatabaseWrapper({"TIME_ZONE": None, **parsed(url, "X")})
    told: dict[str, Any] = made.get_connection_params()
    return told


def test_several_hosts_reach_libpq() -> None:
    told = libpq(TWO)
    assert (told["host"], told["port"]) == ("10.0.0.1,10.0.0.2", "5432,6432")
    assert (told["user"], told["password"], told["dbname"]) == ("web", "p@ss", "casebase")
    assert told["target_session_attrs"] == "read-write"


@pytest.mark.parametrize(
    ("places", "hosts"),
    [
        ("a,b", "a,b"),
        ("%2Frun%2Fone,%2Frun%2Ftwo", "/run/one,/run/two"),
        ("[::1]:5433,[::2]", "::1,::2"),
        ("a:1,b:2,c:3", "a,b,c"),
    ],
)
def test_hosts_are_read_as_libpq_reads_them(places: str, hosts: str) -> None:
    url = f"postgres://web@{places}/casebase"
    assert libpq(url)["host"] == hosts
    if "[" not in places:
        assert psycopg2.extensions.parse_dsn(url)["host"] == hosts


@pytest.mark.parametrize(
    "url", ["postgres://u:secret@host:port/x", "mysql://u:secret@host/x", "secret"]
)
def test_what_cannot_be_read_is_refused_by_name_and_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="REPLICA_DATABASE_URL") as refused:
        parsed(url, "REPLICA_DATABASE_URL")
    assert "secret" not in str(refused.value)


def test_without_a_pooler_limits_go_with_the_connection() -> None:
    assert "-c statement_timeout=" in libpq("postgres://web@host/casebase")["options"]
    pooled = parsed("postgres://web@host/casebase", "X", pooled=True)
    assert "options" not in pooled["OPTIONS"]
    assert pooled["DISABLE_SERVER_SIDE_CURSORS"]


def test_replicas_are_named_with_commas_between_them_and_are_not_the_owners() -> None:
    urls = "postgres://web@a,b/x , postgresql://web@c/x"
    show = SHOW.format("s.REPLICAS, s.DATABASE_ROUTERS, len(s.DATABASES)")
    told = {"REPLICA_DATABASE_URL": urls}
    routers = '["casebase.replicas.router.Router"]'
    assert run("-c", show).stdout.strip() == "[[], [], 1]"
    assert run("-c", show, **told).stdout.strip() == f'[["replica1", "replica2"], {routers}, 3]'
    owner = {"CASEBASE_OWNER_DATABASE_URL": "postgres://owner@a/x", "CASEBASE_AS_OWNER": "1"}
    assert run("-c", show, **told, **owner).stdout.strip() == "[[], [], 1]"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"REPLICA_DATABASE_URL": "replica.example.org"}, "Set REPLICA_DATABASE_URL to a Postgre"),
        ({"CASEBASE_REPLICA_LAG": "0"}, "Set CASEBASE_REPLICA_LAG to 1 or more"),
        ({"CASEBASE_REPLICA_LAG": "5s"}, "Set CASEBASE_REPLICA_LAG to a whole number"),
        ({"CASEBASE_POOLER": "pgbouncer"}, "Set CASEBASE_POOLER to 1 or 0"),
    ],
)
def test_what_is_wrong_is_said(changes: dict[str, str], says: str) -> None:
    done = run("-c", "import casebase.settings", **changes)
    assert done.returncode == 1
    assert says in done.stderr.strip().splitlines()[-1]
