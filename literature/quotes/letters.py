"""What is looked for in the index before a text is read: the bare letters and figures of a text.

The database makes the same of every text that it stores (`SourceText.sought`), so that texts may
come in by any way. It is coarser than what `fold` keeps: what two foldings share, their bare
letters share too, and the texts that an index finds by them are then read properly.
"""

from __future__ import annotations

import re
import string
import unicodedata

OTHER_THAN_SOUGHT = "[^0-9a-z\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]+"
"""ASCII letters and digits, kana, Chinese characters and Hangul are kept. Letters whose small form
depends on a locale are not: so the database and we agree."""
_OTHER = re.compile(OTHER_THAN_SOUGHT)
WRITTEN_OUT = {"ß": "ss", "ẞ": "ss", "İ": "i"}
"""What folding makes ASCII letters of, beside those that NFKC does."""
_SMALL = {ord(letter): letter.lower() for letter in string.ascii_uppercase}
_PLAIN = {**_SMALL, **str.maketrans(WRITTEN_OUT)}


def sought(text: str) -> str:
    """The bare letters of `text`, as PostgreSQL makes them from the same text."""
    return _OTHER.sub("", unicodedata.normalize("NFKC", text).translate(_PLAIN))
