"""pgbouncer on loopback, which gives a connection to each transaction."""

from __future__ import annotations

import contextlib
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2

from casebase.postgres import Server
from casebase.postgres.roles import WEB_ROLE
from casebase.postgres.server import DATABASE, SUPERUSER
from casebase.processes import signalled_when_parent_dies
from tests.casebase.conftest import reachable_folder
from tests.casebase.demo import free_port
from tests.scaling.cluster import socket_of, wait_for
from tests.survival.databases import ask

PROGRAM = shutil.which("pgbouncer", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
CONFIGURATION = """
[databases]
{databases}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {folder}/users
admin_users = {superuser}
pool_mode = transaction
default_pool_size = {pool}
server_login_retry = 1
query_wait_timeout = {wait}
logfile = {folder}/log
"""


class Pooler:
    """`leads`: by the name of a database, the server to which it leads. `size`: connections that it
    keeps there; `wait`: seconds that a client waits for one."""

    def __init__(self, folder: Path, leads: dict[str, Server], size: int, wait: int) -> None:
        self.folder, self.leads, self.port = folder, leads, free_port()
        self.size, self.wait = size, wait

    def url(self, name: str) -> str:
        return f"postgres://{WEB_ROLE}@127.0.0.1:{self.port}/{name}"

    def lead(self, name: str, server: Server) -> None:
        """As an administrator switches over."""
        self.leads[name] = server
        self.write()
        self.console("RELOAD")

    def write(self) -> Path:
        databases = "\n".join(
            f"{name} = host={socket_of(server)} dbname={DATABASE}"
            for name, server in self.leads.items()
        )
        told = self.folder / "pgbouncer.ini"
        told.write_text(
            CONFIGURATION.format(
                databases=databases, port=self.port, folder=self.folder, superuser=SUPERUSER,
                pool=self.size, wait=self.wait,
            )
        )  # fmt: skip
        return told

    def console(self, command: str) -> list[dict[str, Any]]:
        with contextlib.closing(
            psycopg2.connect(host="127.0.0.1", port=self.port, user=SUPERUSER, dbname="pgbouncer")
        ) as made:
            made.autocommit = True
            with made.cursor() as cursor:
                cursor.execute(command)
                if cursor.description is None:
                    return []
                names = [column[0] for column in cursor.description]
                return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def answers(self) -> bool:
        with contextlib.suppress(psycopg2.OperationalError):
            return bool(self.console("SHOW VERSION"))
        return False


@contextlib.contextmanager
def pooler(*, size: int, wait: int, **leads: Server) -> Iterator[Pooler]:
    assert PROGRAM is not None
    home_of = next(iter(leads.values()))
    with reachable_folder() as folder:
        made = Pooler(folder, leads, size, wait)
        (folder / "users").write_text(f'"{SUPERUSER}" ""\n"{WEB_ROLE}" ""\n')
        (folder / "log").touch()
        made.write()
        for path in folder.iterdir():
            home_of.home.own(path)
        process = subprocess.Popen(
            [PROGRAM, str(folder / "pgbouncer.ini")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=signalled_when_parent_dies(signal.SIGKILL),
            **home_of._as_owner(folder),
        )
        try:
            wait_for(made.answers, "pgbouncer does not answer.")
            yield made
        finally:
            process.kill()
            process.wait()


def limit_role(server: Server, statement: int, idle: int) -> None:
    """What `docs/scaling.md` says to do before a pooler is used; both in seconds."""
    for name, seconds in (
        ("statement_timeout", statement),
        ("idle_in_transaction_session_timeout", idle),
    ):
        ask({"dsn": server.url()}, f"ALTER ROLE {WEB_ROLE} SET {name} = '{seconds}s'")
