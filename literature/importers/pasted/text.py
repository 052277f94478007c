"""The pasted bytes as text."""

from __future__ import annotations

import re

from literature.importers.decoding import UTF16_BE, UTF16_LE, decode, sniff
from literature.importers.limits import SAMPLE_BYTES
from literature.importers.model import UnreadableError

MAX_BYTES = 4_000_000
MAX_LINES = 100_000
_BINARY = (b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"GIF8")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\xa0\u2000-\u200a\u202f\u205f]")
_NOTHING = re.compile("[\u200b\u200e\u200f\ufeff]")
"""Marks without width, which pages and programs leave in copied text."""


def decoded(data: bytes) -> str:
    """The text, with LF line ends and plain spaces. Encodings may change from line to line.

    Raises UnreadableError for what is no text, or is more than `MAX_BYTES` or `MAX_LINES`.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableError(
            f"A pasted list may have {MAX_BYTES // 1_000_000} MB at most. Paste it in parts."
        )
    text = _text(data)
    if "\x00" in text or data.startswith(_BINARY):
        raise UnreadableError("This is not text. Paste the list itself, or choose a text file.")
    text = _NOTHING.sub("", _SPACES.sub(" ", _LINE_ENDS.sub("\n", text)))
    if text.count("\n") >= MAX_LINES:
        raise UnreadableError(
            f"A pasted list may have {MAX_LINES:,} lines at most. Paste it in parts."
        )
    return text


def _text(data: bytes) -> str:
    encoding = sniff(data[:SAMPLE_BYTES])
    if encoding in (UTF16_LE, UTF16_BE):
        return data.decode(encoding, "replace")
    return "\n".join(decode(line)[0] for line in data.split(b"\n"))
