"""Line-based formats: an input cut into the texts of its records, each decoded on its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from literature.importers.decoding import UTF8, Lines, decode
from literature.importers.limits import (
    MAX_ENTRIES,
    MAX_ORIGINAL_SHOWN,
    MAX_RECORD_BYTES,
    MAX_RECORD_PARTS,
    check_size,
)
from literature.importers.model import Entry, Problem, UnreadableError

TOO_LARGE = (
    f"is larger than {MAX_RECORD_BYTES // 1_000_000} MB or {MAX_RECORD_PARTS:,} lines and was not"
    " read"
)
TOO_MANY = "The file has more than {:,} records: those from here on were not read."


@dataclass(slots=True)
class Block:
    """The text of one record. `encoding` is set where it is not the one of the file."""

    line: int
    text: str
    encoding: str = ""
    too_large: bool = False


@dataclass(slots=True)
class _Open:
    line: int = 0
    size: int = 0
    kept: list[bytes] = field(default_factory=list)

    def add(self, number: int, line: bytes) -> None:
        if not self.kept:
            self.line = number
        self.size += len(line)
        if not self.kept or not self.too_large:
            self.kept.append(line)

    @property
    def too_large(self) -> bool:
        return self.size > MAX_RECORD_BYTES or len(self.kept) > MAX_RECORD_PARTS


def blocks(
    source: BinaryIO, starts: Callable[[bytes], object], ends: Callable[[bytes], object]
) -> Iterator[Block]:
    """Cuts before every line that starts a record and after every one that ends it.

    What stands between records comes as a block too, except empty lines. Raises UnreadableError
    for an input that is empty or too large.
    """
    check_size(source)
    lines = Lines(source)
    current = _Open()
    for number, line in lines:
        if current.kept and starts(line):
            yield from _closed(current, lines)
            current = _Open()
        if current.kept or line.strip():
            current.add(number, line)
        if ends(line):
            yield from _closed(current, lines)
            current = _Open()
    yield from _closed(current, lines)


def _closed(block: _Open, lines: Lines) -> Iterator[Block]:
    raw = b"".join(block.kept)
    if block.too_large:
        shown, _ = decode(raw[:MAX_ORIGINAL_SHOWN], lines.wide)
        yield Block(block.line, shown, too_large=True)
    elif raw.strip():
        text, encoding = decode(raw, lines.wide)
        main = UTF8 if lines.wide else lines.encoding
        strange = encoding != main and not raw.isascii()
        yield Block(block.line, text, encoding if strange else "")


def numbered(entries: Iterator[Entry], most: int = MAX_ENTRIES) -> Iterator[Entry]:
    """The entries with their positions, up to the limit of one input.

    Raises UnreadableError where there is none.
    """
    position = 0
    for position, entry in enumerate(entries, 1):
        if position > most:
            yield Entry(
                position, entry.line, {}, entry.original, (Problem("", TOO_MANY.format(most)),)
            )
            return
        yield at(entry, position)
    if not position:
        raise UnreadableError("No record was found in this file.")


def at(entry: Entry, position: int) -> Entry:
    if entry.position == position:
        return entry
    return Entry(
        position, entry.line, entry.csl, entry.original, entry.problems, entry.confidence,
        entry.number, entry.texts,
    )  # fmt: skip
