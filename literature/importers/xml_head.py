"""What an XML input begins with: the name of its first element."""

from __future__ import annotations

import re

from literature.importers.decoding import peek

_PROLOGUE = re.compile(
    r"\s*(?:<\?[^>]{0,500}\?>|<!--(?:[^-]|-(?!->)){0,5000}-->|<!DOCTYPE[^>\[]{0,500}(?:\[[^\]]{0,20000}\]\s*)?>)"
)
_FIRST = re.compile(r"\s*<(?:[\w.-]{1,60}:)?([A-Za-z_][\w.-]{0,80})")
_TAGS = re.compile(r"<(?:[\w.-]{1,40}:)?([A-Za-z_][\w.-]{0,80})")


def first_element(head: bytes) -> str:
    """The local name of the first element, or nothing where `head` is no XML."""
    text = peek(head)
    at = 0
    while match := _PROLOGUE.match(text, at):
        at = match.end()
    first = _FIRST.match(text, at)
    return first.group(1) if first else ""


def elements_in(head: bytes) -> set[str]:
    """The local names of all elements that begin in `head`, where it is XML."""
    text = peek(head)
    return set(_TAGS.findall(text)) if text.lstrip()[:1] == "<" else set()
