"""What one input may cost: processor time and memory, whatever else the machine does.

Time is that of this process's own work, so a busy machine changes nothing. Memory is the most that
was in use above what was in use before; where the system does not tell (outside Linux), only time
is looked at. A limit of the system stands above that, so that an input without bounds ends itself
and not the machine.
"""

from __future__ import annotations

import resource
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

SECONDS = 2.0
MEGABYTES = 256
ENDED_AT = 2_000
"""Megabytes more than before, at which the system refuses."""
_TELLS = Path("/proc/self/status").exists() and Path("/proc/self/clear_refs").exists()
_MEGABYTE = 1024 * 1024


class _Over(BaseException):
    """Not an Exception, or whoever answers those with a page would answer it with one."""


@contextmanager
def bounded(what: object, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> Iterator[None]:
    """Raises AssertionError with `what` where what is inside takes more. For the main thread."""

    def end(*_: Any) -> None:
        raise _Over

    before = _memory("VmRSS")
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    previous = signal.signal(signal.SIGPROF, end)
    began = time.process_time()
    try:
        if _TELLS:
            _count_anew()
            allowed = (_memory("VmData") + ENDED_AT) * _MEGABYTE
            resource.setrlimit(resource.RLIMIT_DATA, (allowed, hard))
        signal.setitimer(signal.ITIMER_PROF, seconds)
        yield
    except (_Over, MemoryError) as error:
        raise AssertionError(f"{type(error).__name__}: {what}") from error
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
    taken, grown = time.process_time() - began, _memory("VmHWM") - before
    assert taken <= seconds, f"{taken:.1f} seconds: {what}"
    assert grown <= megabytes, f"{grown} MB: {what}"


@contextmanager
def bounded_in(pid: int, what: object) -> Iterator[None]:
    """The same of what another process does meanwhile. One that ended by its own limits did no
    harm."""
    process = psutil.Process(pid)
    began, before = sum(process.cpu_times()[:2]), _memory("VmRSS", pid)
    _count_anew(pid)
    try:
        yield
    finally:
        with suppress(psutil.NoSuchProcess):
            taken, most = sum(process.cpu_times()[:2]) - began, _memory("VmHWM", pid)
            assert taken <= SECONDS, f"{taken:.1f} seconds: {what}"
            assert most - before <= MEGABYTES, f"{most - before} MB: {what}"


def _count_anew(pid: int | str = "self") -> None:
    """From here on, the most that was in use."""
    if _TELLS:
        Path(f"/proc/{pid}/clear_refs").write_text("5")


def _memory(name: str, pid: int | str = "self") -> int:
    """Megabytes, as the system tells them of a process; 0 where it does not."""
    if not _TELLS:
        return 0
    told = Path(f"/proc/{pid}/status").read_text()
    _, found, rest = told.partition(f"{name}:")
    return int(rest.partition("kB")[0]) // 1024 if found else 0
