"""The site behind pgbouncer, which gives each transaction another connection: pages, the interface
for programs, writes and imports go as they do without it, and leave nothing behind in a session."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from http.cookies import SimpleCookie
from urllib.parse import urlencode

import psycopg2
import pytest

from casebase.database_settings import IDLE_TIMEOUT, STATEMENT_TIMEOUT
from casebase.postgres import Server
from casebase.postgres.roles import WEB_ROLE
from tests import make
from tests.scaling.clients import begin_to_write, end
from tests.scaling.cluster import wait_for
from tests.scaling.pooler import PROGRAM, Pooler, limit_role, pooler
from tests.scaling.readers import publish
from tests.survival.databases import ask
from tests.survival.running import PATIENCE, ROOT, Answer, Site, ask_site, own_server
from tests.survival.test_killed import held_against

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(PROGRAM is None, reason="not installed: pgbouncer (make server-packages)"),
]
SHARED = 2
"""Connections to the server, for three processes of the site, a worker and its clock."""
FORM = "application/x-www-form-urlencoded"
OPEN = (
    "/", "/cases/", "/cases/?q=published&sort=relevance", "/cases/{case}/", "/cases/{case}/like/",
    "/cases/{case}/v/1/", "/cases/{case}/timeline.svg", "/cases/{case}/pack/",
    "/cases/results.csv", "/cases/feed/", "/cases/facets/?q=published", "/cases/compare/",
    "/references/", "/references/?q=alone", "/references/suggest/?q=alone",
    "/accounts/login/", "/healthz", "/api/docs/", "/api/v1/", "/api/v1/schema/", "/api/v1/cases/",
    "/api/v1/cases/?q=published", "/api/v1/cases/{case}/", "/api/v1/references/", "/api/v1/events/",
    "/api/v1/terms/",
)  # fmt: skip
SIGNED_IN = (
    "/", "/curation/", "/history/", "/cases/{case}/", "/cases/{case}/edit/", "/cases/new/",
    "/references/add/", "/references/imports/", "/references/duplicates/", "/admin/",
    "/admin/patients/case/", "/accounts/tokens/", "/accounts/roles/",
)  # fmt: skip
LEFT = """
    SELECT name, setting FROM pg_settings WHERE source = 'session'
    AND name NOT IN ('application_name', 'client_encoding', 'DateStyle', 'TimeZone',
        'standard_conforming_strings')
"""
"""What a session was told, but for what a pooler keeps for each of its clients."""


@pytest.fixture
def server() -> Iterator[Server]:
    with own_server() as made:
        yield made


@pytest.fixture
def between(server: Server) -> Iterator[Pooler]:
    with pooler(size=SHARED, wait=PATIENCE, casebase=server) as made:
        yield made


def test_it_does_not_start_where_statements_could_go_on_for_ever(
    server: Server, between: Pooler
) -> None:
    done = start(between)
    assert done.returncode == 1
    said = done.stderr.strip().splitlines()[-1]
    assert f"ALTER ROLE {WEB_ROLE} SET statement_timeout = '{STATEMENT_TIMEOUT}s'" in said
    assert "idle_in_transaction_session_timeout" in said
    limit_role(server, STATEMENT_TIMEOUT, IDLE_TIMEOUT)
    between.console("RECONNECT")
    wait_for(lambda: start(between).returncode == 0, "It does not start.")


def start(between: Pooler) -> subprocess.CompletedProcess[str]:
    told = settings_of(between) | {"DJANGO_SETTINGS_MODULE": "tests.survival.settings"}
    return subprocess.run(
        [sys.executable, "-c", "import casebase.wsgi"],
        cwd=ROOT, env={**os.environ, **told}, capture_output=True, text=True,
    )  # fmt: skip


def settings_of(between: Pooler) -> dict[str, str]:
    return {"DATABASE_URL": between.url("casebase"), "CASEBASE_POOLER": "1"}


def test_pages_programs_writes_and_imports(server: Server, between: Pooler) -> None:
    limit_role(server, STATEMENT_TIMEOUT, IDLE_TIMEOUT)
    site = Site(server, **settings_of(between))
    try:
        writers, told = begin_to_write(site)
        case = publish(site, told)
        for path in OPEN:
            answers(site, path.format(case=case))
        ask({"dsn": server.url()}, "UPDATE auth_user SET is_staff = true")
        cookie = signed_in(site)
        end(writers, case)
        for path in SIGNED_IN:
            answers(site, path.format(case=case), Cookie=cookie)
        site.bring_in_the_rest()
        (pool,) = [p for p in between.console("SHOW POOLS") if p["user"] == WEB_ROLE]
        assert pool["pool_mode"] == "transaction"
        sessions_are_as_they_began(between)
        site.end_forked()
        held_against(site.say("check"), writers)
    finally:
        site.end()


def answers(site: Site, path: str, **headers: str) -> Answer:
    answer = ask_site(site.port, "GET", path, **{"Content-Type": FORM, **headers})
    assert answer.status == 200, (path, answer.status, answer.body[:500])
    return answer


def signed_in(site: Site) -> str:
    """The cookies of an admin who came in by the form."""
    form = answers(site, "/accounts/login/")
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', form.body)
    assert token is not None
    sent = urlencode({
        "csrfmiddlewaretoken": token[1].decode(), "login": "survival-admin",
        "password": make.PASSWORD,
    }).encode()  # fmt: skip
    told = {"Content-Type": FORM, "Cookie": cookies_of(form)}
    done = ask_site(site.port, "POST", "/accounts/login/", sent, **told)
    assert done.status == 302, done.body
    return cookies_of(done)


def cookies_of(answer: Answer) -> str:
    found = SimpleCookie()
    for line in answer.cookies:
        found.load(line)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in found.items())


def sessions_are_as_they_began(between: Pooler) -> None:
    """Asked of every connection that the pooler has: transactions that are open at one time have
    different ones."""
    kept = [psycopg2.connect(between.url("casebase")) for _ in range(SHARED)]
    try:
        for each in kept:
            with each.cursor() as cursor:
                cursor.execute(LEFT)
                assert cursor.fetchall() == []
                cursor.execute("SELECT count(*) FROM pg_prepared_statements")
                assert cursor.fetchall() == [(0,)]
                cursor.execute("SELECT count(*) FROM pg_cursors WHERE is_holdable")
                assert cursor.fetchall() == [(0,)]
    finally:
        for each in kept:
            each.close()
