"""The site as `docs/operations.md` runs it: two processes of four threads, worker, PostgreSQL."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psutil
import psycopg2

from bench.reading.base import AS_OWNER, Made, base_of
from bench.reading.servers import DATA, ROOT, UNLIMITED, free_port, running

OWNER: Final = "CASEBASE_OWNER_DATABASE_URL"
THROTTLES: Final = {f"CASEBASE_THROTTLE_{what}": UNLIMITED for what in ("USER", "IMPORT", "LOGIN")}
"""All of it comes from one address and two users, whose rates would end the measuring."""
PREPARED: Final = 2_000
MOST: Final = 2_000
"""Cases and references that are asked for."""
SIGN_IN: Final = """
import json
from datetime import timedelta
from django.contrib.auth.models import Group, User
from casebase.accounts import tokens
told = {}
for role in ("researcher", "curator"):
    user, _ = User.objects.get_or_create(username=f"load-{role}", defaults={"is_active": True})
    user.groups.set(Group.objects.filter(name=role))
    tokens.of(user).delete()
    _, told[role] = tokens.make(by=user, name="load", scope="write", life=timedelta(days=2),
                                second_factor=True)
print(json.dumps(told))
"""


@dataclass(frozen=True, slots=True)
class Site:
    port: int
    processes: dict[str, psutil.Process]
    """By what they are: each with all that it has started."""
    tokens: dict[str, str]
    """By role."""
    cases: list[str]
    """Accessions of published cases."""
    references: list[str]
    events: list[str]
    """Public ids of events, for curators to change."""
    connection: Any


@contextmanager
def site_of(scale: int, folder: Path = DATA) -> Iterator[Site]:
    """Serves `scale` synthetic cases. What is made stays in `folder` for the next run."""
    with base_of(scale, folder, Made(min(scale, PREPARED), likeness=False)) as variables:
        variables = variables | THROTTLES
        port = free_port()
        with (
            closing(psycopg2.connect(variables[OWNER])) as connection,
            running(_web(port), port, variables) as web,
            _worker(variables) as worker,
        ):
            connection.autocommit = True
            postgres = psutil.Process(connection.info.backend_pid).parent()
            assert postgres is not None
            yield Site(
                port,
                {"site": psutil.Process(web.pid), "worker": worker, "PostgreSQL": postgres},
                _tokens(variables),
                _column(connection, "accession FROM patients_case WHERE status = 'published'"),
                _column(connection, "public_id FROM literature_reference"),
                _column(connection, "public_id FROM patients_event"),
                connection,
            )


def _web(port: int) -> list[str]:
    """As deploy/systemd/casebase-web.service starts it."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws",
        "--host", "127.0.0.1", "--port", str(port), "--workers", "2", "--blocking-threads", "4",
        "--respawn-failed-workers", "--workers-kill-timeout", "30", "--log-level", "warning",
        "casebase.wsgi:application",
    ]  # fmt: skip


@contextmanager
def _worker(variables: dict[str, str]) -> Iterator[psutil.Process]:
    command = [sys.executable, "manage.py", "work"]
    process = subprocess.Popen(command, cwd=ROOT, env=variables)
    try:
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


def _tokens(variables: dict[str, str]) -> dict[str, str]:
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", SIGN_IN]
    own = variables | AS_OWNER
    said = subprocess.run(command, cwd=ROOT, env=own, check=True, capture_output=True, text=True)
    told: dict[str, str] = json.loads(said.stdout)
    return told


def _column(connection: Any, what: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {what} ORDER BY md5(id::text) LIMIT %s", [MOST])
        return [row[0] for row in cursor.fetchall()]
