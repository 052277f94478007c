"""The importer of pasted reference lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from literature.importers.limits import HEAD_BYTES
from literature.importers.model import Entry, UnreadableError
from literature.importers.pasted.items import looks_like_reference
from literature.importers.pasted.reading import entry_of, style_of
from literature.importers.pasted.repeated import Repeated
from literature.importers.pasted.splitting import split
from literature.importers.pasted.text import MAX_BYTES, decoded

MAX_ITEMS = 5_000


class Pasted:
    """A reference list as papers print it."""

    name = "pasted"
    label = "Pasted reference list"

    def recognises(self, head: bytes) -> float:
        """0.5 for prose that holds at least one item that could be a reference, else 0: formats
        with a syntax are surer of themselves."""
        try:
            text = decoded(head[:HEAD_BYTES])
        except UnreadableError:
            return 0.0
        if text.lstrip()[:1] in ("{", "<", "@", "%"):
            return 0.0
        items = split(text)
        return 0.5 if any(looks_like_reference(item.text) for item in items) else 0.0

    def read(self, source: BinaryIO) -> Iterator[Entry]:
        """One entry for each item of the list, in its order.

        Raises UnreadableError for what is no text, holds no reference, or is too much: more than
        `MAX_BYTES` bytes or `MAX_ITEMS` items.
        """
        items = split(decoded(source.read(MAX_BYTES + 1)))
        if not items:
            raise UnreadableError(
                "No references were found in this text. Paste the list with one reference to a "
                "line, numbered, or with an empty line between them."
            )
        if len(items) > MAX_ITEMS:
            raise UnreadableError(
                f"This list has {len(items):,} items, and a pasted list may have {MAX_ITEMS:,}. "
                "Paste it in parts."
            )
        style = style_of(items)
        repeated = Repeated()
        for position, item in enumerate(items, 1):
            entry = entry_of(item, position, style)
            again = repeated.seen(item.number or position, entry.csl)
            yield replace(entry, problems=(*entry.problems, again)) if again else entry
