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
        self._be_there()
        return self.reader.read(data, frame=frame, seconds=seconds)

    @property
    def pid(self) -> int:
        """Of the process that reads the next image."""
        self._be_there()
        return self.reader.pid

    def _be_there(self) -> None:
        if not self.reader.is_alive:
            self.end()
            self.reader = Reader()

    def end(self) -> None:
        self.reader.__exit__()


@pytest.fixture(scope="session")
def read() -> Iterator[Readers]:
    readers = Readers()
    yield readers
    readers.end()
