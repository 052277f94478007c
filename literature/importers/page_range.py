"""Pages in full: only a style abbreviates them."""

from __future__ import annotations

import re

_DASHES = "-‐‑‒–—−"
_ONE = r"([A-Za-z]{0,5})(\d{1,12})([A-Za-z]?)"
_RANGE = re.compile(rf"(?<![\w.]){_ONE}\s?[{_DASHES}]{{1,2}}\s?{_ONE}(?![\w.])")
_EXTRA = re.compile(r"[\s.,]{0,3};\s{0,3}(?=[^\W\d_]{4,})", re.UNICODE)
_LONGEST = 200


def full_pages(printed: str) -> tuple[str, str]:
    """The pages, each range in full and with a hyphen, and what follows them after a semicolon.

    `179–86; discussion 186–7` gives `179-186` and `discussion 186-187`. What is no range stays as
    it is.
    """
    text = " ".join(printed.split())
    if len(text) > _LONGEST:
        return text, ""
    pages, *extra = _EXTRA.split(text, maxsplit=1)
    return _in_full(pages).rstrip(" ,;"), _in_full(extra[0]) if extra else ""


def _in_full(text: str) -> str:
    return _RANGE.sub(_one_range, text)


def _one_range(match: re.Match[str]) -> str:
    prefix, first, letter, second_prefix, last, second_letter = match.groups()
    missing = len(first) - len(last)
    if second_prefix not in ("", prefix) or (prefix and not second_prefix and missing < 0):
        return f"{prefix}{first}{letter}-{second_prefix}{last}{second_letter}"
    if missing > 0:
        last = first[:missing] + last
    if first == last and letter == second_letter:
        return f"{prefix}{first}{letter}"
    return f"{prefix}{first}{letter}-{prefix}{last}{second_letter}"
