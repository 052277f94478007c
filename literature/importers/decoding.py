"""Bytes to text: which encoding an input is in, and what to do where it changes its mind.

UTF-8 (with a byte order mark or without), UTF-16, GB18030 and Windows-1252 are told apart by
their content. Line-based formats are decoded record by record, so that one file may hold several.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from literature.importers.limits import CHUNK_BYTES, MAX_RECORD_BYTES, SAMPLE_BYTES

UTF8, UTF16_LE, UTF16_BE = "utf-8", "utf-16-le", "utf-16-be"
GB18030, WESTERN = "gb18030", "cp1252"
SHOWN = {
    UTF8: "UTF-8",
    UTF16_LE: "UTF-16",
    UTF16_BE: "UTF-16",
    GB18030: "GB18030 (Chinese)",
    WESTERN: "Windows-1252 (Western European)",
}
_MARKS = {codecs.BOM_UTF8: UTF8, codecs.BOM_UTF16_LE: UTF16_LE, codecs.BOM_UTF16_BE: UTF16_BE}
_HIGH_RUNS = re.compile(rb"[\x80-\xff]+")
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_KNOWN_ENCODING = re.compile(
    r"iso-8859-\d{1,2}|latin-?1|windows-125\d|cp125\d|gbk|gb2312|gb18030|big5|shift_jis|euc-(jp|kr)"
)
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


def sniff(sample: bytes) -> str:
    """The name of the codec that `sample`, the beginning of an input, is most likely in."""
    for mark, encoding in _MARKS.items():
        if sample.startswith(mark):
            return encoding
    if wide := _wide(sample[:4096]):
        return wide
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return _narrow(sample)
    return UTF8


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark shows in that every other byte of Western text is zero."""
    pairs = len(sample) // 2
    if pairs and sample[1::2].count(0) > 0.6 * pairs and sample[::2].count(0) < 0.1 * pairs:
        return UTF16_LE
    if pairs and sample[::2].count(0) > 0.6 * pairs and sample[1::2].count(0) < 0.1 * pairs:
        return UTF16_BE
    return ""


def _narrow(raw: bytes) -> str:
    """Chinese comes in runs of even length whose pairs are common characters; the accented letters
    of Western text mostly stand alone. (GB 2312: rows A1 to A9 are signs, B0 to D7 the 3,755 common
    characters.)"""
    all_pairs = common = alone = 0
    for run in _HIGH_RUNS.findall(raw):
        leads = run[:-1:2]
        all_pairs += len(leads)
        alone += len(run) % 2
        common += sum(0xA1 <= lead <= 0xA9 or 0xB0 <= lead <= 0xD7 for lead in leads)
    return GB18030 if all_pairs > 3 * alone and common > 0.6 * all_pairs else WESTERN


def decode(raw: bytes, wide: bool = False) -> tuple[str, str]:
    """The text of one record, and the encoding it turned out to be in (UTF-8 for plain ASCII).

    With `wide` the bytes were UTF-16 once: half surrogates are let through, for the checks of the
    record to name.
    """
    try:
        return raw.decode("utf-8", "surrogatepass" if wide else "strict"), UTF8
    except UnicodeDecodeError:
        encoding = _narrow(raw)
    try:
        return raw.decode(encoding), encoding
    except UnicodeDecodeError:
        return raw.decode("latin-1"), WESTERN


def peek(head: bytes) -> str:
    """`head` as text, whatever it takes: for recognising, never for reading."""
    return head.decode(sniff(head), "replace").removeprefix("\ufeff")


def storable(text: str) -> str:
    """`text` with U+FFFD for what no database holds: NUL and half surrogates."""
    return _NO_TEXT.sub("\ufffd", text)


def utf8_chunks(source: BinaryIO, encoding: str) -> Iterator[bytes]:
    """The whole input as UTF-8 without its mark. What is no text in `encoding` becomes U+FFFD,
    half surrogates of UTF-16 stay for the reader to refuse."""
    if encoding == UTF8:
        errors, narrow = "replace", True
    else:
        errors, narrow = ("surrogatepass" if encoding.startswith("utf-16") else "replace"), False
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    first = True
    while chunk := source.read(CHUNK_BYTES):
        text = _decoded(decoder, chunk)
        if first:
            text, first = text.removeprefix("\ufeff"), False
        yield text.encode("utf-8", "strict" if narrow else "surrogatepass")


def _decoded(decoder: codecs.IncrementalDecoder, chunk: bytes) -> str:
    try:
        return decoder.decode(chunk)
    except UnicodeDecodeError:  # not even a half surrogate, such as a byte that stands alone
        decoder.reset()
        return chunk.decode("latin-1")


def xml_encoding(sample: bytes) -> str:
    """The codec of an XML input: what its mark, its declaration and its bytes agree on.

    A declaration is believed only where the bytes do not speak against it: files that were saved
    again in another encoding keep their old declaration.
    """
    sniffed = sniff(sample)
    declared = _DECLARED.match(sample)
    name = declared.group(1).decode("ascii").lower() if declared else ""
    if sniffed in (GB18030, WESTERN) and _KNOWN_ENCODING.fullmatch(name):
        return GB18030 if name in ("gbk", "gb2312") else name
    return sniffed


class Lines:
    """The lines of an input, ended by LF, CR or CRLF, as bytes that decode() reads."""

    def __init__(self, source: BinaryIO) -> None:
        sample = source.read(SAMPLE_BYTES)
        source.seek(0)
        self.encoding = sniff(sample)
        self.wide = self.encoding in (UTF16_LE, UTF16_BE)
        self._source = source

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        """Each line with its number, from 1, and with its end. A line that is longer than a record
        may be comes in pieces of one number."""
        number, rest = 1, b""
        for chunk in self._chunks():
            lines = (rest + chunk).splitlines(keepends=True)
            # A last line may go on in the next chunk, and a CR may be half of a CRLF.
            rest = lines.pop() if lines else b""
            for line in lines:
                yield number, line.removeprefix(codecs.BOM_UTF8)
                number += 1
            if len(rest) > MAX_RECORD_BYTES:
                yield number, rest
                rest = b""
        for line in rest.splitlines(keepends=True):
            yield number, line.removeprefix(codecs.BOM_UTF8)
            number += 1

    def _chunks(self) -> Iterator[bytes]:
        if self.wide:
            yield from utf8_chunks(self._source, self.encoding)
        else:
            while chunk := self._source.read(CHUNK_BYTES):
                yield chunk
