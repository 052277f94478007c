"""Lists without numbers: by blank lines, hanging indents, lines or authors, as fits best."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from literature.importers.pasted.items import Item, looks_like_reference, make_item
from literature.importers.pasted.letters import HAN, UPPER
from literature.importers.pasted.noise import ends_list, is_noise

Block = tuple[int, list[str]]
"""The place of its first line, from 0, and its lines."""
_BULLET = re.compile(r"\s{0,40}[•◦▪‣*·–-]\s+")
_AUTHOR = re.compile(
    rf"\s{{0,8}}(?:[a-z]{{1,4}}[ '’]){{0,2}}[{UPPER}][^\s,.]{{0,30}}"
    rf"(?:,\s|\s[{UPPER}]{{1,4}}[,.]\s)"
    rf"|\s{{0,8}}[{HAN}]{{2,4}}[,，]"
)
_ENDS = re.compile(r"(?:[.。)\]\d]|10\.\d{4,9}/\S+|https?://\S+)\s*$")


def unnumbered_items(lines: list[str], known: Collection[str]) -> list[Item]:
    """The items, divided in the way that leaves most pieces that could be a reference."""
    lines = [_BULLET.sub("", line, count=1) for line in _until_end(lines)]
    best: list[Block] = []
    most = 0.0
    for divide in (_by_blank_lines, _by_indent, _by_lines, _by_authors):
        blocks = list(divide(lines))
        weight = sum(1.0 if _plausible(block) else -1.5 for block in blocks)
        if weight > most or (not best and blocks):
            best, most = blocks, max(weight, 0.0)
    items = [make_item(line + 1, None, own, known) for line, own in _inner(best)]
    return [item for item in items if item.text]


def _until_end(lines: list[str]) -> list[str]:
    for place, line in enumerate(lines):
        if ends_list(line) and any(looks_like_reference(before) for before in lines[:place]):
            return lines[:place]
    return lines


def _inner(blocks: list[Block]) -> list[Block]:
    """The blocks from the first to the last that could be a reference."""
    places = [place for place, block in enumerate(blocks) if _plausible(block)]
    return blocks[places[0] : places[-1] + 1] if places else []


def _plausible(block: Block) -> bool:
    text = " ".join(line.strip() for line in block[1] if not is_noise(line))
    return looks_like_reference(text) and (bool(_BEGINS.match(text)) or text.startswith("10."))


_BEGINS = re.compile(
    rf"[{UPPER}{HAN}“\"‘'\[]|(?:d|l|van|von|de|al|el|ten|der)[ '’-]|https?:|doi", re.I
)


def _by_blank_lines(lines: list[str]) -> Iterator[Block]:
    return _divided(lines, lambda place: bool(place) and not _text(lines[place - 1]))


def _by_indent(lines: list[str]) -> Iterator[Block]:
    indented = [line[:1] in (" ", "\t", "\u3000") for line in lines]
    if not any(indented):
        return iter(())
    return _divided(lines, lambda place: not indented[place])


def _by_lines(lines: list[str]) -> Iterator[Block]:
    return _divided(lines, lambda place: True)


def _by_authors(lines: list[str]) -> Iterator[Block]:
    return _divided(
        lines,
        lambda place: bool(
            _AUTHOR.match(lines[place][:120]) and place and _ENDS.search(lines[place - 1][-300:])
        ),
    )


def _divided(lines: list[str], begins: Callable[[int], bool]) -> Iterator[Block]:
    """Blocks of lines; a new one where `begins(place)` says so."""
    block: Block | None = None
    for place, line in enumerate(lines):
        if not _text(line):
            continue
        if block is None or begins(place):
            if block is not None:
                yield block
            block = (place, [])
        block[1].append(line)
    if block is not None:
        yield block


def _text(line: str) -> bool:
    return bool(line.strip()) and not is_noise(line)
