"""XML read as a stream: the records of a file one at a time, in bounded memory.

Expat is driven by hand. Entities that a file declares itself are refused (a small file can unfold
into gigabytes, or read other files), nothing outside is ever fetched, and depth and size are
capped. The named characters of HTML (`&eacute;`) are known without the DTD that a PubMed or JATS
file points to. Where a file is damaged, reading goes on at the next record.
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from xml.parsers import expat

from literature.importers.blocks import TOO_LARGE
from literature.importers.decoding import utf8_chunks, xml_encoding
from literature.importers.limits import (
    MAX_DAMAGES,
    MAX_DEPTH,
    MAX_ORIGINAL_SHOWN,
    MAX_RECORD_BYTES,
    MAX_RECORD_PARTS,
    SAMPLE_BYTES,
    check_size,
)
from literature.importers.model import UnreadableError
from literature.importers.xml_node import Node

MAX_DIFFERENT_NAMES = 5_000
"""Of elements and attributes: the parser keeps each of them."""
_RESUMED = b"<resumed>"


@dataclass(slots=True)
class Piece:
    """One record: its tree, or why there is none; `around` are the attributes of the elements
    that it stood in, the outermost first, with their tags."""

    line: int
    original: str
    node: Node | None
    around: tuple[tuple[str, dict[str, str]], ...] = ()
    reason: str = ""


class _DamagedError(Exception):
    """The record that is being read breaks a limit."""


def pieces(
    source: BinaryIO, wanted: frozenset[str], skipped: frozenset[str] = frozenset()
) -> Iterator[Piece]:
    """The elements named in `wanted`, without what is inside elements named in `skipped`.

    Names are local ones: a prefix is left off. Raises UnreadableError for an input that is empty,
    too large, or declares entities.
    """
    check_size(source)
    sample = source.read(SAMPLE_BYTES)
    source.seek(0)
    reader = _Reader(wanted, skipped)
    for chunk in utf8_chunks(source, xml_encoding(sample)):
        yield from reader.feed(chunk)
        if reader.given_up:
            return
    yield from reader.close()


class _Reader:
    def __init__(self, wanted: frozenset[str], skipped: frozenset[str]) -> None:
        self._wanted, self._skipped = wanted, skipped
        names = b"|".join(sorted(name.encode() for name in wanted))
        self._start = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:" + names + rb")[\s>/]")
        self._buffer = bytearray()
        self._base = 0  # offset in the input of the buffer's first byte
        self._line = 1  # line of the input that the parser began at
        self._damages = 0
        self._lost = False
        self.given_up = False
        self._done: list[Piece] = []
        self._begin(0)

    # --- one parser: from the beginning, or from a record after damage

    def _begin(self, at: int, resumed: bool = False) -> None:
        self._parser = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.UseForeignDTD(True)
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
        parser.ExternalEntityRefHandler = self._outside
        parser.EntityDeclHandler = _refuse_entity
        parser.SkippedEntityHandler = self._entity
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self._text
        self._path: list[tuple[str, dict[str, str]]] = []
        self._stack: list[Node] = []
        self._skipping = 0
        self._from = 0  # offset of the open record
        self._from_line = 0
        self._elements = 0
        self._origin = at
        if resumed:
            self._origin -= len(_RESUMED)
            parser.Parse(_RESUMED, False)
        self._resumed = resumed

    def feed(self, chunk: bytes) -> Iterator[Piece]:
        self._buffer += chunk
        data = chunk
        while data and not self.given_up:
            if self._lost:
                found = self._start.search(self._buffer)
                if not found:
                    self._forget(self._base + max(0, len(self._buffer) - 60))
                    return
                self._forget(self._base + found.start())
                self._begin(self._base, resumed=True)
                self._lost = False
                data = bytes(self._buffer)
            try:
                self._parser.Parse(data, False)
                data = b""
                self._check_size()
            except (expat.ExpatError, _DamagedError) as error:
                self._break_off(error)
            yield from self._take()
        if not self._lost:
            self._forget(self._from if self._stack else self._origin + self._at())

    def close(self) -> Iterator[Piece]:
        if self._lost:
            return
        try:
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            if self._stack or not self._resumed:
                self._break_off(error)
        yield from self._take()

    def _take(self) -> Iterator[Piece]:
        done, self._done = self._done, []
        yield from done

    def _at(self) -> int:
        return max(0, self._parser.CurrentByteIndex)

    def _forget(self, before: int) -> None:
        """Drops what lies before an offset, and counts its lines."""
        count = max(0, before - self._base)
        if self._lost:
            self._line += self._buffer.count(b"\n", 0, count)
        del self._buffer[:count]
        self._base += count

    def _check_size(self) -> None:
        if len(self._parser.intern) > MAX_DIFFERENT_NAMES:
            raise UnreadableError("The file has too many different elements to be literature.")
        if self._stack and self._base + len(self._buffer) - self._from > MAX_RECORD_BYTES:
            raise _DamagedError(TOO_LARGE)

    def _break_off(self, error: Exception) -> None:
        """Says what is broken, and leaves the buffer at the place from which to search on."""
        line = self._line + self._parser.CurrentLineNumber - 1
        if isinstance(error, expat.ExpatError):
            line = self._line + error.lineno - 1
            reason = f"the XML breaks off in line {line}: {expat.ErrorString(error.code)}"
        else:
            reason = str(error)
        at = self._origin + max(self._at(), 0)
        if self._stack:
            shown = self._slice(self._from, min(at, self._from + MAX_ORIGINAL_SHOWN))
            self._done.append(Piece(self._from_line, shown, None, reason=reason))
            at = max(at, self._from + 1)
        elif not self._resumed:
            shown = self._slice(at, at + 200)
            self._done.append(Piece(line, shown, None, reason=reason))
        self._damages += 1
        self.given_up = self._damages >= MAX_DAMAGES
        if self.given_up:
            reason = f"The file is damaged in {MAX_DAMAGES:,} places: the rest was not read."
            self._done.append(Piece(line, "", None, reason=reason))
        del self._buffer[: max(0, at - self._base)]
        self._base = max(self._base, at)
        self._line = line  # from here on that of the buffer's first byte
        self._lost = True

    def _slice(self, start: int, end: int) -> str:
        raw = self._buffer[max(0, start - self._base) : max(0, end - self._base)]
        return raw.decode("utf-8", "replace")

    # --- what the parser calls

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if len(self._path) + len(self._stack) + self._skipping >= MAX_DEPTH:
            raise _DamagedError(f"has elements nested more than {MAX_DEPTH} deep")
        if self._skipping:
            self._skipping += 1
        elif self._stack:
            if tag in self._skipped:
                self._skipping = 1
                return
            self._elements += 1
            if self._elements > MAX_RECORD_PARTS:
                raise _DamagedError(f"has more than {MAX_RECORD_PARTS:,} elements")
            node = Node(tag, attributes)
            self._stack[-1].parts.append(node)
            self._stack.append(node)
        elif tag in self._wanted:
            self._stack.append(Node(tag, attributes))
            self._from = self._origin + self._at()
            self._from_line = self._line + self._parser.CurrentLineNumber - 1
            self._elements = 0
        elif tag in self._skipped:
            self._skipping = 1
        else:
            self._path.append((tag, attributes))

    def _close(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        if not self._stack:
            if self._path:
                self._path.pop()
            return
        node = self._stack.pop()
        if self._stack:
            return
        end = self._buffer.find(b">", self._origin + self._at() - self._base) + 1
        end += self._base
        if end - self._from > MAX_RECORD_BYTES:
            shown = self._slice(self._from, self._from + MAX_ORIGINAL_SHOWN)
            self._done.append(Piece(self._from_line, shown, None, reason=TOO_LARGE))
        else:
            original = self._slice(self._from, end)
            self._done.append(Piece(self._from_line, original, node, tuple(self._path)))

    def _text(self, text: str) -> None:
        if self._stack and not self._skipping:
            self._stack[-1].parts.append(text)

    def _outside(self, context: str | None, *_: object) -> int:
        """Stands in for the DTD, with nothing in it: characters it would name are then skipped,
        and `_entity` knows them."""
        self._parser.ExternalEntityParserCreate(context).Parse(b"", True)
        return 1

    def _entity(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            self._text(html.entities.html5.get(f"{name};", f"&{name};"))


def _refuse_entity(name: str, *_: object) -> None:
    raise UnreadableError(
        f"The file declares an entity of its own (“{name[:40]}”), which is not read: such files"
        " can unfold without end or reach for other files. Save it without its entities."
    )
