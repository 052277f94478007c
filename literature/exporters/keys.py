"""Names of the records in a file: BibTeX keys and CSL ids."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any

from literature.wording import year_of

_OWN_KEY = re.compile(r"\s*@\s*[A-Za-z]+\s*[{(]\s*([A-Za-z0-9][A-Za-z0-9_:./+\-]{0,99})\s*,")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SPELT = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "ae", "Æ": "AE",
                        "œ": "oe", "Œ": "OE", "đ": "d", "Đ": "D", "ı": "i", "þ": "th"})  # fmt: skip


def usual_key(csl: Mapping[str, Any]) -> str:
    """`frilling2010`: the first author's family name and the year, in plain letters and figures.
    Without an author that can be written so it begins with a word of the title, else `ref`."""
    authors: list[dict[str, str]] = csl.get("author") or csl.get("editor") or [{}]
    named = authors[0].get("family") or authors[0].get("literal") or ""
    word = _plain(named)
    if not word:
        words = (_plain(part) for part in str(csl.get("title", "")).split())
        word = next((part for part in words if len(part) > 3), "ref")
    return f"{word[:30]}{year_of(dict(csl)) or ''}"


def own_key(original: str) -> str:
    """The key that a BibTeX entry came in with; empty where it has none that can be kept."""
    found = _OWN_KEY.match(original)
    return found[1] if found else ""


def ranked(key: str, rank: int) -> str:
    """`doe2016`, `doe2016b`, … `doe2016z`, `doe2016-27`: `rank` counts from 0."""
    if not rank:
        return key
    return f"{key}{_LETTERS[rank]}" if rank < len(_LETTERS) else f"{key}-{rank + 1}"


def unique(wanted: Iterable[str]) -> Iterator[str]:
    """Each key as it is wanted, or the next free one after it. Keys differ by more than case."""
    taken: set[str] = set()
    for key in wanted:
        free = next(
            name for name in (ranked(key, rank) for rank in count()) if name.lower() not in taken
        )
        taken.add(free.lower())
        yield free


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.translate(_SPELT))
    return re.sub(r"[^a-z0-9]", "", folded.encode("ascii", "ignore").decode().lower())
