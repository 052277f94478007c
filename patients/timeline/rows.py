"""Lanes and their rows: each event goes to the first row of its lane where it covers nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from patients.timeline.geometry import Geometry, geometry
from patients.timeline.labels import Label, Space, label_for
from patients.timeline.marks import Mark
from patients.timeline.text import width, wrap

DENSE = 40
"""Events; in a figure with more, what repeats is drawn in one row."""
REPEATED = 4


@dataclass(slots=True)
class Item:
    """One event in a row; without a label where the row has a heading."""

    mark: Mark
    shape: Geometry
    label: Label | None
    left: float
    right: float
    height: float
    y: float = 0.0
    top: float = 0.0
    """Of the first line of its label."""


@dataclass(slots=True)
class Row:
    items: list[Item] = field(default_factory=list)
    heading: Label | None = None
    height: float = 0.0
    has_bracket: bool = False

    def fits(self, item: Item, gap: float) -> bool:
        return all(
            item.left - gap >= other.right or item.right + gap <= other.left for other in self.items
        )

    def add(self, item: Item) -> None:
        self.items.append(item)
        self.height = max(self.height, item.height)
        bracket = item.shape.bracket
        self.has_bracket |= bracket is not None and bracket.end > bracket.start


@dataclass(slots=True)
class Lane:
    category: str
    rows: list[Row]


def unnamed_lane(category: str, marks: list[Mark], space: Space) -> Lane:
    """A lane whose events are small marks without labels, on as few rows as they fit."""
    rows: list[Row] = []
    for mark in marks:
        item = _unnamed(mark, space)
        row = next((row for row in rows if row.fits(item, 0)), None)
        if row is None:
            row = Row()
            rows.append(row)
        row.add(item)
    return Lane(category, rows)


def _unnamed(mark: Mark, space: Space) -> Item:
    shape = geometry(mark, space.ruler, space.sizes)
    height = space.sizes.bar if shape.bar else space.sizes.marker
    return Item(mark, shape, None, shape.first, shape.last, height)


def lanes_of(marks: list[Mark], order: list[str], space: Space) -> list[Lane]:
    """The lanes that have events, in `order`."""
    collapsed = _repeated_kinds(marks)
    lanes = []
    for category in order:
        own = [mark for mark in marks if mark.lane == category]
        if own:
            lanes.append(Lane(category, _rows(own, collapsed, space)))
    return lanes


def _repeated_kinds(marks: list[Mark]) -> set[tuple[str, str]]:
    if len(marks) <= DENSE:
        return set()
    counts = Counter(mark.kind for mark in marks)
    return {kind for kind, count in counts.items() if count >= REPEATED}


def _rows(marks: list[Mark], collapsed: set[tuple[str, str]], space: Space) -> list[Row]:
    rows: list[Row] = []
    joined: dict[tuple[str, str], list[Mark]] = {}
    open_rows: list[Row] = []
    for mark in marks:
        if mark.kind in collapsed:
            if mark.kind not in joined:
                joined[mark.kind] = []
            joined[mark.kind].append(mark)
            continue
        item = _item(mark, space)
        row = next((row for row in open_rows if row.fits(item, space.sizes.gap)), None)
        if row is None:
            row = Row()
            open_rows.append(row)
            rows.append(row)
        row.add(item)
    return rows + [_joined_row(group, space) for group in joined.values()]


def _item(mark: Mark, space: Space) -> Item:
    sizes = space.sizes
    shape = geometry(mark, space.ruler, sizes)
    label = label_for(mark, shape, space)
    text, mark_height = len(label.lines) * sizes.line, sizes.bar if shape.bar else sizes.marker
    height = text + mark_height if label.above else max(mark_height, text)
    left, right = min(shape.first, label.left), max(shape.last, label.right)
    return Item(mark, shape, label, left, right, height)


def _joined_row(marks: list[Mark], space: Space) -> Row:
    """All of one kind in one row, headed by its name and how many there are."""
    sizes = space.sizes
    row = Row()
    for mark in marks:
        row.add(_unnamed(mark, space))
    row.heading = _heading(marks, row, space)
    row.height += sizes.line
    return row


def _heading(marks: list[Mark], row: Row, space: Space) -> Label:
    """Above the markers, from the first of them on or so that it ends within the plot."""
    sizes = space.sizes
    common = Counter(mark.label for mark in marks).most_common(1)[0][0]
    count = f" ×{len(marks)}"
    room = min(space.right - space.left, 40 * sizes.font)
    name = wrap(common, sizes.font, room - width(count, sizes.font), lines=1)[0] + count
    wide = width(name, sizes.font)
    x = max(space.left, min(min(item.left for item in row.items), space.right - wide))
    for gone in space.ruler.breaks:
        if gone.start < x + wide and x < gone.end:
            x = gone.end if gone.end + wide <= space.right else max(space.left, gone.start - wide)
    return Label((name,), x, "start", "", x, x + wide)
