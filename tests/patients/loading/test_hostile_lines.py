"""Lines that are no case document: each is refused with a reason, and none does harm."""

from __future__ import annotations

import io
from typing import Any

import msgspec
import pytest

from patients.document.model import SCHEMA_VERSION
from patients.loading import reading
from patients.loading.decoding import read
from patients.loading.problems import BadLineError
from patients.loading.reading import UnreadableError, decompressed, lines_of
from tests.patients.loading.lines import line, put, synthetic, was_read

GOOD = synthetic()
DEEP = b"[" * 200_000
HUGE = b"9" * 5_000


def refused(data: bytes) -> str:
    with pytest.raises(BadLineError) as caught:
        was_read(data)
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"hello", "is not JSON"),
        (GOOD[:-40], "is not JSON"),
        (GOOD + b" {}", "is not JSON"),
        (b"[1, 2]", "expected `object`"),
        (b"7", "expected `object`"),
        (b"null", "expected `object`"),
        (b"{}", "missing required field"),
        (b'{"document": {}, "synthetic": true}', "document: "),
        (b'{"document": 3}', "document: "),
        (GOOD.replace(b"true}", b"NaN}"), "is not JSON"),
        (GOOD.replace(b'"synthetic":true', b'"synthetic":1'), "synthetic: expected `bool`"),
        (GOOD.replace(b"true}", b'true,"more":1}'), "unknown field `more`"),
        (b'{"document": ' + DEEP + b"}", "is nested too deeply"),
        (b'{"references": {"A": ' + b'{"a":' * 100_000, "is nested too deeply"),
        (b'{"title": "\xff\xfe"}', "is not"),
        (b'{"title": "\xed\xa0\x80"}', "is not"),
        (GOOD.replace(b"Synthetic", b"Synth\x00etic", 1), "holds a NUL character"),
        (b"\xff\xfe{\x00}\x00", "holds a NUL character"),
    ],
)
def test_not_a_document(data: bytes, words: str) -> None:
    assert words in refused(data)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("title", 3, "document.title: expected `str`, got `int`"),
        ("title", None, "document.title: expected `str`"),
        ("summary", "a\x00b", "document.summary: holds a NUL character"),
        ("events.2.detail", "\x00", "document.events[2].detail: holds a NUL character"),
        ("events", {}, "document.events: expected `array`"),
        ("events.1", None, "document.events[1]: expected `object`"),
        ("events.0.time.start.low", 1.5, "document.events[0].time.start.low: expected `int"),
        ("events.0.time.start.low", "3", "document.events[0].time.start.low: expected `int"),
        ("schema_version", SCHEMA_VERSION + 1, "document.schema_version: "),
        ("schema_version", 0, "document.schema_version: "),
        ("note", "x", "document.“note”: is not a field"),
        ("events.0.colour", "red", "document.events[0].“colour”: is not a field"),
    ],
)
def test_wrong_shape_is_named_by_its_path(path: str, value: Any, words: str) -> None:
    assert words in refused(synthetic(0, put(path, value)))


def test_huge_numbers_are_refused() -> None:
    for number in (b"1e400", b"-" + HUGE, HUGE):
        data = GOOD.replace(b'"low":-60', b'"low":' + number, 1)
        assert data != GOOD
        assert "document.events[0].time.start.low" in refused(data) or "JSON" in refused(data)


def test_a_wrong_checksum_of_the_api_is_refused() -> None:
    document = msgspec.json.decode(GOOD)["document"]
    told = {**document, "checksum": "0" * 64, "status": "published", "version": 3,
            "published_at": None}  # fmt: skip
    assert "checksum: is that of another document" in refused(msgspec.json.encode(told))
    del told["checksum"]
    assert was_read(msgspec.json.encode(told)).document.accession == document["accession"]
    told["status"] = "draft"
    assert "only a published case" in refused(msgspec.json.encode(told))


def test_the_same_document_with_other_white_space_is_the_same() -> None:
    spaced = msgspec.json.format(GOOD, indent=2).replace(b"\n", b" ")
    assert was_read(spaced) == was_read(GOOD)


def test_lines_end_as_they_may() -> None:
    read_lines = list(lines_of(io.BytesIO(b"\xef\xbb\xbfone\r\n\n\r\ntwo\nthree")))
    assert [each.data for each in read_lines] == [b"one", b"", b"", b"two", b"three"]
    assert [each.number for each in read_lines] == [1, 2, 3, 4, 5]
    assert sum(each.length for each in read_lines) == 20


def test_digests_know_every_byte() -> None:
    ends = {list(lines_of(io.BytesIO(data)))[-1].digest for data in (b"a\nb", b"a\r\nb", b"a\nb\n")}
    assert len(ends) == 3


def test_a_line_without_end_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_LINE", 1_000)
    long = b"x" * 5_500
    first, second, third = lines_of(io.BytesIO(b"a\n" + long + b"\nb\n"))
    assert (second.data, second.length) == (b"", 5_501)
    assert (first.data, third.data) == (b"a", b"b")
    with pytest.raises(BadLineError, match="is longer than"):
        read(line(b"x" * (2_000_010)))


def test_a_file_that_breaks_off_says_where() -> None:
    import gzip

    packed = gzip.compress(b"one\n" + bytes(range(256)) * 4_000)
    lines = lines_of(decompressed(io.BufferedReader(io.BytesIO(packed[:-30]))))
    with pytest.raises(UnreadableError, match="beyond line"):
        list(lines)


def test_utf_16_is_told() -> None:
    with pytest.raises(UnreadableError, match="UTF-16"):
        list(lines_of(io.BytesIO("{}".encode("utf-16"))))
