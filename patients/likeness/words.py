"""Words for what two cases share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

MOST_NAMED: Final = 4


def in_text(display: str) -> str:
    """A term's name as it stands inside a sentence: `Portal vein` → `portal vein`, TACE as it
    is."""
    if len(display) > 1 and display[0].isupper() and display[1].islower():
        return display[0].lower() + display[1:]
    return display


def listed(words: Sequence[str], joint: str = "and") -> str:
    """`a, b and c`; what is beyond a few is counted."""
    shown = list(words[:MOST_NAMED])
    if len(words) > MOST_NAMED:
        shown.append(f"{len(words) - MOST_NAMED} more")
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} {joint} {shown[-1]}"


def then(words: Sequence[str]) -> str:
    """`a, then b, then c`."""
    return ", then ".join(words)


def opened(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
