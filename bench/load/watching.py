"""The memory of each process, looked at while the load is on."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

import psutil

EVERY: Final = 5.0
"""Seconds."""
MEGABYTE: Final = 1024 * 1024


@dataclass(slots=True)
class Memory:
    """Megabytes by process, each time it was looked at."""

    looks: list[tuple[float, dict[str, float]]] = field(default_factory=list)
    """When, by the monotonic clock, and how much."""


@contextmanager
def watched(processes: dict[str, psutil.Process]) -> Iterator[Memory]:
    memory, is_over = Memory(), threading.Event()

    def watch() -> None:
        while True:
            memory.looks.append((time.monotonic(), used(processes)))
            if is_over.wait(EVERY):
                return

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield memory
    finally:
        is_over.set()
        thread.join()


def used(processes: dict[str, psutil.Process]) -> dict[str, float]:
    """What each server's process has: its children by number, those of PostgreSQL together, since
    they come and go."""
    found: dict[str, float] = {}
    for name, process in processes.items():
        with suppress(psutil.NoSuchProcess):
            children = sorted(process.children(recursive=True), key=lambda child: child.pid)
            if name == "PostgreSQL":
                found[name] = sum(map(_megabytes, [process, *children]))
                continue
            found[name] = _megabytes(process)
            for number, child in enumerate(children, 1):
                found[f"{name}, process {number}"] = _megabytes(child)
    return found


def _megabytes(process: psutil.Process) -> float:
    """Shared memory is counted in shares, where the system tells them."""
    try:
        told = process.memory_full_info()
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return 0.0
    return float(getattr(told, "pss", 0) or told.rss) / MEGABYTE
