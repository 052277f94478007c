"""Starts the demo as `make run` does, in a process of its own."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from casebase.postgres.server import DATABASE

ROOT = Path(__file__).parents[2]
START = (sys.executable, "-u", "-m", "casebase.demo_server", "--end-with-parent")
PATIENCE = 300
"""Seconds for a start. It takes five to thirty, but not on a machine that does other things."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(holds: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def was_spawned(process: psutil.Process) -> bool:
    """By Python's multiprocessing; not where it has just ended."""
    try:
        return "spawn_main" in " ".join(process.cmdline())
    except psutil.Error:
        return False


def has_port(process: psutil.Process) -> bool:
    return any(each.status == psutil.CONN_LISTEN for each in process.net_connections("tcp"))


class Demo:
    def __init__(self, folder: Path, port: int | None = None, **changes: str) -> None:
        self.folder = folder
        self.port = port or free_port()
        own = ("CASEBASE_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")
        inherited = {n: value for n, value in os.environ.items() if not n.startswith(own)}
        asked = {"PORT": str(self.port), "CASEBASE_DATA": str(folder), **changes}
        self.environment = inherited | asked
        self.output = folder.parent / f"{folder.name}.output"

    def start(self, command: tuple[str, ...] = START) -> None:
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=output, stderr=subprocess.STDOUT
            )

    def start_and_wait(self, command: tuple[str, ...] = START) -> None:
        self.start(command)
        up = wait_until(lambda: "Demo logins" in self.said() or self.ended(), PATIENCE)
        assert up, self.said()
        assert not self.ended(), self.said()

    def said(self) -> str:
        return self.output.read_text()

    def ended(self) -> bool:
        return self.process.poll() is not None

    def status(self, path: str = "/healthz") -> int:
        """0 where nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as got:
                return got.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def port_is_free(self) -> bool:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError:
                return False
            return True

    def processes(self) -> list[psutil.Process]:
        me = psutil.Process(self.process.pid)
        return [me, *me.children(recursive=True)]

    def database(self) -> psutil.Process:
        return next(p for p in self.processes() if p.name() == "postgres")

    def worker(self) -> psutil.Process:
        """The process that has the port and is not the main one."""
        return next(p for p in self._spawned() if has_port(p))

    def import_worker(self) -> psutil.Process:
        return next(p for p in self._spawned() if not has_port(p))

    def import_worker_again(self, old: psutil.Process) -> bool:
        """Whether another one follows `old`."""
        try:
            return self.import_worker().pid != old.pid
        except (StopIteration, psutil.Error):
            return False

    def _spawned(self) -> list[psutil.Process]:
        return [p for p in self.processes() if was_spawned(p)]

    def database_url(self) -> str:
        return f"host={self.folder / 'postgres'} user=postgres dbname={DATABASE}"


@contextlib.contextmanager
def demo(folder: Path, **changes: str) -> Iterator[Demo]:
    made = Demo(folder, **changes)
    try:
        yield made
    finally:
        if hasattr(made, "process") and not made.ended():
            family = made.processes()
            made.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                made.process.wait(15)
            for process in family:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
            made.process.wait()
        made.output.unlink(missing_ok=True)
