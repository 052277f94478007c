"""A Debian server to throw away: this machine once more, in namespaces of its own, with systemd.

What is written there lies in memory and goes with it. Nothing of this machine but its installed
packages is used: it has other processes, another network and other mounts, so its ports are the
real ones (80, 443, 5432). It takes root and a kernel that lets root make namespaces.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

HERE = Path(__file__).parent
CLONE_NEWNET = 0x40000000
"""From Linux's sched.h."""
NAMESPACES = ("--mount", "--net", "--pid", "--uts", "--ipc", "--cgroup")
PROGRAMS = (
    "nginx",
    "pg_createcluster",
    "logrotate",
    "openssl",
    "curl",
    "nsenter",
    "/lib/systemd/systemd",
)
ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LANG": "C.UTF-8",
    "TERM": "dumb",
    "DEBIAN_FRONTEND": "noninteractive",
}
BOOTS_WITHIN = 120
A_SCRIPT_TAKES = 300
"""Seconds at most, on a machine that does other things as well."""


def what_is_missing() -> str:
    """Why no such machine can be made here; empty where it can."""
    if os.geteuid() != 0:
        return "only root can make namespaces with accounts of their own"
    missing = [name for name in PROGRAMS if not shutil.which(name)]
    if missing:
        return f"not installed: {', '.join(missing)} (make server-packages)"
    tried = subprocess.run(["unshare", *NAMESPACES, "--fork", "true"], capture_output=True)
    return "" if tried.returncode == 0 else "the kernel lets nobody make namespaces here"


class FailedError(AssertionError):
    """A script ended with another code than 0."""


class Machine:
    """`pid` is that of its systemd, seen from here."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.root = Path(f"/proc/{pid}/root")

    def run(self, script: str, typed: tuple[str, ...] = (), seconds: int = A_SCRIPT_TAKES) -> str:
        """What `script` prints, as root's bash; `set -eu` holds. Where something is `typed`, it is
        a terminal's, each line after a question that ends with a colon. Raises FailedError."""
        command = ["nsenter", "--target", str(self.pid), "--all", "--root",
                   "env", "--chdir=/root", "--ignore-environment",
                   *(f"{n}={v}" for n, v in ENVIRONMENT.items()),
                   "bash", "-euo", "pipefail", "-c", script]  # fmt: skip
        if typed:
            code, said = _on_a_terminal(command, typed, seconds)
        else:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, timeout=seconds,
            )  # fmt: skip
            code, said = done.returncode, done.stdout.decode(errors="replace")
        if code:
            raise FailedError(f"{script}\n\nended with {code}:\n{said}")
        return said

    def socket(self) -> socket.socket:
        """One of its network, not yet connected: a socket belongs to the network of the thread that
        made it, for ever."""
        made: list[socket.socket] = []
        thread = threading.Thread(target=lambda: made.append(self._socket()))
        thread.start()
        thread.join()
        return made[0]

    def _socket(self) -> socket.socket:
        libc = ctypes.CDLL(None, use_errno=True)
        with open(f"/proc/{self.pid}/ns/net") as network:
            if libc.setns(network.fileno(), CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "setns")
        return socket.socket()


def _on_a_terminal(command: list[str], typed: tuple[str, ...], seconds: int) -> tuple[int, str]:
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        ["setsid", "--ctty", "--wait", *command], stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    said, waiting, deadline = b"", list(typed), time.monotonic() + seconds
    answered = 0
    while time.monotonic() < deadline:
        if not select.select([ours], [], [], 0.2)[0]:
            if waiting and said[answered:].rstrip().endswith(b":"):
                answered = len(said)
                os.write(ours, waiting.pop(0).encode() + b"\n")
            continue
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        said += part
    os.close(ours)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(10)
    process.kill()
    return process.wait(), said.decode(errors="replace")


@contextlib.contextmanager
def booted(seed: Callable[[Path], None], packages: Path) -> Iterator[Machine]:
    """`seed` fills a folder that is laid over the root before it starts."""
    folder = Path(tempfile.mkdtemp(prefix="casebase-machine-"))
    try:
        for name in ("seed", "disk", "root"):
            (folder / name).mkdir()
        seed(folder / "seed")
        with _cgroup(folder.name) as groups, _started(folder, groups, packages) as machine:
            yield machine
    finally:
        shutil.rmtree(folder)


@contextlib.contextmanager
def _started(folder: Path, groups: list[Path], packages: Path) -> Iterator[Machine]:
    joined = "".join(f"echo $$ > {group}/cgroup.procs; " for group in groups)
    with (folder / "boot.log").open("wb") as log:
        # `exec`, so that one kill ends them all.
        started = subprocess.Popen(
            ["bash", "-c", f'{joined}exec unshare "$@"', "-", *NAMESPACES, "--fork", "--kill-child",
             "bash", str(HERE / "boot.sh"), str(folder), str(packages)],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        yield _when_up(started, folder / "boot.log")
    finally:
        _end(started)


def _when_up(started: subprocess.Popen[bytes], log: Path) -> Machine:
    deadline = time.monotonic() + BOOTS_WITHIN
    while time.monotonic() < deadline:
        if started.poll() is not None:
            raise RuntimeError(f"The machine did not start:\n{log.read_text()}")
        time.sleep(0.2)
        for child in psutil.Process(started.pid).children():
            if child.name() != "systemd":
                continue
            machine = Machine(child.pid)
            with contextlib.suppress(FailedError):
                machine.run("systemctl is-system-running --wait | grep -E 'running|degraded'")
                return machine
    raise RuntimeError(f"The machine did not start in time:\n{log.read_text()}")


def _end(started: subprocess.Popen[bytes]) -> None:
    """With `--kill-child` its systemd goes too, and with that one everything in it."""
    family = psutil.Process(started.pid).children(recursive=True)
    started.send_signal(signal.SIGKILL)
    started.wait()
    psutil.wait_procs(family, timeout=30)


@contextlib.contextmanager
def _cgroup(name: str) -> Iterator[list[Path]]:
    """Groups of its own, so that its systemd meets none of this machine's."""
    root = Path("/sys/fs/cgroup")
    parents = [root] if (root / "cgroup.controllers").exists() else sorted(root.iterdir())
    # A new group of `cpuset` takes nobody in before it is told its processors.
    groups = [p / name for p in parents if not p.is_symlink() and p.name != "cpuset"]
    for group in groups:
        group.mkdir()
    try:
        yield groups
    finally:
        for group in groups:
            for path in sorted(group.rglob("*"), reverse=True):
                if path.is_dir():
                    with contextlib.suppress(OSError):
                        path.rmdir()
            with contextlib.suppress(OSError):
                group.rmdir()


def running_packages() -> Path:
    import django

    return Path(django.__file__).parents[1]


def minor_version() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"
