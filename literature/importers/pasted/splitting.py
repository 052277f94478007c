"""A pasted page to the items of its list."""

from __future__ import annotations

from collections.abc import Collection

from literature.importers.pasted.items import Item
from literature.importers.pasted.lines import words_of
from literature.importers.pasted.noise import begins_list
from literature.importers.pasted.numbered import numbered_items, separated
from literature.importers.pasted.unnumbered import unnumbered_items

_HEADINGS_TRIED = 5


def split(text: str) -> list[Item]:
    """The items of the list on a pasted page, in their order. What stands around the list, and
    the names of links within it, are dropped."""
    lines = text.split("\n")
    known = words_of(lines)
    headings = [place for place, line in enumerate(lines) if begins_list(line)]
    starts = [*(place + 1 for place in headings[-_HEADINGS_TRIED:]), 0]
    found = [_numbered(lines, start, known) for start in starts]
    best = max(reversed(found), key=len)
    if best:
        # Up to a heading the page may number its sections: the list is what follows.
        after = [items for items in found[:-1] if len(items) >= 2 and 2 * len(items) >= len(best)]
        return max(after, key=len, default=best)
    return max((_unnumbered(lines, start, known) for start in starts), key=len)


def _numbered(lines: list[str], start: int, known: Collection[str]) -> list[Item]:
    items = numbered_items(lines[start:], known)
    broken = separated(lines[start:])
    if len(broken) > len(lines) - start:
        run_on = numbered_items(broken, known)
        if len(run_on) > 2 * len(items):
            places = _places(lines[start:])
            return [_moved(item, start + places[item.line - 1] + 1) for item in run_on]
    return [_moved(item, item.line + start) for item in items]


def _places(lines: list[str]) -> list[int]:
    """For each line after breaking run-on lists, the place of the line it was part of."""
    return [place for place, line in enumerate(lines) for _ in separated([line])]


def _unnumbered(lines: list[str], start: int, known: Collection[str]) -> list[Item]:
    return [_moved(item, item.line + start) for item in unnumbered_items(lines[start:], known)]


def _moved(item: Item, line: int) -> Item:
    return Item(line, item.number, item.text, item.guessed, item.problems)
