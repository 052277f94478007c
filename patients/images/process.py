"""Has an image read by a process of its own, which is ended when it takes too long.

What the process says is not trusted either: `patients.images.checking` looks at all of it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Timer
from typing import Any, BinaryIO, Final

from patients.images import checking
from patients.images.decoding.__main__ import ANSWER, ORDER
from patients.images.limits import MAX_FACTS, MAX_OUTPUT, PATIENCE, SECONDS, WAITING
from patients.images.model import Decoded
from patients.images.refusals import BROKEN, BUSY, BrokenError, BusyError, refuse_length, slow

ROOT: Final = Path(__file__).resolve().parents[2]
ENVIRONMENT: Final = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "LANG": "C.UTF-8"}
"""All that the process knows of where it runs: no secret, no address of a database."""
_turn = BoundedSemaphore(1)
_waiting = BoundedSemaphore(WAITING + 1)


def decode(data: bytes, *, frame: int | None = None, seconds: float = SECONDS) -> Decoded:
    """The picture in `data`, made anew; `frame`, from 1, where the file holds several.

    One at a time in a worker of the server; a few wait. Raises RefusedError and its kinds.
    """
    refuse_length(len(data))
    if not _waiting.acquire(blocking=False):
        raise BusyError(BUSY)
    try:
        if not _turn.acquire(timeout=PATIENCE):
            raise BusyError(BUSY)
        try:
            with Reader() as reader:
                return reader.read(data, frame=frame, seconds=seconds)
        finally:
            _turn.release()
    finally:
        _waiting.release()


@dataclass(slots=True)
class _Ended:
    by_time: bool = False


class Reader:
    """A process that reads one image after the other. After a BrokenError it may be gone: see
    `is_alive`."""

    def __init__(self) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-s", "-E", "-B", "-m", "patients.images.decoding"],
            cwd=ROOT,
            env=ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *error: Any) -> None:
        self._kill()
        self._child.communicate()

    @property
    def is_alive(self) -> bool:
        return self._child.poll() is None

    @property
    def pid(self) -> int:
        return self._child.pid

    def read(self, data: bytes, *, frame: int | None = None, seconds: float = SECONDS) -> Decoded:
        """Raises RefusedError and its kinds."""
        with self._watched(seconds) as ended:
            try:
                facts, large, small = self._ask(data, frame)
            except (OSError, EOFError):
                self._kill()  # whatever it was about to say
                self._child.wait()
                raise BrokenError(slow(seconds) if ended.by_time else BROKEN) from None
        return checking.checked(facts, large, small)

    def _ask(self, data: bytes, frame: int | None) -> tuple[bytes, bytes, bytes]:
        orders, answers = self._child.stdin, self._child.stdout
        if orders is None or answers is None:
            raise EOFError
        orders.write(ORDER.pack(frame or 0, len(data)))
        orders.write(data)
        orders.flush()
        lengths = ANSWER.unpack(_exactly(answers, ANSWER.size))
        if lengths[0] > MAX_FACTS or sum(lengths) > MAX_OUTPUT:
            raise EOFError
        said, large, small = (_exactly(answers, length) for length in lengths)
        return said, large, small

    @contextlib.contextmanager
    def _watched(self, seconds: float) -> Iterator[_Ended]:
        ended = _Ended()

        def end() -> None:
            ended.by_time = True
            self._kill()

        timer = Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            yield ended
        finally:
            timer.cancel()

    def _kill(self) -> None:
        if self._child.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._child.pid, signal.SIGKILL)


def _exactly(stream: BinaryIO | Any, length: int) -> bytes:
    found: bytes = stream.read(length)
    if len(found) != length:
        raise EOFError
    return found
