"""What changed from one text to another, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

MAX_WORDS = 600
"""Of either text: comparing takes time with the square of the length. Longer ones stand whole."""
MAX_SHOWN = 1500
"""Characters of a text that went or came; of a longer one the rest is counted."""
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    kind: str = ""
    """`gone`, `new`, or empty where both texts say it."""


def pieces(before: str, after: str) -> list[Piece]:
    """The two texts as one, with what went and what came."""
    if not before or not after:
        return _whole(before, after)
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) > MAX_WORDS:
        return _whole(before, after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < 0.4:  # two texts, rather than one that was changed
        return _whole(before, after)
    found = []
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            found.append(Piece("".join(old[old_from:old_to])))
            continue
        found += _whole("".join(old[old_from:old_to]), "".join(new[new_from:new_to]))
    return found


def _whole(before: str, after: str) -> list[Piece]:
    return [Piece(_cut(text), kind) for text, kind in ((before, "gone"), (after, "new")) if text]


def _cut(text: str) -> str:
    if len(text) <= MAX_SHOWN:
        return text
    return f"{text[:MAX_SHOWN]}… and {len(text) - MAX_SHOWN:,} more characters"
