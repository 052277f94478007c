"""BibTeX and biblatex: cut into blocks here, each read by bibtexparser."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import BinaryIO

from bibtexparser import model as bibtex
from bibtexparser.splitter import Splitter

from literature.importers.bibtex_fields import entry_draft
from literature.importers.bibtex_values import BadValueError, Macros
from literature.importers.blocks import TOO_LARGE, Block, blocks, numbered
from literature.importers.decoding import peek
from literature.importers.draft import broken_entry, shortened
from literature.importers.limits import MAX_HEADS
from literature.importers.model import Entry

_STARTS = re.compile(rb"[ \t]*@[ \t]*[A-Za-z]{1,40}[ \t]*[{(]")
_HEAD = re.compile(
    r"^[ \t]*@[ \t]*([A-Za-z]{1,40})[ \t]*[{(]\s*[^\s,={}]{0,200}\s*[,=}]", re.MULTILINE
)
_CROSSREF = re.compile(r"\b(?:crossref|xdata)\s*=\s*[{\"]?\s*([^\s,{}\"]{1,200})", re.IGNORECASE)
_KEY = re.compile(r"@[ \t]*[A-Za-z]{1,40}[ \t]*[{(]\s*([^\s,{}]{1,200})")
MAX_PARENTS = 5_000
"""Entries of one input that others may inherit from."""
OWN = {"title", "subtitle", "crossref", "key", "author", "doi", "pages", "url", "abstract"}
"""What an entry never inherits: it is of the work itself."""

# What breaks is told by its entry; the library would log it too, at length.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


TOO_MANY_IN_LINE = f"more than {MAX_HEADS:,} entries stand in one line: put each on its own"


class BibTex:
    name = "bibtex"
    label = "BibTeX"

    def recognises(self, head: bytes) -> float:
        text = peek(head).replace("\r\n", "\n").replace("\r", "\n")
        found = _HEAD.search(text)
        if not found:
            return 0.0
        return 0.95 if found.start() == 0 or not text[: found.start()].strip() else 0.85

    def read(self, source: BinaryIO) -> Iterator[Entry]:
        return numbered(_Reader(source).entries())


class _Reader:
    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._macros = Macros()
        self._parents: dict[str, dict[str, str]] = {}

    def entries(self) -> Iterator[Entry]:
        self._find_parents()
        self._macros = Macros()
        for block in _blocks(self._source):
            if block.too_large:
                yield broken_entry(0, block.line, block.text, TOO_LARGE)
            else:
                yield from self._block(block)

    def _find_parents(self) -> None:
        """An entry may inherit from one that comes after it: who inherits is found first."""
        wanted = {
            key.lower()
            for block in _blocks(self._source)
            if not block.too_large and "ref" in block.text.lower()
            for key in _CROSSREF.findall(block.text)[:10]
        }
        if not 0 < len(wanted) <= MAX_PARENTS:
            return
        for block in _blocks(self._source):
            keys = {key.lower() for key in _KEY.findall(block.text)}
            if keys & wanted or "@string" in block.text.lower():
                for _ in self._block(block, wanted):
                    pass

    def _block(self, block: Block, wanted: set[str] | None = None) -> Iterator[Entry]:
        text = block.text.replace("\r\n", "\n").replace("\r", "\n")
        if text.count("@") > MAX_HEADS:
            yield broken_entry(0, block.line, text, TOO_MANY_IN_LINE)
            return
        found = Splitter(text).split().blocks
        for part in found:
            line = block.line + (part.start_line or 0)
            if isinstance(part, bibtex.String):
                yield from self._define(part, line)
            elif isinstance(part, bibtex.Entry):
                self._remember(part, wanted)
                yield self._entry(part, part, line, block.encoding, found)
            elif isinstance(part, bibtex.DuplicateFieldKeyBlock):
                entry = part.ignore_error_block
                if isinstance(entry, bibtex.Entry):
                    yield self._entry(entry, part, line, block.encoding, found)
            elif isinstance(part, bibtex.ParsingFailedBlock):
                reason = _reason(part.error)
                yield broken_entry(0, line, (part.raw or "").strip() or text, reason)

    def _define(self, string: bibtex.String, line: int) -> Iterator[Entry]:
        try:
            self._macros.define(string.key, str(string.value))
        except BadValueError as error:
            yield broken_entry(0, line, string.raw or "", f"@string {string.key} {error}")

    def _remember(self, entry: bibtex.Entry, wanted: set[str] | None) -> None:
        if wanted and entry.key.lower() in wanted:
            try:
                values, _ = self._values(entry)
            except BadValueError:
                return
            self._parents.setdefault(entry.key.lower(), values)

    def _entry(
        self,
        entry: bibtex.Entry,
        block: bibtex.Block,
        line: int,
        encoding: str,
        around: list[bibtex.Block],
    ) -> Entry:
        original = entry.raw or ""
        try:
            values, unknown = self._values(entry)
        except BadValueError as error:
            return broken_entry(0, line, original, str(error))
        parent = values.get("crossref", values.get("xdata", "")).strip()
        inherited = self._parents.get(parent.lower(), {}) if parent else {}
        draft = entry_draft(entry.entry_type.lower(), _inherit(values, inherited))
        if parent and not inherited:
            draft.warn("crossref", f"“{shortened(parent)}” is not in this file")
        for word in unknown[:5]:
            draft.warn("", f"“{shortened(word)}” is no @string of this file: taken as it stands")
        if isinstance(block, bibtex.DuplicateFieldKeyBlock):
            names = ", ".join(sorted(shortened(name) for name in block.duplicate_keys)[:5])
            draft.warn("", f"given more than once, the first was taken: {names}")
        if any(
            isinstance(other, bibtex.ImplicitComment) and "=" in other.comment for other in around
        ):
            draft.warn("", "text beside the entry was not read: is a brace closed too early?")
        return draft.entry(0, line, original, encoding)

    def _values(self, entry: bibtex.Entry) -> tuple[dict[str, str], list[str]]:
        values: dict[str, str] = {}
        unknown: list[str] = []
        for field in entry.fields:
            value, missing = self._macros.value_of(str(field.value))
            values.setdefault(field.key.lower(), value)
            unknown += missing
        return values, unknown


def _blocks(source: BinaryIO) -> Iterator[Block]:
    return blocks(source, _STARTS.match, lambda line: False)


def _inherit(values: dict[str, str], parent: dict[str, str]) -> dict[str, str]:
    """A chapter's book is its parent's title; everything else the entry lacks, it inherits."""
    if not parent:
        return values
    inherited = {name: value for name, value in parent.items() if name not in OWN}
    if "title" in parent:
        inherited.setdefault("booktitle", parent["title"])
    return inherited | values


def _reason(error: Exception) -> str:
    """What breaks an entry, in a sentence for who wrote it."""
    said = str(getattr(error, "abort_reason", error))
    if "end of file" in said or "block start" in said:
        return "the entry is not closed: a brace or quotation mark is missing"
    if "comma" in said or "Expected" in said:
        return "the entry breaks off: a comma, a brace or an equals sign is missing"
    return "the entry cannot be read"
