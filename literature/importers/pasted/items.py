"""One item of a list, before its fields are read."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from literature.importers.model import Problem, Severity
from literature.importers.pasted.letters import DASH, YEAR
from literature.importers.pasted.lines import join
from literature.importers.pasted.noise import ends_list, is_noise, without_links

MAX_ITEM = 5_000
"""Characters of one item; also what a reference list item may hold."""
_IDENTIFIER = re.compile(r"(?<!\w)10\.\d{4,9}/\S|https?://|\bPMID:?\s?\d|PMC\d{4}")
_YEAR = re.compile(YEAR)
_GOES_ON = re.compile(r"(?:https?:|doi\b|10\.\d{4}|pmid\b|pmcid\b|available|\[|\(|[a-z]|\d)", re.I)
_OWN_LINE = re.compile(r",\s\d{1,4}(?:\s\([^()]{1,20}\))?\s\((?:19|20)\d\d\),\s(?:pp?\.|Article)\s")
_UNFINISHED = re.compile(rf"(?:[{DASH},;:(&]|\band|\bIn:?)$")


@dataclass(frozen=True, slots=True)
class Item:
    """`line` counts from 1; `text` is joined and without noise; `guessed` says that a hyphen at
    the end of a line was kept or undone by rule of thumb."""

    line: int
    number: int | None
    text: str
    guessed: bool = False
    problems: tuple[Problem, ...] = ()


def looks_like_reference(text: str) -> bool:
    """Whether the text could be one reference: of its length, with a year or an identifier."""
    if not 15 <= len(text) <= MAX_ITEM:
        return False
    return bool(_YEAR.search(text) or _IDENTIFIER.search(text))


def make_item(
    line: int, number: int | None, lines: list[str], known: Collection[str], last: bool = False
) -> Item:
    """The item of these lines. What follows a blank line belongs to it only while the item is
    not finished; other text there is left out, with a warning unless the item is the last."""
    joined: list[str] = []
    left: list[str] = []
    for paragraph in _paragraphs(lines, last):
        if not joined or not _finished(joined) or (not left and _goes_on(paragraph, last)):
            joined += paragraph
        else:
            left += paragraph
    text, guessed = join(_with_stops(joined), known)
    problems: tuple[Problem, ...] = ()
    if left and not last:
        shown = " ".join(left)[:80]
        reason = f"text between this item and the next was left out: “{shown}”"
        problems = (Problem("", reason, Severity.WARNING),)
    return Item(line, number, without_links(text), guessed, problems)


def _with_stops(lines: list[str]) -> list[str]:
    """ScienceDirect prints authors, title and journal on a line each, with no mark between them:
    there each line ends a sentence."""
    if len(lines) < 3 or not _OWN_LINE.search(lines[-1]):
        return lines
    ends = (".", "?", "!", ",", "-")
    return [line.strip() if line.strip().endswith(ends) else f"{line.strip()}." for line in lines]


def _paragraphs(lines: list[str], last: bool) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for line in lines:
        if last and ends_list(line) and found != [[]]:
            break
        if not line.strip() or is_noise(line):
            if found[-1]:
                found.append([])
        else:
            found[-1].append(line)
    return [paragraph for paragraph in found if paragraph]


def _finished(lines: list[str]) -> bool:
    text = " ".join(line.strip() for line in lines[-20:])
    return looks_like_reference(text) and not _UNFINISHED.search(text)


def _goes_on(paragraph: list[str], last: bool) -> bool:
    """Whether a paragraph after a finished item still belongs to it."""
    begins = paragraph[0].strip()
    if last:
        return bool(re.match(r"(?:https?://(?:dx\.)?doi|doi:|10\.\d{4}|pmid)", begins, re.I))
    return bool(_GOES_ON.match(begins)) and not begins[0].isupper()
