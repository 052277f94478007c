from collections.abc import Iterator

import pytest

from patients.images.process import Reader

PATIENT = 60
"""Seconds: the machine may be busy, and how long reading may take is tested elsewhere."""


class Readers:
    """One process for many images; another one where it ended."""

    def __init__(self) -> None:
        self.reader = Reader()

    def __call__(self, data: bytes, frame: int | None = None, seconds: float = PATIENT):
        if not self.reader.is_alive:
            self.end()
            self.reader = Reader()
        return self.reader.read(data, frame=frame, seconds=seconds)

    def end(self) -> None:
        self.reader.__exit__()


@pytest.fixture(scope="session")
def read() -> Iterator[Readers]:
    readers = Readers()
    yield readers
    readers.end()
