"""Classes of characters for patterns: the `re` module has none for capitals of all languages."""

from __future__ import annotations

_CODES = [*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0x530), *range(0x1E00, 0x1F00)]

UPPER = "".join(chr(code) for code in _CODES if chr(code).isupper())
"""Capitals of the Latin, Greek and Cyrillic scripts, to stand inside square brackets."""
LOWER = "".join(chr(code) for code in _CODES if chr(code).islower())
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
YEAR = r"(?<!\d)(?:1[5-9]\d\d|20\d\d)(?!\d)"
DASH = "-\u2010\u2011\u2012\u2013\u2014\u2212"
"""The dashes a range of pages is printed with, hyphen first: to stand inside square brackets."""
