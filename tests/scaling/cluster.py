"""A primary and a hot standby by PostgreSQL's own streaming replication."""

from __future__ import annotations

import contextlib
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil

from casebase.postgres import Server
from casebase.postgres.server import SUPERUSER
from tests.casebase.conftest import reachable_folder
from tests.survival.databases import ask
from tests.survival.running import PATIENCE, own_server


class Standby(Server):
    """Of `primary`, which runs. What is written is the system's, as with `own_server`."""

    def __init__(self, folder: Path, primary: Server) -> None:
        super().__init__(folder, durable=True, say=lambda line: None)
        self.settings = self.settings | {"fsync": "off"}
        self.primary = primary

    def _initialise(self) -> None:
        home = self.home
        if (home.data / "PG_VERSION").exists():
            return
        home.data.mkdir(mode=0o700)
        home.own(home.data)
        command = [str(home.programs / "pg_basebackup"), "--pgdata", str(home.data),
                   "--host", socket_of(self.primary), "--username", SUPERUSER,
                   "--write-recovery-conf", "--checkpoint=fast", "--no-sync"]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, **self._as_owner(home.data))
        assert done.returncode == 0, done.stderr
        for path in home.data.glob(".s.PGSQL.*"):  # the primary's socket lies in its folder
            path.unlink()


def socket_of(server: Server) -> str:
    return server._socket_folder


class Cluster:
    def __init__(self, primary: Server, standby: Standby) -> None:
        self.primary, self.standby = primary, standby

    def ask_primary(self, statement: str, *values: Any) -> list[Any]:
        return ask({"dsn": self.primary.url()}, statement, *values)

    def ask_standby(self, statement: str, *values: Any) -> list[Any]:
        return ask({"dsn": self.standby.url()}, statement, *values)

    def wait_for_commits_on_both(self) -> None:
        """From now on nothing is acknowledged that the standby has not written down."""
        self.ask_primary("ALTER SYSTEM SET synchronous_standby_names = '*'")
        self.ask_primary("SELECT pg_reload_conf()")
        state = "SELECT sync_state FROM pg_stat_replication"
        wait_for(lambda: self.ask_primary(state) == [("sync",)], "The standby is not waited for.")

    def pause(self) -> None:
        self.ask_standby("SELECT pg_wal_replay_pause()")
        state = "SELECT pg_get_wal_replay_pause_state()"
        wait_for(lambda: self.ask_standby(state) == [("paused",)], "The standby goes on.")

    def resume(self) -> None:
        self.ask_standby("SELECT pg_wal_replay_resume()")

    def kill_primary(self) -> None:
        """As a machine dies: all of its processes at one moment."""
        process = self.primary.process
        assert process is not None
        family = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        for each in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()
        process.wait()
        psutil.wait_procs(family, timeout=PATIENCE)

    def promote(self) -> None:
        assert self.ask_standby("SELECT pg_promote(true, %s)", PATIENCE) == [(True,)]


def wait_for(happens: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.05)


@contextlib.contextmanager
def cluster() -> Iterator[Cluster]:
    with own_server() as primary, reachable_folder() as folder:
        standby = Standby(folder, primary)
        try:
            standby.start()
            yield Cluster(primary, standby)
        finally:
            standby.stop()
