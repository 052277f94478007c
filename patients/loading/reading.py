"""The lines of a file, plain or compressed, or of standard input. Nothing is read whole."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, cast

MAX_LINE: Final = 2_000_000
"""Bytes. The longest case of the demo has about 60,000."""
_GZIP: Final = b"\x1f\x8b"
_MARK: Final = b"\xef\xbb\xbf"
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")


class UnreadableError(Exception):
    """A file that cannot be read on, in a sentence."""


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    """From 1, as an editor counts them."""
    data: bytes
    """Without its end; empty where the line is longer than `MAX_LINE`."""
    length: int
    """Bytes with its end."""
    digest: str
    """SHA-256 of the file up to here."""


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file as it is. Raises UnreadableError."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise UnreadableError(f"{path}: {error.strerror or error}") from error
    with file:
        yield file


def decompressed(file: BinaryIO) -> BinaryIO:
    """`file`, or what is in it where it is gzip by its first bytes; it must be buffered."""
    return cast(BinaryIO, gzip.GzipFile(fileobj=file, mode="rb")) if is_compressed(file) else file


def is_compressed(file: BinaryIO) -> bool:
    peek = getattr(file, "peek", None)
    return peek is not None and bool(peek(2)[:2] == _GZIP)


def lines_of(file: BinaryIO) -> Iterator[Line]:
    """Every line, empty ones too. Raises UnreadableError where the file breaks off or is not
    UTF-8 text by its first bytes."""
    digest, number = hashlib.sha256(), 0
    while True:
        data, length = _next(file, number + 1, digest)
        if not length:
            return
        number += 1
        if number == 1:
            if data.startswith(_WIDE):
                raise UnreadableError("The file is UTF-16. Save it as UTF-8.")
            data = data.removeprefix(_MARK)
        yield Line(number, data, length, digest.copy().hexdigest())


def _next(file: BinaryIO, number: int, digest: hashlib._Hash) -> tuple[bytes, int]:
    """The next line and its length. Of a line that is too long nothing is kept."""
    data = _read(file, number)
    digest.update(data)
    if len(data) <= MAX_LINE or data.endswith(b"\n"):
        return (data.rstrip(b"\r\n"), len(data))
    length, rest = len(data), data
    while rest and not rest.endswith(b"\n"):
        rest = _read(file, number)
        digest.update(rest)
        length += len(rest)
    return b"", length


def _read(file: BinaryIO, number: int) -> bytes:
    try:
        return file.readline(MAX_LINE + 1)
    except (EOFError, zlib.error, OSError) as error:
        raise UnreadableError(
            f"The file cannot be read beyond line {number - 1}: it breaks off or is damaged."
        ) from error
