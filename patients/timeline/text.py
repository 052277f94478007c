"""Text for figures: made safe, measured, and broken into lines. Sizes and widths in one unit."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from patients.timeline.font_widths import CHARACTERS_BY_WIDTH

ELLIPSIS = "…"
_NEVER_FIRST = "，。；：、）》”’％"
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
    is_wide = any(map(_is_wide, text))
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
    """As many whole words as fit; a word wider than `room` ends behind a hyphen or any letter.

    Chinese breaks between any two signs. A line does not end in a number where it can be helped:
    `0.4 ml` and `4周` stay together.
    """
    fits = _fitting(text, size, room)
    cut = next((place for place in range(fits, 0, -1) if _may_end(text, place)), 0)
    cut = cut or text.rfind(" ", 0, fits + 1)
    if cut > 0:
        return text[:cut], text[cut:].removeprefix(" ")
    hyphen = text.rfind("-", 1, fits) + 1
    if 1 < hyphen < len(text) and text[hyphen - 2 : hyphen + 1 : 2].isalpha():
        return text[:hyphen], text[hyphen:]
    fits = max(1, fits)
    return text[:fits], text[fits:]


def _may_end(text: str, place: int) -> bool:
    """Whether a line may end before text[place]."""
    before, after = text[place - 1], text[place]
    if after == " ":
        return not before.isdigit()
    if after in _NEVER_FIRST or before == " " or before.isdigit():
        return False
    return _is_wide(before) or _is_wide(after)


def _is_wide(character: str) -> bool:
    return not character.isascii() and unicodedata.east_asian_width(character) in "WF"


def longest_word(text: str, size: float) -> float:
    """The width that keeps every word whole; Chinese breaks anywhere."""
    return max((width(word, size) for word in text.split(" ") if word.isascii()), default=0.0)


def _shortened(text: str, size: float, room: float) -> str:
    fits = _fitting(text, size, room - width(ELLIPSIS, size))
    return text[:fits].rstrip() + ELLIPSIS


def _fitting(text: str, size: float, room: float) -> int:
    """How many leading characters are at most `room` wide."""
    used = 0.0
    is_wide = any(map(_is_wide, text))
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
