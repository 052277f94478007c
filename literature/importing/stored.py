"""The bytes of an import: kept in the database, where they survive what files do not."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from literature.importers.limits import HEAD_BYTES, check_size
from literature.models import Import, ImportChunk

CHUNK = 1024 * 1024
IN_MEMORY = 2 * 1024 * 1024
"""More of it lies in a temporary file while it is read."""


def measure(source: BinaryIO) -> tuple[int, str, bytes]:
    """Size in bytes, SHA-256 and the first 64 KB; leaves `source` at its beginning.

    Raises UnreadableError where it is empty or too large.
    """
    check_size(source)
    digest, size, head = hashlib.sha256(), 0, b""
    while data := source.read(CHUNK):
        head = head or data[:HEAD_BYTES]
        digest.update(data)
        size += len(data)
    source.seek(0)
    return size, digest.hexdigest(), head


def keep(imported: Import, source: BinaryIO) -> None:
    source.seek(0)
    position = 0
    while data := source.read(CHUNK):
        ImportChunk.objects.create(imported=imported, position=position, data=data)
        position += 1


def original_bytes(imported: Import) -> Iterator[bytes]:
    """As they came, a megabyte at a time and a query each."""
    position = 0
    while True:
        chunk = imported.chunks.filter(position=position).first()
        if chunk is None:
            return
        yield bytes(chunk.data)
        position += 1


def open_bytes(imported: Import) -> BinaryIO:
    """A file of its bytes, at its beginning; the caller closes it."""
    file = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115
    for data in original_bytes(imported):
        file.write(data)
    file.seek(0)
    return file
