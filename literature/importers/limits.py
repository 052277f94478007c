"""How much is taken in: every limit of every importer, and the check of a whole input's size."""

from __future__ import annotations

import os
from typing import BinaryIO

from literature import csl
from literature.importers.model import UnreadableError

MAX_BYTES = 100_000_000
"""Of one input."""
MAX_RECORD_BYTES = 5_000_000
"""Of one record: a larger one becomes a broken entry."""
MAX_RECORD_PARTS = 100_000
"""Lines, or elements of XML, of one record: each costs memory beside its text."""
MAX_ENTRIES = 200_000
"""Of one input: what follows is not read, and a last broken entry says so."""
MAX_NAMES = csl.MAX_NAMES
MAX_TEXT = csl.MAX_TEXT
MAX_ABSTRACT = 100_000
"""Characters of one abstract."""
MAX_DEPTH = 100
"""Of elements in XML, of objects and arrays in JSON, of braces in BibTeX."""
MAX_WARNINGS = 50
"""Of one record."""
MAX_HEADS = 20_000
"""Entries that BibTeX may begin in the middle of one line."""
MAX_DAMAGES = 1_000
"""Places of one XML or JSON input at which reading may break off and be taken up again."""
MAX_ORIGINAL_SHOWN = 10_000
"""Characters kept of the text of a record that is too large to be read."""
HEAD_BYTES = 64 * 1024
SAMPLE_BYTES = 1024 * 1024
"""What the encoding of an input is judged by."""
CHUNK_BYTES = 256 * 1024


def check_size(source: BinaryIO) -> None:
    """Leaves `source` at its beginning. Raises UnreadableError where it is empty or too large."""
    size = source.seek(0, os.SEEK_END)
    source.seek(0)
    if size == 0:
        raise UnreadableError("The file is empty.")
    if size > MAX_BYTES:
        raise UnreadableError(
            f"The file has {size / 1_000_000:,.0f} MB, and at most {MAX_BYTES // 1_000_000} MB"
            " are read at once. Split it into several files."
        )
