"""Pages: read as printed, kept in full (`179–86` is `179-186`)."""

from __future__ import annotations

import re

from literature.importers.pasted.letters import DASH

_ONE = r"(?:[A-Za-z]{0,5}\.?\d{1,9}[A-Za-z]?\d{0,6}(?:\.[A-Za-z]{0,3}\d{1,6})?|[ivxlcdm]{1,8})"
_RANGE = rf"{_ONE}(?:\s?[{DASH}]{{1,2}}\s?{_ONE})?\+?"
PAGES = rf"{_RANGE}(?:\s?[,;]\s?{_RANGE}){{0,4}}"
"""What may stand where pages stand: `e8–21`, `S12`, `123.e1–5`, `12-4, 19`, `742890`."""
_PARTS = re.compile(rf"({_ONE})\s?[{DASH}]{{1,2}}\s?({_ONE})")
_SPLIT = re.compile(r"^(.*?)(\d+)([a-z]?)$", re.IGNORECASE)
DISCUSSION = re.compile(
    rf"\s?[;,(.]\s?(?P<word>discussion|quiz|author reply|reply|discussion and reply)"
    rf"\s?:?\s(?:pp?\.\s?)?(?P<pages>{_RANGE})\s?\)?",
    re.IGNORECASE,
)


def full_pages(printed: str) -> str:
    """Every range in full, with hyphens: `e8–21` is `e8-e21`. What is no range stays."""
    text = _PARTS.sub(lambda match: _full(match.group(1), match.group(2)), printed.strip())
    return re.sub(r"\s?[,;]\s?", ", ", text)


def backwards(pages: str) -> bool:
    """Whether a range in full runs backwards, so that something in it is misprinted."""
    for match in _PARTS.finditer(pages):
        low, high = _SPLIT.match(match.group(1)), _SPLIT.match(match.group(2))
        if low and high and low.group(1) == high.group(1) and int(high[2]) < int(low[2]):
            return True
    return False


def _full(first: str, last: str) -> str:
    low, high = _SPLIT.match(first), _SPLIT.match(last)
    if not (low and high):
        return f"{first}-{last}"
    prefix, digits = high.group(1), high.group(2)
    if prefix not in ("", low.group(1)) and not low.group(1).endswith(prefix):
        return f"{first}-{last}"
    missing = len(low.group(2)) - len(digits)
    if missing > 0:
        digits = low.group(2)[:missing] + digits
    return f"{first}-{low.group(1)}{digits}{high.group(3)}"
