"""Text for figures: made safe, measured, and broken into lines. Sizes and widths in one unit."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from patients.timeline.font_widths import CHARACTERS_BY_WIDTH

ELLIPSIS = "…"
BOLD = 1.12
"""A bold line is at most this much wider; its letters alone differ more, whole words do not."""

_WIDTHS = {
    character: width / 1000
    for width, characters in CHARACTERS_BY_WIDTH.items()
    for character in characters
}
_OTHER = 0.7
_WIDE = 1.0
_PICTURE = 1.4


def clean(text: str) -> str:
    """One line without control characters, surrogates or marks that turn the writing direction."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = "".join(
        " " if character.isspace() else character
        for character in text
        if character.isspace()
        or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Cn", "Co")
    )
    return " ".join(kept.split())


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of `text` set in `size`; an upper estimate where the font has no such letter."""
    return _ems(text) * size * (BOLD if bold else 1)


@lru_cache(maxsize=8192)
def _ems(text: str) -> float:
    is_wide = any(unicodedata.east_asian_width(character) in "WF" for character in text)
    return sum(_em(character, is_wide) for character in text)


def _em(character: str, in_wide_line: bool = False) -> float:
    """In a line with Chinese the signs that both scripts have are as wide as Chinese ones."""
    if in_wide_line and unicodedata.east_asian_width(character) == "A":
        return _WIDE
    known = _WIDTHS.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character):
        return 0.0
    if ord(character) >= 0x1F000:
        return _PICTURE
    return _WIDE if unicodedata.east_asian_width(character) in "WF" else _OTHER


def wrap(text: str, size: float, room: float, *, lines: int = 2) -> list[str]:
    """At most `lines` lines no wider than `room`; what does not fit ends in an ellipsis."""
    found: list[str] = []
    rest = text
    while rest:
        if width(rest, size) <= room:
            return [*found, rest]
        if len(found) == lines - 1:
            return [*found, _shortened(rest, size, room)]
        line, rest = _first_line(rest, size, room)
        found.append(line)
    return found


def _first_line(text: str, size: float, room: float) -> tuple[str, str]:
    """As many whole words as fit, or as many letters where a word is wider than `room`."""
    fits = _fitting(text, size, room)
    if text[fits : fits + 1] == " ":
        return text[:fits], text[fits + 1 :]
    cut = text.rfind(" ", 0, fits + 1)
    if cut > 0:
        return text[:cut], text[cut + 1 :]
    fits = max(1, fits)
    return text[:fits], text[fits:]


def _shortened(text: str, size: float, room: float) -> str:
    fits = _fitting(text, size, room - width(ELLIPSIS, size))
    return text[:fits].rstrip() + ELLIPSIS


def _fitting(text: str, size: float, room: float) -> int:
    """How many leading characters are at most `room` wide."""
    used = 0.0
    is_wide = any(unicodedata.east_asian_width(character) in "WF" for character in text)
    for place, character in enumerate(text):
        used += _em(character, is_wide) * size
        if used > room:
            return place
    return len(text)


def ranges(numbers: list[int]) -> str:
    """`1,4,7–9`: sorted, each once, runs of three or more joined."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words: list[str] = []
    for run in runs:
        words += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else [str(number) for number in run]
    return ",".join(words)
