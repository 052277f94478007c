"""The objects of a JSON array one at a time, in bounded memory, good ones beside broken ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from literature.importers.blocks import TOO_LARGE
from literature.importers.decoding import sniff, utf8_chunks
from literature.importers.limits import (
    MAX_BYTES,
    MAX_DAMAGES,
    MAX_DEPTH,
    MAX_RECORD_BYTES,
    SAMPLE_BYTES,
    check_size,
)

_MARK = re.compile(r'["{}\[\]]')
_CLOSES = {"}": "{", "]": "["}
_STRING_END = re.compile(r'["\r\n\\]')
_RESUME = re.compile(r'\{\s{0,200}"(?:id|type|title|DOI|author|container-title|abstract|URL)"')
"""The beginning of an item rather than of a name or a date inside one."""
NOT_CLOSED = "the item is not closed: a bracket or a quotation mark is missing"
TOO_DAMAGED = "The file is damaged in too many places: the rest was not read."
TOO_DEEP = f"holds values nested more than {MAX_DEPTH} deep"


@dataclass(slots=True)
class Item:
    """The text of one object; with a reason it is not whole."""

    line: int
    text: str
    reason: str = ""


def json_items(source: BinaryIO) -> Iterator[Item]:
    """Every object that stands in the outermost array, or alone.

    Raises UnreadableError for an input that is empty or too large.
    """
    check_size(source)
    sample = source.read(SAMPLE_BYTES)
    source.seek(0)
    reader = _Reader()
    for chunk in _texts(utf8_chunks(source, sniff(sample))):
        yield from reader.feed(chunk)
        if reader.given_up:
            return
    yield from reader.close()


def _texts(chunks: Iterator[bytes]) -> Iterator[str]:
    # Half surrogates stay: the checks of the record name them.
    return (chunk.decode("utf-8", "surrogatepass") for chunk in chunks)


class _Reader:
    """Follows strings and brackets only; what is between them is for the JSON parser."""

    def __init__(self) -> None:
        self._text = ""
        self._at = 0  # how far the text was followed
        self._start = -1  # where the open item began
        self._open = ""  # the brackets that are open, the outermost first
        self._in_string = False
        self._line = 1
        self._newline = ""
        self._damages = 0
        self._again = 0  # characters that are followed a second time
        self._counted = 0  # how far lines were counted
        self.given_up = False

    def feed(self, chunk: str) -> Iterator[Item]:
        if not self._newline:
            self._newline = "\r" if "\r" in chunk and "\n" not in chunk else "\n"
        self._text += chunk
        yield from self._follow()
        if self._start >= 0 and self._at - self._start > MAX_RECORD_BYTES:
            yield from self._break_off(TOO_LARGE)
        self._forget(self._start if self._start >= 0 else self._at)

    def close(self) -> Iterator[Item]:
        while self._start >= 0 and not self.given_up:
            yield from self._break_off(NOT_CLOSED)
            yield from self._follow()

    def _follow(self) -> Iterator[Item]:
        while self._at < len(self._text) and not self.given_up:
            pattern = _STRING_END if self._in_string else _MARK
            match = pattern.search(self._text, self._at)
            if not match:
                self._at = len(self._text)
                return
            mark = match.group()
            if mark == "\\" and match.end() == len(self._text):
                self._at = match.start()
                return
            self._at = match.end()
            if self._in_string:
                # A string cannot go on in the next line: one that is not closed ends here, so that
                # it breaks its own item only.
                self._in_string = mark == "\\"
                self._at += mark == "\\"
            elif mark == '"':
                self._in_string = True
            else:
                yield from self._bracket(mark, match.start())

    def _bracket(self, mark: str, place: int) -> Iterator[Item]:
        if self._start < 0:
            if mark == "{":
                self._start, self._open = place, mark
            return
        if mark in _CLOSES:
            whole = self._open[-1] == _CLOSES[mark]
            self._open = self._open[:-1]
        else:
            whole = len(self._open) < MAX_DEPTH
            self._open += mark
        if not whole:
            yield from self._break_off(NOT_CLOSED if mark in _CLOSES else TOO_DEEP)
        elif not self._open:
            text = self._text[self._start : self._at]
            reason = TOO_LARGE if len(text) > MAX_RECORD_BYTES else ""
            yield Item(self._line_of(self._start), text, reason)
            self._close_item(self._at)

    def _close_item(self, at: int) -> None:
        self._start, self._open, self._in_string, self._at = -1, "", False, at

    def _break_off(self, reason: str) -> Iterator[Item]:
        """Gives the open item up, and goes on at what looks like the beginning of another."""
        start, followed = self._start, self._at
        again = _RESUME.search(self._text, start + 1)
        end = again.start() if again else len(self._text)
        yield Item(self._line_of(start), self._text[start:end], reason)
        self._damages += 1
        self._again += followed - end
        self.given_up = self._damages >= MAX_DAMAGES or self._again > MAX_BYTES
        if self.given_up:
            yield Item(self._line_of(end), "", TOO_DAMAGED)
        self._close_item(end)

    def _line_of(self, place: int) -> int:
        """The line of a place; places are asked for in their order."""
        self._line += self._text.count(self._newline, self._counted, place)
        self._counted = max(place, self._counted)
        return self._line

    def _forget(self, before: int) -> None:
        self._line_of(before)
        self._text = self._text[before:]
        self._at -= before
        self._counted -= before
        if self._start >= 0:
            self._start -= before
