"""The same PDF in the same bytes: its objects numbered and its resources sorted in one order.

The converter numbers a PDF's fonts as it likes, so that one figure gave another file each time.
Only what svg2pdf writes is understood: plain objects of generation 0 and a table of their places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby, pairwise
from typing import Final

_TAIL: Final = re.compile(rb"trailer\n(.*)\nstartxref\n(\d+)\n%%EOF\s*\Z", re.DOTALL)
_TABLE: Final = re.compile(rb"xref\n0 (\d+)\s+((?:\d{10} \d{5} [fn]\s{1,2})+)\Z")
_IN_USE: Final = re.compile(rb"(\d{10}) 00000 n")
_OBJECT: Final = re.compile(rb"(\d+) 0 obj\n")
_END: Final = b"\nendobj"
_REFERENCE: Final = re.compile(rb"\b(\d+) 0 R\b")
_ENTRY: Final = re.compile(rb"\s*/\S+ \d+ 0 R\Z")
_STREAM: Final = b"\nstream\n"


class UnknownPdfError(ValueError):
    """It is not written as svg2pdf writes a PDF."""


def repeatable(pdf: bytes) -> bytes:
    """`pdf` with its objects in the order in which they are reached from its root.

    Raises UnknownPdfError.
    """
    tail = _TAIL.search(pdf[pdf.rfind(b"trailer\n") :])
    if tail is None:
        raise UnknownPdfError("It has no trailer.")
    trailer, start = tail[1], int(tail[2])
    offsets = _offsets(pdf[start : pdf.rfind(b"trailer\n")])
    objects = dict(_object(pdf[at:end]) for at, end in pairwise([*offsets, start]))
    order = list(dict.fromkeys(_reached(trailer, objects)))
    return _written(pdf[: offsets[0]], [objects[number] for number in order], trailer, order)


def _offsets(table: bytes) -> list[int]:
    found = _TABLE.fullmatch(table)
    offsets = sorted(int(offset) for offset in _IN_USE.findall(table))
    if found is None or len(offsets) != int(found[1]) - 1 or not offsets:
        raise UnknownPdfError("Its table is not plain.")
    return offsets


def _object(part: bytes) -> tuple[int, tuple[bytes, bytes]]:
    """The number of an object, its value, and the stream that follows it, byte for byte."""
    head, end = _OBJECT.match(part), part.rfind(_END)
    if head is None or end < 0:
        raise UnknownPdfError("An object does not stand where the table says.")
    words, mark, stream = part[head.end() : end].partition(_STREAM)
    return int(head[1]), (_sorted_entries(words), mark + stream)


def _sorted_entries(words: bytes) -> bytes:
    """Neighbouring lines that each name one object, such as the fonts of a page, sorted by name."""
    lines: list[bytes] = []
    for is_entry, run in groupby(words.split(b"\n"), lambda line: bool(_ENTRY.match(line))):
        found = list(run)
        lines += sorted(found) if is_entry else found
    return b"\n".join(lines)


def _reached(trailer: bytes, objects: Mapping[int, tuple[bytes, bytes]]) -> Iterator[int]:
    """Numbers, each as often as it is named, in depth."""
    seen: set[int] = set()
    waiting = _named(trailer)[::-1]
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        if number not in objects:
            raise UnknownPdfError(f"It names an object {number} that is not there.")
        seen.add(number)
        yield number
        waiting += _named(objects[number][0])[::-1]


def _named(words: bytes) -> list[int]:
    return [int(number) for number in _REFERENCE.findall(words)]


def _written(
    head: bytes, objects: list[tuple[bytes, bytes]], trailer: bytes, order: list[int]
) -> bytes:
    new = {number: place for place, number in enumerate(order, 1)}

    def renumbered(words: bytes) -> bytes:
        return _REFERENCE.sub(lambda found: b"%d 0 R" % new[int(found[1])], words)

    made, offsets = bytearray(head), []
    for place, (words, stream) in enumerate(objects, 1):
        offsets.append(len(made))
        made += b"%d 0 obj\n" % place + renumbered(words) + stream + b"\nendobj\n\n"
    start, size = len(made), len(objects) + 1
    made += b"xref\n0 %d\n0000000000 65535 f\r\n" % size
    made += b"".join(b"%010d 00000 n\r\n" % offset for offset in offsets)
    trailer = re.sub(rb"/Size \d+", b"/Size %d" % size, renumbered(trailer))
    made += b"trailer\n" + trailer + b"\nstartxref\n%d\n%%%%EOF" % start
    return bytes(made)
