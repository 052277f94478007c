"""The value of a BibTeX field: braces, quotation marks, macros, and `#` between them.

bibtexparser leaves `#` as it stands and does not resolve it.
"""

from __future__ import annotations

import re

from literature.importers.dates import MONTHS
from literature.importers.limits import MAX_DEPTH

MAX_EXPANDED = 200_000
"""Characters of a value with its macros: they can double themselves without end."""
MAX_MACROS = 10_000
MAX_ALL_MACROS = 2_000_000
"""Characters of all macros of one input."""
_BARE = re.compile(r"[^\s#{}\",]+")
_MARK = re.compile(r'[{}"]')
_MONTHS = {name: name for name in MONTHS if len(name) == 3}


class BadValueError(Exception):
    """The value cannot be told; the message says why."""


class Macros:
    """The `@string` definitions so far, by their names in lower case."""

    def __init__(self) -> None:
        self._values: dict[str, str] = dict(_MONTHS)
        self._size = 0

    def define(self, name: str, raw: str) -> None:
        """Raises BadValueError for a bad value, and where all macros together hold too much."""
        value, _ = self.value_of(raw)
        self._size += len(value)
        if self._size > MAX_ALL_MACROS or len(self._values) >= MAX_MACROS:
            raise BadValueError("is one macro too many: they hold more than is read")
        self._values[name.strip().lower()] = value

    def value_of(self, raw: str) -> tuple[str, list[str]]:
        """The text of a raw value, and the macros in it that are not defined.

        Raises BadValueError where it is nested too deep, unfolds without end or breaks off.
        """
        parts: list[str] = []
        unknown: list[str] = []
        at = 0
        joined = True  # by a # with what stands before
        while at < len(raw):
            char = raw[at]
            if char in " \t\r\n#":
                joined = joined or char == "#"
                at += 1
                continue
            if not joined:
                raise BadValueError("the entry breaks off: a comma is missing after a field")
            joined = False
            if char in '{"':
                end = _end(raw, at)
                parts.append(raw[at + 1 : end])
                at = end + 1
            elif match := _BARE.match(raw, at):
                parts.append(self._bare(match.group(), unknown))
                at = match.end()
            else:
                at += 1
        if len(parts) > 1 and sum(map(len, parts)) > MAX_EXPANDED:
            raise BadValueError("unfolds into more text than a record may hold")
        return "".join(parts), unknown

    def _bare(self, word: str, unknown: list[str]) -> str:
        if word.isdecimal():
            return word
        if word.lower() not in self._values:
            unknown.append(word)
        return self._values.get(word.lower(), word)


def _end(raw: str, start: int) -> int:
    """Where the brace or quotation mark at `start` is closed, or the end of `raw`."""
    quoted = raw[start] == '"'
    depth = 0 if quoted else 1
    at = start + 1
    while match := _MARK.search(raw, at):
        at = match.end()
        if raw[match.start() - 1] == "\\":
            continue
        mark = match.group()
        if mark == '"':
            if quoted and depth == 0:
                return match.start()
            continue
        depth += 1 if mark == "{" else -1
        if depth > MAX_DEPTH:
            raise BadValueError(f"has braces nested more than {MAX_DEPTH} deep")
        if depth == 0 and not quoted:
            return match.start()
    return len(raw)
