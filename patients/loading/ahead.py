"""What comes next, made in a thread while what came before is being used."""

from __future__ import annotations

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def ahead(make: Callable[[], T | None]) -> Generator[T]:
    """What `make` gives, until it gives None; it is always one ahead of what was asked for.

    Raises what `make` raises, in its place. Closing waits for what is being made.
    """
    with ThreadPoolExecutor(1, "ahead") as thread:
        waiting = thread.submit(make)
        while (made := waiting.result()) is not None:
            waiting = thread.submit(make)
            yield made
