"""Numbered lists: items begin at numbers that increase by one."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from literature.importers.model import Problem, Severity
from literature.importers.pasted.items import Item, looks_like_reference, make_item
from literature.importers.pasted.letters import DASH, HAN, UPPER
from literature.importers.pasted.noise import is_noise

_SHAPES = {
    "[1]": re.compile(r"\s{0,40}[\[［【](\d{1,4})[\]］】]\s*"),
    "(1)": re.compile(r"\s{0,40}[(（](\d{1,4})[)）]\s*(?!\d)"),
    "1.": re.compile(rf"\s{{0,40}}(\d{{1,4}})[.．、](?:\s+|$|(?=[{HAN}{UPPER}“\"‘]))"),
    "1)": re.compile(r"\s{0,40}(\d{1,4})[)）](?:\s+|$)"),
    "1": re.compile(rf"\s{{0,40}}(\d{{1,4}})(?:\s+(?=\S)|$|(?=[{HAN}]))"),
}
_UNFINISHED = re.compile(
    rf"(?:[{DASH},;:(&]|(?:^|[\s(])(?:pp?|vol|no|and|the|of|in|for)\.?)$", re.I
)
_FINISHED = re.compile(r"[.。)\]\d?!/”\"]$")
_BEGINS = re.compile(
    rf"[{UPPER}{HAN}“\"‘'\[\d]|(?:d|l|van|von|de|al|el|ten|der)[ '’‐-]|https?:|doi"
)
_RUN_ON = re.compile(
    rf"(?:(?<=[.)\]。\d]\s)|^)(?:\[(\d{{1,4}})\]|(\d{{1,4}})\.)\s(?=[{UPPER}{HAN}])"
)
_LARGEST_GAP = 3
_MAX_LISTS = 20


@dataclass(frozen=True, slots=True)
class Mark:
    """A number at the beginning of line `line` (from 0); the item's text begins at `column`."""

    line: int
    number: int
    column: int
    weight: float


@dataclass(slots=True)
class _Link:
    """The best chain of marks that ends at `mark`."""

    mark: Mark
    weight: float
    before: _Link | None


def numbered_items(lines: list[str], known: Collection[str]) -> list[Item]:
    """The items of the numbered list or lists in `lines`; empty where there is none."""
    chains = _chains(lines)
    items: list[Item] = []
    for position, chain in enumerate(chains):
        stop = chains[position + 1][0].line if position + 1 < len(chains) else len(lines)
        items += _items(lines, chain, stop, known)
    return items


def separated(lines: list[str]) -> list[str]:
    """The lines with a run-on list (`… 8–21. 2. Dasari A …`) broken before each number."""
    broken: list[str] = []
    for line in lines:
        start = 0
        for match in _RUN_ON.finditer(line):
            broken.append(line[start : match.start()])
            start = match.start()
        broken.append(line[start:])
    return broken


def _items(lines: list[str], chain: list[Mark], stop: int, known: Collection[str]) -> list[Item]:
    items = []
    for place, mark in enumerate(chain):
        last = place + 1 == len(chain)
        until = stop if last else chain[place + 1].line
        own = [lines[mark.line][mark.column :], *lines[mark.line + 1 : until]]
        item = make_item(mark.line + 1, mark.number, own, known, last)
        if place and mark.number != chain[place - 1].number + 1:
            missing = ", ".join(map(str, range(chain[place - 1].number + 1, mark.number)))
            reason = f"number {missing} of the list was not found before this one"
            problem = Problem("", reason, Severity.WARNING)
            item = Item(item.line, item.number, item.text, item.guessed, (*item.problems, problem))
        items.append(item)
    return items


def _chains(lines: list[str]) -> list[list[Mark]]:
    """The longest chain of one shape, and others beside it that hold references too."""
    by_shape = [(_best(marks), marks) for marks in _marks(lines).values()]
    best, marks = max(by_shape, key=lambda pair: _weight(pair[0]), default=([], []))
    if len(best) < 2 and not (best and _stands_alone(lines, best[0])):
        return []
    chains = [best]
    for _ in range(_MAX_LISTS):
        taken = [(chain[0].line, chain[-1].line) for chain in chains]
        free = [m for m in marks if not any(low <= m.line <= high for low, high in taken)]
        chain = _best(_between(free, taken))
        if len(chain) < 2 or not _references(lines, chain):
            break
        chains.append(chain)
    return sorted(chains, key=lambda chain: chain[0].line)


def _between(marks: list[Mark], taken: list[tuple[int, int]]) -> list[Mark]:
    """The marks of the gap between taken stretches that has most of them."""
    gaps: dict[int, list[Mark]] = {}
    for mark in marks:
        gaps.setdefault(sum(low < mark.line for low, _ in taken), []).append(mark)
    return max(gaps.values(), key=len, default=[])


def _marks(lines: list[str]) -> dict[str, list[Mark]]:
    found: dict[str, list[Mark]] = {shape: [] for shape in _SHAPES}
    before = ""
    for place, line in enumerate(lines):
        for shape, pattern in _SHAPES.items():
            match = pattern.match(line)
            if match and 0 < int(match.group(1)) <= 5_000:
                weight = _trust(before, line[match.end() : match.end() + 12])
                if weight and (shape != "1" or weight == 1):
                    found[shape].append(Mark(place, int(match.group(1)), match.end(), weight))
                break
        before = "" if not line.strip() or is_noise(line) else line[-60:].rstrip()
    return found


def _trust(before: str, text: str) -> float:
    """How far a number may be believed: 0 in mid-sentence (`186–` and `7.`), 1 after a finished
    line and before what can begin a reference."""
    if _UNFINISHED.search(before):
        return 0
    follows = not before or _FINISHED.search(before)
    return 1 if follows and (not text or _BEGINS.match(text)) else 0.6


def _best(marks: list[Mark]) -> list[Mark]:
    """The chain of greatest weight whose numbers rise by one, or over a gap at a price."""
    ends: dict[int, _Link] = {}
    top: _Link | None = None
    for mark in marks:
        link = _Link(mark, mark.weight if mark.number == 1 else mark.weight / 2, None)
        for gap in range(1, _LARGEST_GAP + 1):
            earlier = ends.get(mark.number - gap)
            weight = earlier.weight + mark.weight - 1.5 * (gap - 1) if earlier else 0
            if earlier and weight > link.weight:
                link = _Link(mark, weight, earlier)
        known = ends.get(mark.number)
        if known is None or link.weight > known.weight:
            ends[mark.number] = link
        if top is None or link.weight > top.weight:
            top = link
    return _unrolled(top)


def _unrolled(link: _Link | None) -> list[Mark]:
    chain = []
    while link is not None:
        chain.append(link.mark)
        link = link.before
    return chain[::-1]


def _weight(chain: list[Mark]) -> float:
    return sum(mark.weight for mark in chain)


def _stands_alone(lines: list[str], mark: Mark) -> bool:
    """Whether a single numbered item is all there is."""
    return not any(line.strip() for line in lines[: mark.line]) and _references(lines, [mark])


def _references(lines: list[str], chain: list[Mark]) -> bool:
    stops = [*(mark.line for mark in chain[1:]), chain[-1].line + 10]
    texts = [
        " ".join(lines[m.line : stop])[m.column : 4000]
        for m, stop in zip(chain, stops, strict=True)
    ]
    return 2 * sum(map(looks_like_reference, texts)) > len(texts)
