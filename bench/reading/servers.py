"""What is compared, each behind a server of its own on this machine."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PATIENCE: Final = 120
"""Seconds for a start."""
SECRET: Final = "only for a benchmark, and long enough to pass the check of length"
DATA: Final = ROOT / ".casebase" / "bench"
"""What is made and installed for measuring stays here."""
UNLIMITED: Final = "100000000"
THROTTLED: Final = ("ANON", "PAGES", "SEARCH", "FILES")
ORIGIN: Final = "https://127.0.0.1"


@dataclass(frozen=True, slots=True)
class Running:
    port: int
    pid: int


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(owner: str, web: str) -> dict[str, str]:
    """Settings of production, behind a proxy that ends TLS, with no limit on how often one asks.
    The URLs are the owner's and that of the role that serves."""
    own = ("CASEBASE_", "DATABASE_URL", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    return kept | {
        "DATABASE_URL": web,
        "CASEBASE_OWNER_DATABASE_URL": owner,
        "DJANGO_SETTINGS_MODULE": "casebase.settings",
        "CASEBASE_SECRET_KEY": SECRET,
        "CASEBASE_HOSTS": "127.0.0.1",
        "CASEBASE_ORIGIN": ORIGIN,
        "CASEBASE_TLS_PROXY": "1",
        **{f"CASEBASE_THROTTLE_{what}": UNLIMITED for what in THROTTLED},
        "CASEBASE_LOG": os.devnull,
        "CASEBASE_DATA": str(DATA),
    }


@contextlib.contextmanager
def wsgi(target: str, variables: dict[str, str]) -> Iterator[Running]:
    """The application `target`, such as `casebase.wsgi:application`, behind granian."""
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(port), "--workers", "1", "--blocking-threads", "1", "--no-access-log",
        "--log-level", "error", target,
    ]  # fmt: skip
    with running(command, port, variables) as found:
        yield found


@contextlib.contextmanager
def running(
    command: list[str],
    port: int,
    variables: dict[str, str],
    folder: Path = ROOT,
    *,
    log: Path | None = None,
) -> Iterator[Running]:
    """Until the block ends. What it says goes to `log`, or is shown. Raises TimeoutError where
    nothing answers at `port`, and ChildProcessError where it ends."""
    with ExitStack() as stack:
        out = stack.enter_context(log.open("ab")) if log is not None else None
        process = subprocess.Popen(command, cwd=folder, env=variables, stdout=out, stderr=out)
    try:
        _wait_for(port, process)
        yield Running(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise ChildProcessError(f"{process.args} ended with {process.returncode}.")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError(f"Nothing answers at port {port}.")
